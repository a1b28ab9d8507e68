namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Products of two values, summed over one axis of each: (batch, ..., k, ...) and (batch, ..., k, ...) become
/// (batch, ...rest of the first, ...rest of the second); two vectors become (batch, 1). When normalized, both are divided
/// by their Euclidean length along the axis first (cosine proximity). Drops the mask. keras/src/layers/merging/dot.py
type Dot = {
    /// The axis of both values, or of the first and of the second.
    Axes: int list
    Normalize: bool
}

[<RequireQualifiedAccess>]
module Dot =

    /// Without normalization.
    let defaults (axes: int list) : Dot = { Axes = axes; Normalize = false }

    /// Keras's arguments.
    let toConfig (settings: Dot) : Config = [
        "axes",
        (match settings.Axes with
         | [ single ] -> Arguments.ofInt single
         | axes -> Arguments.ofInts axes)
        "normalize", ConfigValue.Bool settings.Normalize
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Dot = {
        Axes = Arguments.ints "axes" config
        Normalize = Config.bool "normalize" false config
    }

    /// x / max(|x|, epsilon) over axes.
    let internal normalize (epsilon: float) (axes: int list) (node: Node) : Node =
        let squares = Ops.sum axes true (Ops.square node)
        node * Ops.rsqrt (Ops.maximum squares (squares.Number(epsilon * epsilon)))

    /// The value as (batch, rest, k) for the axis of length k, and the lengths of the rest.
    let private asMatrix (axis: int) (node: Node) : Node * Dimension list =
        let rank = Shape.rank node.Shape
        let rest = [ 1 .. rank - 1 ] |> List.except [ axis ]
        let restLengths = rest |> List.map (fun axis -> Shape.dimension axis node.Shape)

        let shape =
            Shape.create [
                Shape.dimension 0 node.Shape
                List.fold (*) (Dimension.known 1) restLengths
                Shape.dimension axis node.Shape
            ]

        Ops.transpose (0 :: rest @ [ axis ]) node |> Ops.reshape shape, restLengths

    let private dot (settings: Dot) (left: Node) (right: Node) : Node =
        Expect.minimumRank 2 0 left.Shape
        Expect.minimumRank 2 1 right.Shape
        let leftAxis = Expect.axis (List.head settings.Axes) 0 left.Shape
        let rightAxis = Expect.axis (List.last settings.Axes) 1 right.Shape
        let leftLength = Shape.dimension leftAxis left.Shape
        let rightLength = Shape.dimension rightAxis right.Shape

        if leftAxis = 0 || rightAxis = 0 then
            invalidArg "axes" $"cannot sum over the batch, axis 0, but axes are %A{settings.Axes}"

        if not (Dimension.mayEqual leftLength rightLength) then
            invalidArg
                "inputs"
                $"expects equal lengths, but axis {leftAxis} of input 0 of shape {left.Shape} has {leftLength} and axis {rightAxis} of input 1 of shape {right.Shape} has {rightLength}"

        let prepare axis node =
            if settings.Normalize then
                normalize 1e-7 [ axis ] node
            else
                node

        let leftMatrix, leftRest = asMatrix leftAxis (prepare leftAxis left)
        let rightMatrix, rightRest = asMatrix rightAxis (prepare rightAxis right)

        let rest =
            match leftRest @ rightRest with
            | [] -> [ Dimension.known 1 ]
            | lengths -> lengths

        Ops.matMulWith false true leftMatrix rightMatrix
        |> Ops.reshape (Shape.create (Shape.dimension 0 left.Shape :: rest))

    /// The layer. Raises ArgumentException when there are not one or two axes.
    let layer (name: string option) (settings: Dot) : Layer =
        (settings.Axes.Length = 1 || settings.Axes.Length = 2)
        |> Expect.argument "Dot" "axes" settings.Axes "one axis, or one for each input"

        Layer.create "Dot" name (toConfig settings) (fun _ -> []) (fun context inputs ->
            match Merge.promote context.Floating inputs with
            | [ left; right ] -> Layer.output (Value.ofNode (dot settings left right))
            | _ -> invalidArg (nameof inputs) $"expects two inputs, but got {inputs.Length}")
