namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// Padding with what lies on the other side of a border, as in a mirror.
[<RequireQualifiedAccess>]
module Mirroring =

    /// The part of an axis between two places, the other way round.
    let private mirrored (axis: int) (start: Dimension) (stop: Dimension) (node: Node) : Node =
        Ops.sliceAxis axis start stop node |> Ops.reverse [ axis ]

    /// Adds elements before (or after) an axis. A mirror shows no more than there is; what is missing is seen in a mirror
    /// of the mirror, as in NumPy.
    let rec private padSide (edge: int) (axis: int) (isBefore: bool) (count: int) (node: Node) : Node =
        let length = Shape.dimension axis node.Shape
        // An axis of one element has nothing beside its edge: it is repeated.
        let edge = if Dimension.isKnown 1 length then 0 else edge

        let step =
            match Dimension.tryKnown length with
            | Some size -> min count (size - edge)
            | None -> count

        if step < 1 then
            node
        else
            let known = Dimension.known

            let padded =
                if isBefore then
                    Ops.concatenate axis [ mirrored axis (known edge) (known (edge + step)) node; node ]
                else
                    let stop = length - known edge
                    Ops.concatenate axis [ node; mirrored axis (stop - known step) stop node ]

            padSide edge axis isBefore (count - step) padded

    /// Pads every axis by as much before and after. The edge itself is shown again where `edge` is 0 ("symmetric"), and is
    /// left out where it is 1 ("reflect").
    let pad (edge: int) (width: (int * int) list) (node: Node) : Node =
        (node, List.indexed width)
        ||> List.fold (fun node (axis, (before, after)) ->
            node |> padSide edge axis true before |> padSide edge axis false after)
