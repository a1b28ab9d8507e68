namespace Functional.Core.Activations

open Functional.Core.Graph
open Functional.Core.Tensors

/// Activations that look at all elements along an axis.
[<RequireQualifiedAccess>]
module AxisActivations =

    /// exp(x) / sum(exp(x)): positive numbers that sum to one along the axis.
    let softmax (axis: int) (x: Node) : Node = Ops.softmax axis x

    /// The logarithm of softmax.
    let logSoftmax (axis: int) (x: Node) : Node = Ops.logSoftmax axis x

    /// The nearest point of the probability simplex (Martins & Astudillo 2016). Instead of sorting, every element is
    /// compared with all others along the axis: it is in the support when 1 + k x > s, where k counts and s sums the
    /// elements that are not smaller.
    let sparsemax (axis: int) (x: Node) : Node =
        let axis = Ops.axisOf axis x
        let last = Shape.rank x.Shape - 1

        let permutation = List.removeAt axis [ 0..last ] |> fun others -> others @ [ axis ]

        let back =
            [ 0..last ]
            |> List.map (fun position -> List.findIndex ((=) position) permutation)

        let moved = Ops.transpose permutation x
        let each = Ops.expandDimensions [ -1 ] moved
        let others = Ops.expandDimensions [ -2 ] moved
        let isNotSmaller = Ops.greaterOrEqual others each
        let zero = x.Number 0.0
        let count = Ops.sum [ -1 ] false (Ops.cast x.ElementType isNotSmaller)
        let total = Ops.sum [ -1 ] false (Ops.select isNotSmaller others zero)
        let isSupport = Ops.greater (1.0 + count * moved) total
        let supportCount = Ops.sum [ -1 ] true (Ops.cast x.ElementType isSupport)
        let supportTotal = Ops.sum [ -1 ] true (Ops.select isSupport moved zero)
        let threshold = (supportTotal - 1.0) / supportCount

        Ops.select isSupport (moved - threshold) zero |> Ops.transpose back

    let private evenParts (what: string) (parts: int) (axis: int) (x: Node) : Dimension =
        let length = Shape.dimension axis x.Shape

        match Dimension.tryDivide length (Dimension.known parts) with
        | Some size -> size
        | None ->
            invalidArg (nameof x) $"{what} divides axis {axis} into {parts} equal parts, but the shape is {x.Shape}."

    /// The first half along the axis times the sigmoid of the second. Raises ArgumentException for an odd length.
    let glu (axis: int) (x: Node) : Node =
        let axis = Ops.axisOf axis x
        let half = evenParts "glu" 2 axis x
        let gate = Ops.sliceAxis axis half (half + half) x
        Ops.sliceAxis axis (Dimension.known 0) half x * Ops.sigmoid gate

    /// The largest of every group of neighbours along the last axis, which becomes shorter by that factor (Goodfellow et
    /// al. 2013). Raises ArgumentException when the length is not a multiple of the group's size.
    let maxout (pieces: int) (x: Node) : Node =
        let last = Shape.rank x.Shape - 1
        let units = evenParts "maxout" pieces last x

        let grouped =
            Shape.dimensions x.Shape
            |> List.updateAt last units
            |> fun lengths -> Shape.create (lengths @ [ Dimension.known pieces ])

        Ops.reshape grouped x |> Ops.max [ -1 ] false
