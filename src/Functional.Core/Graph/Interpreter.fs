namespace Functional.Core.Graph

open System
open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Hashing
open Functional.Core.Randomness
open Functional.Core.Tensors

/// What every operation means, on float64: short, obvious and slow. The reference for compiled plans.
[<RequireQualifiedAccess>]
module Interpreter =

    /// exp(x) - 1 without the cancellation near 0: exp(x/2) times 2 sinh(x/2).
    let private expm1 (x: float) : float =
        if abs x < 1.0 then
            2.0 * exp (x / 2.0) * sinh (x / 2.0)
        else
            exp x - 1.0

    /// log(1 + x) without the cancellation near 0: what rounding took from 1 + x is given back as a factor (Kahan).
    let private log1p (x: float) : float =
        let sum = 1.0 + x

        if sum = 1.0 then x
        elif Double.IsInfinity sum then sum
        else log sum * (x / (sum - 1.0))

    let private unary (f: UnaryFunction) : float -> float =
        match f with
        | UnaryFunction.Negate -> (~-)
        | UnaryFunction.Abs -> abs
        | UnaryFunction.Sign -> fun x -> if Double.IsNaN x then nan else float (sign x)
        | UnaryFunction.Exp -> exp
        | UnaryFunction.Expm1 -> expm1
        | UnaryFunction.Log -> log
        | UnaryFunction.Log1p -> log1p
        | UnaryFunction.Sqrt -> sqrt
        | UnaryFunction.Rsqrt -> fun x -> 1.0 / sqrt x
        | UnaryFunction.Tanh -> tanh
        | UnaryFunction.Sigmoid ->
            fun x ->
                if x >= 0.0 then
                    1.0 / (1.0 + exp -x)
                else
                    let power = exp x
                    power / (1.0 + power)
        | UnaryFunction.Softplus -> fun x -> max x 0.0 + log1p (exp (-(abs x)))
        | UnaryFunction.Erf -> MathNet.Numerics.SpecialFunctions.Erf
        | UnaryFunction.Sin -> sin
        | UnaryFunction.Cos -> cos
        | UnaryFunction.Tan -> tan
        | UnaryFunction.Asin -> asin
        | UnaryFunction.Acos -> acos
        | UnaryFunction.Atan -> atan
        | UnaryFunction.Sinh -> sinh
        | UnaryFunction.Cosh -> cosh
        | UnaryFunction.Asinh -> Math.Asinh
        | UnaryFunction.Acosh -> Math.Acosh
        | UnaryFunction.Atanh -> Math.Atanh
        | UnaryFunction.Floor -> floor
        | UnaryFunction.Ceiling -> ceil
        | UnaryFunction.Round -> fun x -> Math.Round(x, MidpointRounding.ToEven)
        | UnaryFunction.Not -> fun x -> if x = 0.0 then 1.0 else 0.0

    let private ofBool (value: bool) : float = if value then 1.0 else 0.0

    let private binary (elementType: ElementType) (f: BinaryFunction) : float -> float -> float =
        match f with
        | BinaryFunction.Add -> (+)
        | BinaryFunction.Subtract -> (-)
        | BinaryFunction.Multiply -> (*)
        | BinaryFunction.Divide when elementType = ElementType.Int32 -> fun x y -> truncate (x / y)
        | BinaryFunction.Divide -> (/)
        | BinaryFunction.Power -> ( ** )
        | BinaryFunction.Maximum -> fun x y -> Math.Max(x, y)
        | BinaryFunction.Minimum -> fun x y -> Math.Min(x, y)
        | BinaryFunction.Remainder -> fun x y -> x - y * floor (x / y)
        | BinaryFunction.Atan2 -> fun y x -> Math.Atan2(y, x)
        | BinaryFunction.And -> fun x y -> ofBool (x <> 0.0 && y <> 0.0)
        | BinaryFunction.Or -> fun x y -> ofBool (x <> 0.0 || y <> 0.0)

    let private comparison (comparison: Comparison) : float -> float -> bool =
        match comparison with
        | Comparison.Equal -> (=)
        | Comparison.NotEqual -> (<>)
        | Comparison.Less -> (<)
        | Comparison.LessOrEqual -> (<=)
        | Comparison.Greater -> (>)
        | Comparison.GreaterOrEqual -> (>=)

    let private cast (target: ElementType) : float -> float =
        match target with
        | ElementType.Float32
        | ElementType.Float64 -> id
        | ElementType.Int32 -> truncate
        | ElementType.Bool -> fun x -> ofBool (x <> 0.0)

    let private combine (reduction: Reduction) : struct (float * (float -> float -> float)) =
        match reduction with
        | Reduction.Sum -> struct (0.0, (+))
        | Reduction.Product -> struct (1.0, (*))
        | Reduction.Maximum -> struct (-infinity, (fun x y -> Math.Max(x, y)))
        | Reduction.Minimum -> struct (infinity, (fun x y -> Math.Min(x, y)))

    let private at (value: Literal) (index: int list) : float =
        value.Values[RowMajor.place (List.ofSeq value.Dimensions) index]

    /// Adds the values of every input index to an output index that a function gives, starting from a value.
    let private accumulate
        (size: int list)
        (start: float)
        combine
        (contributions: (int list * float) seq)
        : float array =
        let result = Array.create (List.fold (*) 1 size) start

        for index, value in contributions do
            let position = RowMajor.place size index
            result[position] <- combine result[position] value

        result

    let private matMul transposeLeft transposeRight (left: Literal) (right: Literal) (index: int list) : float =
        let leading = List.take (index.Length - 2) index
        let row = index[index.Length - 2]
        let column = index[index.Length - 1]
        let rank = left.Dimensions.Length

        let inner =
            if transposeLeft then
                left.Dimensions[rank - 2]
            else
                left.Dimensions[rank - 1]

        let place transposed first second =
            leading @ (if transposed then [ second; first ] else [ first; second ])

        [ 0 .. inner - 1 ]
        |> List.sumBy (fun k -> at left (place transposeLeft row k) * at right (place transposeRight k column))

    let private replace axis count (values: int list) (index: int list) : int list =
        List.take axis index @ values @ List.skip (axis + count) index

    let private insideAxis axis length position : int =
        if position < 0 || position >= length then
            invalidArg "indices" $"Index {position} is out of range for axis {axis} of length {length}."

        position

    /// The values of one operation's result, in row-major order.
    let private evaluate
        (sizes: Map<string, int>)
        (leaf: LeafKind -> string -> Literal)
        (loop: Scan -> Literal list)
        (node: Node)
        (size: int list)
        (inputs: Literal list)
        =
        let length (dimension: Dimension) =
            Dimension.tryKnown (Dimension.bind sizes dimension) |> Option.get

        let map f =
            RowMajor.indices size |> Seq.map f |> Array.ofSeq

        let lows (padding: (Dimension * Dimension) list) = padding |> List.map (fst >> length)

        let first = lazy (List.head inputs)
        let second = lazy (List.item 1 inputs)

        match node.Operation with
        | Operation.Leaf(kind, name, _, _) -> Array.ofSeq (leaf kind name).Values
        | Operation.Constant literal -> Array.ofSeq literal.Values
        | Operation.Size(dimension, _) -> [| float (length dimension) |]
        | Operation.Iota(_, axis, _) -> map (fun index -> float index[axis])
        | Operation.Random(distribution, stream, _, _) ->
            let key = first.Value.Values

            let number =
                match distribution with
                | Distribution.Uniform -> NormalDistribution.uniform
                | Distribution.Normal -> NormalDistribution.normal
                | Distribution.TruncatedNormal -> NormalDistribution.truncatedNormal

            Philox.bits24 (int key[0]) stream (int key[1]) (List.fold (*) 1 size)
            |> Array.map number
        | Operation.Unary f -> first.Value.Values |> Seq.map (unary f) |> Array.ofSeq
        | Operation.Binary f ->
            Seq.map2 (binary node.ElementType f) first.Value.Values second.Value.Values
            |> Array.ofSeq
        | Operation.Compare f ->
            Seq.map2 (fun x y -> ofBool (comparison f x y)) first.Value.Values second.Value.Values
            |> Array.ofSeq
        | Operation.Select ->
            Seq.map3
                (fun condition x y -> if condition <> 0.0 then x else y)
                first.Value.Values
                second.Value.Values
                inputs[2].Values
            |> Array.ofSeq
        | Operation.Cast target -> first.Value.Values |> Seq.map (cast target) |> Array.ofSeq
        | Operation.StopGradient
        | Operation.Reshape _ -> Array.ofSeq first.Value.Values
        | Operation.Broadcast _ ->
            let lengths = List.ofSeq first.Value.Dimensions

            map (fun index ->
                List.skip (index.Length - lengths.Length) index
                |> List.map2 (fun length position -> if length = 1 then 0 else position) lengths
                |> at first.Value)
        | Operation.Transpose permutation ->
            map (fun index ->
                [ 0 .. index.Length - 1 ]
                |> List.map (fun axis -> index[List.findIndex ((=) axis) permutation])
                |> at first.Value)
        | Operation.Slice axes ->
            map (fun index ->
                List.map2 (fun axis position -> length axis.Start + position * axis.Stride) axes index
                |> at first.Value)
        | Operation.Pad(axes, value) ->
            let place index =
                List.map2 (fun axis position -> length axis.Low + position * (1 + axis.Interior)) axes index

            let lengths = List.ofSeq first.Value.Dimensions

            let isInside index =
                List.forall2 (fun position length -> position >= 0 && position < length) index size

            RowMajor.indices lengths
            |> Seq.map (fun index -> place index, at first.Value index)
            |> Seq.filter (fst >> isInside)
            |> accumulate size value (fun _ added -> added)
        | Operation.Concatenate axis ->
            let starts =
                inputs
                |> List.scan (fun start (input: Literal) -> start + input.Dimensions[axis]) 0

            map (fun index ->
                let part =
                    List.findIndexBack (fun start -> start <= index[axis]) (List.take inputs.Length starts)

                at inputs[part] (List.updateAt axis (index[axis] - starts[part]) index))
        | Operation.Reverse axes ->
            map (fun index ->
                index
                |> List.mapi (fun axis position ->
                    if List.contains axis axes then
                        size[axis] - 1 - position
                    else
                        position)
                |> at first.Value)
        | Operation.Reduce(reduction, axes) ->
            let struct (start, f) = combine reduction

            RowMajor.indices (List.ofSeq first.Value.Dimensions)
            |> Seq.map (fun index ->
                List.indexed index
                |> List.filter (fun (axis, _) -> not (List.contains axis axes))
                |> List.map snd,
                at first.Value index)
            |> accumulate size start f
        | Operation.ArgMax axis ->
            map (fun index ->
                [ 0 .. first.Value.Dimensions[axis] - 1 ]
                |> List.maxBy (fun position ->
                    let value = at first.Value (List.insertAt axis position index)
                    (if Double.IsNaN value then infinity else value), -position)
                |> float)
        | Operation.CumulativeSum(axis, reverse, exclusive) ->
            map (fun index ->
                let counts position =
                    (position = index[axis] && not exclusive)
                    || (if reverse then
                            position > index[axis]
                        else
                            position < index[axis])

                [ 0 .. size[axis] - 1 ]
                |> List.filter counts
                |> List.sumBy (fun position -> at first.Value (List.updateAt axis position index)))
        | Operation.Hash(bins, key) -> map (fun index -> float (DecimalHash.bin bins key (int (at first.Value index))))
        | Operation.MatMul(transposeLeft, transposeRight) ->
            map (matMul transposeLeft transposeRight first.Value second.Value)
        | Operation.Gather axis ->
            let count = second.Value.Dimensions.Length

            map (fun index ->
                let position = int (at second.Value (List.take count (List.skip axis index)))
                at first.Value (replace axis count [ insideAxis axis first.Value.Dimensions[axis] position ] index))
        | Operation.ScatterAdd(axis, _) ->
            let count = first.Value.Dimensions.Length

            RowMajor.indices (List.ofSeq second.Value.Dimensions)
            |> Seq.map (fun index ->
                let position = int (at first.Value (List.take count (List.skip axis index)))
                replace axis count [ insideAxis axis size[axis] position ] index, at second.Value index)
            |> accumulate size 0.0 (+)
        | Operation.Convolution window ->
            WindowInterpreter.convolution window (lows window.Padding) size first.Value second.Value
        | Operation.ConvolutionInputGradient(window, _) ->
            WindowInterpreter.inputGradient window (lows window.Padding) size first.Value second.Value
        | Operation.ConvolutionKernelGradient(window, _) ->
            WindowInterpreter.kernelGradient window (lows window.Padding) size first.Value second.Value
        | Operation.SumPool window -> WindowInterpreter.sumPool window (lows window.Padding) size first.Value
        | Operation.SumPoolGradient(window, _) ->
            WindowInterpreter.sumPoolGradient window (lows window.Padding) size first.Value
        | Operation.MaxPool window ->
            WindowInterpreter.select window (lows window.Padding) size -infinity first.Value first.Value
        | Operation.SelectAndScatter window ->
            WindowInterpreter.scatter window (lows window.Padding) first.Value second.Value
        | Operation.SelectAndGather window ->
            WindowInterpreter.select window (lows window.Padding) size 0.0 first.Value second.Value
        | Operation.Scan(scan, result) -> Array.ofSeq (List.item result (loop scan)).Values

    /// The sizes that the lengths of leaf values give to names.
    let private sizesOf (leaves: (string * Shape * int list) list) : Map<string, int> =
        leaves
        |> List.filter (fun (_, shape, lengths) -> lengths.Length = Shape.rank shape)
        |> List.collect (fun (_, shape, lengths) -> List.zip (Shape.dimensions shape) lengths)
        |> List.choose (fun (dimension, size) -> Dimension.tryName dimension |> Option.map (fun name -> name, size))
        |> Map.ofList

    /// The values of a graph's outputs. Names of sizes that no leaf gives are looked up in the map. Raises
    /// ArgumentException when the value of a leaf does not have its shape.
    let rec runWith (sizes: Map<string, int>) (leaf: LeafKind -> string -> Literal) (graph: Graph) : Literal list =
        let leaves = [
            for kind, name, node in Graph.leaves graph -> name, node.Shape, List.ofSeq (leaf kind name).Dimensions
        ]

        let sizes =
            Map.fold (fun all name size -> Map.add name size all) sizes (sizesOf leaves)

        for name, shape, lengths in leaves do
            let expected = Shape.bind sizes shape

            if Shape.tryKnown expected <> Some lengths then
                invalidArg (nameof leaf) $"'{name}' has shape {expected}, but its value has the lengths %A{lengths}."

        let values = Dictionary<Node, Literal>(HashIdentity.Reference)
        let siblings = Bodies.loops graph
        let results = Dictionary<Node, Literal list>(HashIdentity.Reference)

        /// All results of a node's loop, which runs once.
        let loop (node: Node) (scan: Scan) =
            let first = siblings[node].Head

            if not (results.ContainsKey first) then
                let body = Bodies.toGraph scan.Body
                let length = Dimension.tryKnown (Dimension.bind sizes scan.Length) |> Option.get

                let step (inputs: Literal list) =
                    runWith sizes (fun _ name -> inputs[int name]) body

                results[first] <- InterpretedScan.run scan length step [ for input in node.Inputs -> values[input] ]

            results[first]

        for node in graph.Nodes do
            let inputs = [ for input in node.Inputs -> values[input] ]
            let size = Shape.known (Shape.bind sizes node.Shape)

            values[node] <- {
                ElementType = node.ElementType
                Dimensions = ImmutableArray.CreateRange size
                Values = ImmutableArray.Create<float>(evaluate sizes leaf (loop node) node size inputs)
            }

        [ for output in graph.Outputs -> values[output] ]

    /// The values of a graph's outputs, given the value of every leaf by name.
    let run (leaves: Map<string, Literal>) (graph: Graph) : Literal list =
        let leaf (_: LeafKind) name =
            match Map.tryFind name leaves with
            | Some literal -> literal
            | None -> invalidArg (nameof leaves) $"No value is given for '{name}'."

        runWith Map.empty leaf graph
