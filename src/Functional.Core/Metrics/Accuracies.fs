namespace Functional.Core.Metrics

open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors

/// How often predictions are right: 1 or 0 per sample, from targets and predictions.
[<RequireQualifiedAccess>]
module Accuracies =

    let private share (yPred: Node) (isRight: Node) : Node =
        Ops.mean [ -1 ] false (Ops.cast yPred.ElementType isRight)

    let private aligned (yTrue: Node) (yPred: Node) : Node * Node =
        Alignment.sameRank (Ops.cast yPred.ElementType yTrue) yPred

    /// Predictions equal to targets.
    let exact (yTrue: Node) (yPred: Node) : Node =
        let targets, predictions = aligned yTrue yPred
        share yPred (Ops.equal targets predictions)

    /// Targets 1 with predictions above the threshold, targets 0 with others.
    let binary (threshold: float) (yTrue: Node) (yPred: Node) : Node =
        let targets, predictions = aligned yTrue yPred

        let decisions =
            Ops.greater predictions (predictions.Number threshold)
            |> Ops.cast yPred.ElementType

        share yPred (Ops.equal targets decisions)

    /// The largest prediction at the place of the label.
    let sparseCategorical (yTrue: Node) (yPred: Node) : Node =
        let matches =
            Ops.equal (Alignment.labels yTrue yPred) (Ops.argMax -1 yPred)
            |> Ops.cast yPred.ElementType

        if Shape.rank matches.Shape > 1 && Dimension.isKnown 1 (Shape.last matches.Shape) then
            Ops.squeeze [ -1 ] matches
        else
            matches

    /// The largest prediction at the place of the largest target.
    let categorical (yTrue: Node) (yPred: Node) : Node =
        Ops.equal (Ops.argMax -1 yTrue) (Ops.argMax -1 yPred)
        |> Ops.cast yPred.ElementType

    /// Fewer than k predictions larger than the one at the label. Counting needs no sorting.
    let sparseTopK (k: int) (yTrue: Node) (yPred: Node) : Node =
        let labels = Alignment.labels yTrue yPred
        let target = Ops.expandDimensions [ -1 ] (Crossentropies.chosen labels yPred)
        let larger = Ops.cast yPred.ElementType (Ops.greater yPred target)
        let rank = Ops.sum [ -1 ] false larger
        Ops.cast yPred.ElementType (Ops.less rank (rank.Number(float k)))

    /// Fewer than k predictions larger than the one at the place of the largest target.
    let topK (k: int) (yTrue: Node) (yPred: Node) : Node =
        sparseTopK k (Ops.argMax -1 yTrue) yPred
