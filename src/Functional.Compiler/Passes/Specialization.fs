namespace Functional.Compiler.Passes

open Functional.Core.Graph
open Functional.Core.Tensors

/// Puts numbers in the place of named sizes.
[<RequireQualifiedAccess>]
module Specialization =

    let private bindOperation (sizes: Map<string, int>) (operation: Operation) : Operation =
        let shape = Shape.bind sizes
        let length = Dimension.bind sizes

        match operation with
        | Operation.Leaf(kind, name, leafShape, elementType) -> Operation.Leaf(kind, name, shape leafShape, elementType)
        | Operation.Size(size, elementType) ->
            match Dimension.tryKnown (length size) with
            | Some known -> Operation.Constant(Literal.scalar elementType (float known))
            | None -> Operation.Size(length size, elementType)
        | Operation.Iota(target, axis, elementType) -> Operation.Iota(shape target, axis, elementType)
        | Operation.Random(distribution, stream, target, elementType) ->
            Operation.Random(distribution, stream, shape target, elementType)
        | Operation.Broadcast target -> Operation.Broadcast(shape target)
        | Operation.Reshape target -> Operation.Reshape(shape target)
        | Operation.Slice axes ->
            axes
            |> List.map (fun axis -> {
                axis with
                    Start = length axis.Start
                    Stop = length axis.Stop
            })
            |> Operation.Slice
        | Operation.Pad(axes, value) ->
            let bound =
                axes
                |> List.map (fun axis -> {
                    axis with
                        Low = length axis.Low
                        High = length axis.High
                })

            Operation.Pad(bound, value)
        | Operation.ScatterAdd(axis, size) -> Operation.ScatterAdd(axis, length size)
        | Operation.Constant _
        | Operation.Unary _
        | Operation.Binary _
        | Operation.Compare _
        | Operation.Select
        | Operation.Cast _
        | Operation.StopGradient
        | Operation.Transpose _
        | Operation.Concatenate _
        | Operation.Reverse _
        | Operation.Reduce _
        | Operation.ArgMax _
        | Operation.CumulativeSum _
        | Operation.Hash _
        | Operation.MatMul _
        | Operation.Gather _ -> operation

    /// The graph of these outputs with all sizes known. Raises ArgumentException that names the sizes that are missing.
    let run (sizes: Map<string, int>) (outputs: Node seq) : Graph =
        let graph =
            outputs
            |> Graph.rewrite (fun node inputs ->
                match node.Operation with
                | Operation.Unary _
                | Operation.Binary _ when Seq.forall2 (fun a b -> obj.ReferenceEquals(a, b)) inputs node.Inputs -> node
                | operation -> Node.Create(bindOperation sizes operation, Array.ofSeq inputs))

        match
            graph.Nodes
            |> Seq.tryFind (fun node -> Option.isNone (Shape.tryKnown node.Shape))
        with
        | Some node ->
            let missing = Shape.names node.Shape |> String.concat "', '"
            invalidArg (nameof sizes) $"No size is given for '{missing}' of shape {node.Shape}."
        | None -> graph
