namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Joins values along an axis; all other lengths are equal. Where any input has a mask, inputs without one count
/// everywhere; joined along the last axis, a step counts when it counts in any of them.
/// keras/src/layers/merging/concatenate.py
type Concatenate = { Axis: int }

[<RequireQualifiedAccess>]
module Concatenate =

    /// The last axis.
    let defaults: Concatenate = { Axis = -1 }

    /// Keras's arguments.
    let toConfig (settings: Concatenate) : Config = [ "axis", Arguments.ofInt settings.Axis ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Concatenate = { Axis = Config.int "axis" -1 config }

    /// A mask with as many axes as its value, all of them of its value's lengths.
    let private spreadMask (value: Value) : Node =
        let mask =
            match value.Mask with
            | Some mask ->
                let rank = Shape.rank mask.Shape
                Ops.expandDimensions [ rank .. Shape.rank value.Node.Shape - 1 ] mask
            | None -> Ops.constant (Literal.scalar ElementType.Bool 1.0)

        Ops.broadcastTo value.Node.Shape mask

    let private joinMasks (axis: int) (values: Value list) : Node option =
        if values |> List.exists (fun value -> value.Mask.IsSome) then
            let joined = values |> List.map spreadMask |> Ops.concatenate axis
            Some(Masks.any [ Shape.rank joined.Shape - 1 ] false joined)
        else
            None

    let private checkShapes (axis: int) (shapes: Shape list) : unit =
        let others shape =
            Shape.dimensions (Shape.remove [ axis ] shape)

        shapes
        |> List.iteri (fun index shape ->
            if
                Shape.rank shape <> Shape.rank shapes.Head
                || not (List.forall2 Dimension.mayEqual (others shape) (others shapes.Head))
            then
                invalidArg
                    "inputs"
                    $"expects inputs whose lengths are equal on all axes but {axis}, but input 0 has shape {shapes.Head} and input {index} has shape {shape}")

    /// The layer.
    let layer (name: string option) (settings: Concatenate) : Layer =
        Layer.create "Concatenate" name (toConfig settings) (fun _ -> []) (fun context inputs ->
            match inputs with
            | [] -> invalidArg (nameof inputs) "expects at least one input, but got 0"
            | first :: _ ->
                let axis = Expect.axis settings.Axis 0 first.Node.Shape
                checkShapes axis (inputs |> List.map _.Node.Shape)

                Layer.output {
                    Node = Merge.promote context.Floating inputs |> Ops.concatenate axis
                    Mask = joinMasks axis inputs
                    Logits = None
                })
