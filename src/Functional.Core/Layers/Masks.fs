namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// What layers do with masks: bool, true where an element counts.
[<RequireQualifiedAccess>]
module Masks =

    /// Whether any element along axes is true.
    let any (axes: int list) (keepDimensions: bool) (mask: Node) : Node =
        mask
        |> Ops.cast ElementType.Int32
        |> Ops.max axes keepDimensions
        |> Ops.cast ElementType.Bool

    /// A mask as 1 and 0 in the element type of a value, with axes of length 1 at its end until it has as many axes.
    let weights (value: Node) (mask: Node) : Node =
        let missing = Shape.rank value.Shape - Shape.rank mask.Shape
        let last = Shape.rank mask.Shape

        Ops.cast value.ElementType mask
        |> Ops.expandDimensions [ last .. last + missing - 1 ]

    /// Scores with -1e9 where the mask is false, so that softmax gives such places no weight, and a row without any
    /// true place the same weight everywhere. Gradients flow as if a constant had been added, as in Keras, whose float32
    /// sum loses the scores all the same (keras/src/layers/activations/softmax.py).
    let suppress (mask: Node) (scores: Node) : Node =
        let step = Ops.select mask (scores.Number 0.0) (-1e9 - scores)
        scores + Ops.stopGradient step
