namespace Functional.Testing

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

    /// The distance between the analytic gradient of a scalar and its central difference, at worst over all elements.
    /// A gradient that does not exist must be zero.
    let private worstErrorOf
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

        let difference (name: string) (literal: Literal) index =
            let step = 1e-5 * max 1.0 (abs literal.Values[index])

            let at offset =
                let moved = literal.Values.SetItem(index, literal.Values[index] + offset)
                valueAt (Map.add name { literal with Values = moved } values)

            (at step - at -step) / (2.0 * step)

        Seq.max [
            0.0
            for (name, literal), gradient in List.zip inputs gradients do
                for index in 0 .. literal.Values.Length - 1 do
                    let analytic = gradient.Values[index]
                    let error = abs (analytic - difference name literal index) / (1.0 + abs analytic)
                    // NaN never wins a comparison: make it the worst error instead.
                    if System.Double.IsNaN error then infinity else error
        ]

    let private leaves (inputs: (string * Literal) list) : Node list =
        inputs
        |> List.map (fun (name, literal) -> leaf name (List.ofSeq literal.Dimensions))

    /// The distance between the analytic gradient of a weighted sum of f and its central difference, at worst over all
    /// elements, as |difference| / (1 + |gradient|).
    let worstError (inputs: (string * Literal) list) (others: Map<string, Literal>) (f: Node list -> Node) : float =
        let nodes = leaves inputs
        worstErrorOf inputs others nodes (weightedSum (f nodes))

    /// The same for the second order: the gradient of a weighted sum of the gradients.
    let worstSecondOrderError
        (inputs: (string * Literal) list)
        (others: Map<string, Literal>)
        (f: Node list -> Node)
        : float =
        let nodes = leaves inputs

        Gradient.gradients (weightedSum (f nodes)) nodes
        |> List.map weightedSum
        |> List.reduce (+)
        |> worstErrorOf inputs others nodes
