namespace Functional.Core.Graph

open Functional.Core.Tensors

/// Graphs as text, one node a line, for tests, errors and documents.
[<RequireQualifiedAccess>]
module GraphPrinter =

    /// An operation in a few words: "Slice 0:batch:2".
    let name (operation: Operation) : string =
        let list items =
            items |> List.map string |> String.concat ","

        let pairs padding =
            padding |> List.map (fun (low, high) -> $"{low}:{high}") |> String.concat ","

        let convolution (window: ConvolutionWindow) =
            $"strides={list window.Strides} padding={pairs window.Padding} dilations={list window.Dilations} groups={window.Groups}"

        let pool (window: PoolWindow) =
            $"size={list window.Size} strides={list window.Strides} padding={pairs window.Padding}"

        match operation with
        | Operation.Leaf(kind, name, _, _) -> $"%A{kind} '{name}'"
        | Operation.Constant literal when literal.Values.Length = 1 -> $"Constant {literal.Values[0]}"
        | Operation.Constant _ -> "Constant [...]"
        | Operation.Size(length, _) -> $"Size {length}"
        | Operation.Iota(_, axis, _) -> $"Iota axis={axis}"
        | Operation.Random(distribution, stream, _, _) -> $"Random %A{distribution} stream={stream}"
        | Operation.Unary f -> $"%A{f}"
        | Operation.Binary f -> $"%A{f}"
        | Operation.Compare f -> $"%A{f}"
        | Operation.Select -> "Select"
        | Operation.Cast _ -> "Cast"
        | Operation.StopGradient -> "StopGradient"
        | Operation.Broadcast _ -> "Broadcast"
        | Operation.Reshape _ -> "Reshape"
        | Operation.Transpose permutation -> $"Transpose {list permutation}"
        | Operation.Slice axes ->
            let parts = axes |> List.map (fun part -> $"{part.Start}:{part.Stop}:{part.Stride}")

            $"""Slice {String.concat "," parts}"""
        | Operation.Pad(axes, value) ->
            let parts = axes |> List.map (fun part -> $"{part.Low}:{part.High}:{part.Interior}")

            $"""Pad {String.concat "," parts} value={value}"""
        | Operation.Concatenate axis -> $"Concatenate axis={axis}"
        | Operation.Reverse axes -> $"Reverse {list axes}"
        | Operation.Reduce(reduction, axes) -> $"Reduce %A{reduction} axes={list axes}"
        | Operation.ArgMax axis -> $"ArgMax axis={axis}"
        | Operation.CumulativeSum(axis, reverse, exclusive) ->
            let reversed = if reverse then " reverse" else ""
            let excluded = if exclusive then " exclusive" else ""
            $"CumulativeSum axis={axis}{reversed}{excluded}"
        | Operation.Hash(bins, key) ->
            let keyed = if key.IsSome then " keyed" else ""
            $"Hash bins={bins}{keyed}"
        | Operation.MatMul(left, right) ->
            let flag transposed = if transposed then "T" else "N"
            $"MatMul {flag left}{flag right}"
        | Operation.Gather axis -> $"Gather axis={axis}"
        | Operation.ScatterAdd(axis, length) -> $"ScatterAdd axis={axis} length={length}"
        | Operation.Convolution window -> $"Convolution {convolution window}"
        | Operation.ConvolutionInputGradient(window, _) -> $"ConvolutionInputGradient {convolution window}"
        | Operation.ConvolutionKernelGradient(window, _) -> $"ConvolutionKernelGradient {convolution window}"
        | Operation.SumPool window -> $"SumPool {pool window}"
        | Operation.SumPoolGradient(window, _) -> $"SumPoolGradient {pool window}"
        | Operation.MaxPool window -> $"MaxPool {pool window}"
        | Operation.SelectAndScatter window -> $"SelectAndScatter {pool window}"
        | Operation.SelectAndGather window -> $"SelectAndGather {pool window}"
        | Operation.Scan(scan, result) ->
            let direction = if scan.IsReversed then " reversed" else ""

            $"Scan length={scan.Length}{direction} carries={scan.CarryCount} sequences={scan.SequenceCount} result={result}"

    /// "%3 = Add %1 %2 : float32 (batch, 4)", a line for every node, then the outputs. The body of a scan stands below its
    /// first result, indented.
    let rec print (graph: Graph) : string =
        let ids = Graph.ids graph
        let loops = Bodies.loops graph

        let body (node: Node) =
            match node.Operation with
            | Operation.Scan(scan, _) when obj.ReferenceEquals(loops[node].Head, node) ->
                "\n" + print (Bodies.toGraph scan.Body)
            | _ -> ""

        let line id (node: Node) =
            let inputs =
                node.Inputs |> Seq.map (fun input -> $" %%{ids[input]}") |> String.concat ""

            $"%%{id} = {name node.Operation}{inputs} : {ElementType.name node.ElementType} {node.Shape}"
            + (body node).Replace("\n", "\n    ")

        let outputs =
            graph.Outputs
            |> Seq.map (fun output -> $"%%{ids[output]}")
            |> String.concat ", "

        String.concat "\n" (Seq.append (Seq.mapi line graph.Nodes) [ $"return {outputs}" ])
