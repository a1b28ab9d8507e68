namespace Functional.Testing

open System.Collections.Immutable
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors

/// Gradients against central differences, in float64.
[<RequireQualifiedAccess>]
module FiniteDifferences =

    /// A float64 leaf of known shape.
    let leaf (name: string) (dimensions: int list) : Node =
        Ops.input name (Shape.ofInts dimensions) ElementType.Float64

    /// A literal of float64 values.
    let literal (dimensions: int list) (values: float seq) : Literal =
        Literal.create ElementType.Float64 dimensions values

    /// The sum of all elements, each with a weight of its own, so that no two can stand in for each other.
    let weightedSum (output: Node) : Node =
        let lengths = Shape.known output.Shape
        let size = List.fold (*) 1 lengths

        let weights =
            Literal.create output.ElementType lengths [
                for index in 1..size -> 0.5 + float (index % 7) / 4.0 - float (index % 3)
            ]

        Ops.sum (Ops.allAxes output) false (output * Ops.constant weights)

    /// One direction for every element.
    let private axes (literal: Literal) : float array list =
        let count = literal.Values.Length

        [
            for index in 0 .. count - 1 -> Array.init count (fun other -> if other = index then 1.0 else 0.0)
        ]

    /// A number in [0, 1) that depends on two numbers in no simple way.
    let private scatter (seed: int) (position: int) : float =
        let value =
            sin (float position * 12.9898 + float (seed % 9973) * 78.233) * 43758.5453

        value - floor value

    /// A few directions through all elements: every element has a part from a half to one and a half in each, and its sign
    /// differs from that of its neighbours in no simple way. Other values have other directions.
    let private random (count: int) (literal: Literal) : float array list =
        let seed =
            literal.Values
            |> Seq.fold (fun hash value -> hash * 31 + value.GetHashCode()) 17
            &&& 0xFFFF

        [
            for direction in 1..count ->
                Array.init literal.Values.Length (fun index ->
                    let size = 0.5 + scatter (seed + direction) index

                    if scatter (seed - direction) (index + 1) < 0.5 then
                        -size
                    else
                        size)
        ]

    /// The distance between the analytic gradient of a scalar and its central differences, at worst over directions in each
    /// input. A gradient that does not exist must be zero.
    let private worstErrorOf
        (directions: Literal -> float array list)
        (inputs: (string * Literal) list)
        (others: Map<string, Literal>)
        (nodes: Node list)
        (scalar: Node)
        : float =
        let values =
            (others, inputs)
            ||> List.fold (fun all (name, literal) -> Map.add name literal all)

        let valueGraph = Graph.create [ scalar ]

        let valueAt leaves =
            Interpreter.run leaves valueGraph |> List.head |> Literal.item

        let gradients =
            (Gradient.tryGradients scalar nodes, nodes)
            ||> List.map2 (fun gradient node ->
                gradient
                |> Option.defaultWith (fun () -> Ops.broadcastTo node.Shape (node.Number 0.0)))
            |> Graph.create
            |> Interpreter.run values

        let error (name: string) (literal: Literal) (gradient: Literal) (direction: float array) =
            let step = 1e-5

            // Large values move by more, so that the difference does not drown in rounding.
            let along =
                literal.Values
                |> Seq.mapi (fun index value -> direction[index] * max 1.0 (abs value))
                |> Array.ofSeq

            let at offset =
                let moved =
                    literal.Values
                    |> Seq.mapi (fun index value -> value + offset * along[index])
                    |> ImmutableArray.CreateRange

                valueAt (Map.add name { literal with Values = moved } values)

            let difference (step: float) = (at step - at -step) / (2.0 * step)

            // Richardson's extrapolation: what is left of the error falls with the fourth power of the step, so that short
            // vectors that are normalized do not count as wrong.
            let slope = (4.0 * difference (step / 2.0) - difference step) / 3.0
            let analytic = Seq.map2 (*) gradient.Values along |> Seq.sum
            let error = abs (analytic - slope) / (1.0 + abs analytic)
            // NaN never wins a comparison: make it the worst error instead.
            if System.Double.IsNaN error then infinity else error

        Seq.max [
            0.0
            for (name, literal), gradient in List.zip inputs gradients do
                for direction in directions literal do
                    error name literal gradient direction
        ]

    let private leaves (inputs: (string * Literal) list) : Node list =
        inputs
        |> List.map (fun (name, literal) -> leaf name (List.ofSeq literal.Dimensions))

    let private firstOrder directions (inputs: (string * Literal) list) others (f: Node list -> Node) : float =
        let nodes = leaves inputs
        worstErrorOf directions inputs others nodes (weightedSum (f nodes))

    let private secondOrder directions (inputs: (string * Literal) list) others (f: Node list -> Node) : float =
        let nodes = leaves inputs

        Gradient.gradients (weightedSum (f nodes)) nodes
        |> List.map weightedSum
        |> List.reduce (+)
        |> worstErrorOf directions inputs others nodes

    /// The distance between the analytic gradient of a weighted sum of f and its central differences, at worst over all
    /// elements, as |difference| / (1 + |gradient|).
    let worstError (inputs: (string * Literal) list) (others: Map<string, Literal>) (f: Node list -> Node) : float =
        firstOrder axes inputs others f

    /// The same for the second order: the gradient of a weighted sum of the gradients.
    let worstSecondOrderError
        (inputs: (string * Literal) list)
        (others: Map<string, Literal>)
        (f: Node list -> Node)
        : float =
        secondOrder axes inputs others f

    // An error that is orthogonal to one direction is not to the next.
    let private directionCount = 2

    /// The error along random directions through all elements of each input: a few evaluations, however many elements
    /// there are. What the check of every element finds, this finds (FiniteDifferenceTests plants errors).
    let worstErrorAlong
        (inputs: (string * Literal) list)
        (others: Map<string, Literal>)
        (f: Node list -> Node)
        : float =
        firstOrder (random directionCount) inputs others f

    /// The same for the second order.
    let worstSecondOrderErrorAlong
        (inputs: (string * Literal) list)
        (others: Map<string, Literal>)
        (f: Node list -> Node)
        : float =
        secondOrder (random directionCount) inputs others f
