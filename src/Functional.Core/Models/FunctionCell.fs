namespace Functional.Core.Models

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Tensors

/// A cell of a user's own: any layers between a step's input and states, and its output and next states.
[<RequireQualifiedAccess>]
module FunctionCell =

    /// The model of a step on an input of this shape (batch, ...): inputs are the input and the states, outputs the
    /// output and the next states. Raises ArgumentException when there are not as many next states of the same shapes.
    let model
        (stateSizes: int list)
        (step: SymbolicTensor -> SymbolicTensor list -> SymbolicTensor list)
        (shape: Shape)
        : Model =
        let input =
            Model.input None (List.tail (Shape.dimensions shape)) ElementType.Float32

        let states =
            stateSizes
            |> List.map (fun size -> Model.input None [ Dimension.known size ] ElementType.Float32)

        match step input states with
        | output :: next when
            List.map (fun (state: SymbolicTensor) -> state.Shape) next =
                List.map (fun (state: SymbolicTensor) -> state.Shape) states
            ->
            Model.create None "Functional" (input :: states) (output :: next)
        | results ->
            let shapes =
                results
                |> List.skip (min 1 results.Length)
                |> List.map (fun state -> string state.Shape)

            invalidArg
                (nameof step)
                $"A cell with states of lengths %A{stateSizes} needs a step that gives an output and as many next states, but the next states have shapes %A{shapes}."

    /// The cell, given the model of a step for the shape of its input; see `model`.
    let cell (name: string option) (stateSizes: int list) (model: Shape -> Model) : Cell =
        let layer shape = Model.asLayer (model shape)

        let start (context: CallContext) (shape: Shape) : Node -> Node list -> Node * Node list =
            let layer = layer shape

            fun input states ->
                let result = InnerLayer.call context layer (List.map Value.ofNode (input :: states))

                if not (result.Updates.IsEmpty && result.Losses.IsEmpty) then
                    invalidArg
                        (nameof model)
                        "has a cell whose layers keep statistics or add penalties, which they cannot inside a loop"

                let nodes = result.Outputs |> List.map _.Node
                nodes.Head, nodes.Tail

        {
            ClassName = "Cell"
            Name = name
            Config = [ "state_sizes", Arguments.ofInts stateSizes ]
            StateShapes = fun shape -> stateSizes |> List.map (fun size -> Cell.vector size shape)
            Weights = fun shape -> InnerLayer.weights (layer shape) []
            Start = start
        }
