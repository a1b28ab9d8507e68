namespace Functional.Core.Losses

open Functional.Core.Graph
open Functional.Core.Tensors

/// How losses and metrics bring targets, predictions and weights to shapes that fit, as Keras does.
[<RequireQualifiedAccess>]
module Alignment =

    let private endsInOne (node: Node) : bool =
        Dimension.isKnown 1 (Shape.last node.Shape)

    /// Two values whose ranks differ by a last axis of length 1 get one rank: (n,) becomes (n, 1) beside (n, 1);
    /// otherwise the longer one loses the axis. Others stay as they are.
    let sameRank (first: Node) (second: Node) : Node * Node =
        let bring (longer: Node) (shorter: Node) =
            if not (endsInOne longer) then
                longer, shorter
            elif Shape.rank shorter.Shape = 1 then
                longer, Ops.expandDimensions [ -1 ] shorter
            else
                Ops.squeeze [ -1 ] longer, shorter

        match Shape.rank first.Shape - Shape.rank second.Shape with
        | 1 -> bring first second
        | -1 ->
            let second, first = bring second first
            first, second
        | _ -> first, second

    /// As many axes of length 1 at the end of the weights as they lack, when they begin like the values; so a weight per
    /// sample weighs everything of that sample.
    let trailing (values: Node) (weights: Node) : Node =
        let rank = Shape.rank weights.Shape
        let missing = Shape.rank values.Shape - rank

        let isPrefix =
            rank > 0
            && missing > 0
            && List.forall2
                Dimension.mayEqual
                (List.take rank (Shape.dimensions values.Shape))
                (Shape.dimensions weights.Shape)

        if isPrefix then
            Ops.expandDimensions [ rank .. rank + missing - 1 ] weights
        else
            weights

    /// Class labels as int32, without the axis of length 1 that they may have beside predictions of a last axis of
    /// classes.
    let labels (yTrue: Node) (yPred: Node) : Node =
        let labels = Ops.cast ElementType.Int32 yTrue

        if Shape.rank labels.Shape = Shape.rank yPred.Shape && endsInOne labels then
            Ops.squeeze [ -1 ] labels
        else
            labels
