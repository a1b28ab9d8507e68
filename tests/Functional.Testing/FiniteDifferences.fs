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

    /// The distance between the analytic gradient of a weighted sum of f and its central difference, at worst over all
    /// elements, as |difference| / (1 + |gradient|). The weights make every output element count differently.
    let worstError (inputs: (string * Literal) list) (others: Map<string, Literal>) (f: Node list -> Node) : float =
        let nodes =
            inputs
            |> List.map (fun (name, literal) -> leaf name (List.ofSeq literal.Dimensions))

        let output = f nodes
        let size = Shape.known output.Shape |> List.fold (*) 1

        let weights =
            Literal.create output.ElementType (Shape.known output.Shape) [
                for index in 1..size -> 0.5 + float (index % 7) / 4.0 - float (index % 3)
            ]

        let scalar = Ops.sum (Ops.allAxes output) false (output * Ops.constant weights)

        let values =
            (others, inputs)
            ||> List.fold (fun all (name, literal) -> Map.add name literal all)

        let valueGraph = Graph.create [ scalar ]

        let valueAt leaves =
            Interpreter.run leaves valueGraph |> List.head |> Literal.item

        let gradients =
            Interpreter.run values (Graph.create (Gradient.gradients scalar nodes))

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

    /// A literal of float64 values.
    let literal (dimensions: int list) (values: float seq) : Literal =
        Literal.create ElementType.Float64 dimensions values
