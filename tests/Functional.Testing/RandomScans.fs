namespace Functional.Testing

open System.Collections.Generic
open FsCheck
open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors

/// How to build a random loop: sizes and direction, and the operations of a step. Shrinks by leaving operations out and
/// making numbers smaller.
type ScanRecipe = ScanRecipe of sizes: (int * int * int) * steps: (int * int * int) list

/// Random loops over smooth cells, with several carries, sequences, outputs, weights, loops in loops, in both directions.
[<RequireQualifiedAccess>]
module RandomScans =

    let private rows = 2
    let private width = 3

    let private length (ScanRecipe((first, _, _), _)) = 1 + first % 4
    let private isReversed (ScanRecipe((first, _, _), _)) = first / 4 % 2 = 1
    let private carryCount (ScanRecipe((_, second, _), _)) = second % 3

    let private outputCount (ScanRecipe((_, second, third), _)) =
        if second % 3 = 0 then 1 + third % 2 else third % 3

    let private sequenceCount = 2

    /// Names and lengths of the values that a loop is made of: carries, sequences, weights.
    let inputs (recipe: ScanRecipe) : (string * int list) list =
        [ for carry in 0 .. carryCount recipe - 1 -> $"carry{carry}", [ rows; width ] ]
        @ [
            for sequence in 0 .. sequenceCount - 1 -> $"sequence{sequence}", [ length recipe; rows; width ]
        ]
        @ [
            "kernel", [ width; width ]
            "other kernel", [ width; width ]
            "bias", [ width ]
            "mask", [ rows; width ]
        ]

    /// Values between -1 and 1 that hardly repeat.
    let values (elementType: ElementType) (recipe: ScanRecipe) : (string * Literal) list =
        inputs recipe
        |> List.mapi (fun number (name, lengths) ->
            let count = List.fold (*) 1 lengths

            name,
            Literal.create elementType lengths [
                for position in 0 .. count - 1 -> sin (float (number + 1) * 12.9898 + float position * 78.233)
            ])

    /// The running products of a value's columns, as a loop in a loop that also reads a value from outside of both.
    let private inner (outside: Node) (value: Node) : Node =
        let columns = Ops.transpose [ 1; 0 ] value

        let first =
            Ops.reshape (Shape.ofInts [ rows ]) (Ops.sliceAxis 1 (Dimension.known 0) (Dimension.known 1) outside)

        let last, stacks =
            Scanning.scan false [ first ] [ columns ] (fun carries current ->
                let next = Ops.tanh (carries[0] * current[0] + Ops.sum [ 1 ] false outside)
                [ next ], [ next * carries[0] ])

        Ops.transpose [ 1; 0 ] stacks[0] * Ops.expandDimensions [ 1 ] last[0]

    let private item (number: int) (values: IReadOnlyList<Node>) : Node = values[number % values.Count]

    let private operate (pool: List<Node>) (weights: Node list) (number: int, first: int, second: int) : unit =
        let x, y = item first pool, item second pool
        let kernel, other, bias, mask = weights[0], weights[1], weights[2], weights[3]

        let value =
            match number % 14 with
            | 0 -> Ops.tanh (Ops.matMul x kernel + bias)
            | 1 -> Ops.matMul x kernel
            | 2 -> Ops.sigmoid (Ops.matMulWith false true x other + y)
            | 3 -> Ops.tanh x * y
            | 4 -> x + y
            | 5 -> x * mask
            | 6 -> Ops.softmax -1 x
            | 7 -> Ops.sin x * 0.5 + bias * bias
            | 8 ->
                Ops.concatenate 1 [
                    Ops.sliceAxis 1 (Dimension.known 1) (Dimension.known width) x
                    Ops.sliceAxis 1 (Dimension.known 0) (Dimension.known 1) y
                ]
            | 9 -> Ops.broadcastTo x.Shape (Ops.sum [ 0 ] true x * 0.5)
            | 10 ->
                Ops.matMulWith true false (Ops.matMulWith true false x y) kernel
                |> Ops.sum [ 0 ] true
                |> Ops.broadcastTo x.Shape
            | 11 -> inner mask x
            | 12 -> Ops.select (Ops.greater mask (mask.Number 0.0)) x y
            | _ -> Ops.matMul x (kernel + other)

        pool.Add value

    /// What a step computes: the next carries, then the outputs.
    let private cell (recipe: ScanRecipe) (weights: Node list) (carries: Node list) (current: Node list) =
        let (ScanRecipe((_, _, third), steps)) = recipe
        let pool = List<Node>(carries @ current)
        List.iter (operate pool weights) steps

        [ for carry in carries -> carry ]
        |> List.mapi (fun position _ -> Ops.tanh (item (pool.Count - 1 - position + third % 2) pool)),
        [
            for output in 0 .. outputCount recipe - 1 -> item (pool.Count - 1 - 2 * output + 7 * third) pool
        ]

    let private split (recipe: ScanRecipe) (nodes: Node list) =
        let carries, rest = List.splitAt (carryCount recipe) nodes
        let sequences, weights = List.splitAt sequenceCount rest
        carries, sequences, weights

    /// The loop over these values: the last carries, then the stacked outputs.
    let scanned (recipe: ScanRecipe) (nodes: Node list) : Node list =
        let carries, sequences, weights = split recipe nodes

        Scanning.scan (isReversed recipe) carries sequences (cell recipe weights)
        ||> List.append

    /// The same without a loop.
    let unrolled (recipe: ScanRecipe) (nodes: Node list) : Node list =
        let carries, sequences, weights = split recipe nodes
        let positions = [ 0 .. length recipe - 1 ]

        let at position (sequence: Node) =
            Ops.sliceAxis 0 (Dimension.known position) (Dimension.known (position + 1)) sequence
            |> Ops.squeeze [ 0 ]

        let outputs, last =
            (carries, (if isReversed recipe then List.rev positions else positions))
            ||> List.mapFold (fun carries position ->
                let next, outputs = cell recipe weights carries (List.map (at position) sequences)
                outputs, next)

        let inOrder = if isReversed recipe then List.rev outputs else outputs

        last
        @ (inOrder
           |> List.transpose
           |> List.map (List.map (Ops.expandDimensions [ 0 ]) >> Ops.concatenate 0))

    /// One value of all results.
    let joined (results: Node list) : Node =
        results
        |> List.map (fun result -> Ops.reshape (Shape.create [ Shape.size result.Shape ]) result)
        |> Ops.concatenate 0

    /// The results of a loop and the gradients of a number made of them, by every value that goes in.
    let training (elementType: ElementType) (recipe: ScanRecipe) : RandomComputation =
        let nodes = [
            for name, lengths in inputs recipe -> Ops.parameter name (Shape.ofInts lengths) elementType
        ]

        let results = scanned recipe nodes

        let gradients =
            Gradient.tryGradients (FiniteDifferences.weightedSum (joined results)) nodes

        {
            Results =
                List.mapi (fun position result -> $"result{position}", result) results
                @ (List.zip (inputs recipe) gradients
                   |> List.choose (fun ((name, _), gradient) ->
                       gradient |> Option.map (fun found -> $"gradient of {name}", found)))
            Updates = []
            Leaves = Map.ofList (values elementType recipe)
            Sizes = Map.empty
        }

    /// Recipes of up to eight operations, with shrinking.
    let recipes: Arbitrary<ScanRecipe> =
        let number = Gen.choose (0, 100)
        let triple = Gen.zip3 number number number

        let generator =
            Gen.choose (1, 8)
            |> Gen.bind (fun count -> Gen.zip triple (Gen.listOfLength count triple))
            |> Gen.map ScanRecipe

        let areNumbers (a, b, c) = a >= 0 && b >= 0 && c >= 0

        let shrink (ScanRecipe(sizes, steps)) =
            let smaller =
                ArbMap.defaults |> ArbMap.arbitrary<(int * int * int) * (int * int * int) list>

            smaller.Shrinker((sizes, steps))
            |> Seq.filter (fun (sizes, steps) -> areNumbers sizes && List.forall areNumbers steps)
            |> Seq.map ScanRecipe

        Arb.fromGenShrink (generator, shrink)
