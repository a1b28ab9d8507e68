namespace Functional.Core.Metrics

open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors

/// How often predictions are right (keras/src/metrics/accuracy_metrics.py). Every function gives 1 or 0.
[<RequireQualifiedAccess>]
module Accuracies =

    let private aligned (yTrue: Node) (yPred: Node) : Node * Node =
        Alignment.sameRank (Ops.cast yPred.ElementType yTrue) yPred

    let private matches (elementType: ElementType) (first: Node) (second: Node) : Node =
        Ops.cast elementType (Ops.equal first second)

    /// Equal to the last bit.
    let exact (yTrue: Node) (yPred: Node) : Node =
        let yTrue, yPred = aligned yTrue yPred
        matches yPred.ElementType yTrue yPred

    /// The side of the threshold on which a probability lies, against 0 or 1.
    let binary (threshold: float) (yTrue: Node) (yPred: Node) : Node =
        let yTrue, yPred = aligned yTrue yPred

        let decided =
            Ops.cast yPred.ElementType (Ops.greater yPred (yPred.Number threshold))

        matches yPred.ElementType yTrue decided

    /// The most probable class against a one-hot target.
    let categorical (yTrue: Node) (yPred: Node) : Node =
        matches yPred.ElementType (Ops.argMax -1 yTrue) (Ops.argMax -1 yPred)

    /// The most probable class against a class number.
    let sparseCategorical (yTrue: Node) (yPred: Node) : Node =
        matches yPred.ElementType (Alignment.labels yTrue yPred) (Ops.argMax -1 yPred)

    /// Whether fewer than k classes are more probable than the class with this number.
    let private inTopK (k: int) (labels: Node) (yPred: Node) : Node =
        let classes = Dimension.tryKnown (Shape.last yPred.Shape)

        match classes with
        | None ->
            invalidArg (nameof yPred) $"Top-k accuracy needs a known number of classes, but the shape is {yPred.Shape}."
        | Some classes ->
            let chosen = Ops.oneHot classes yPred.ElementType labels
            let score = Ops.sum [ -1 ] true (yPred * chosen)
            let better = Ops.cast yPred.ElementType (Ops.greater yPred score)
            let count = Ops.sum [ -1 ] false better
            Ops.cast yPred.ElementType (Ops.less count (count.Number(float k)))

    /// The target of a one-hot row is among the k most probable classes.
    let topK (k: int) (yTrue: Node) (yPred: Node) : Node = inTopK k (Ops.argMax -1 yTrue) yPred

    /// The class number is among the k most probable classes.
    let sparseTopK (k: int) (yTrue: Node) (yPred: Node) : Node =
        inTopK k (Alignment.labels yTrue yPred) yPred

    /// The function that "accuracy" stands for: by the shapes of target and output (keras/src/trainers/compile_utils.py).
    let classForAccuracy (yTrue: Shape) (yPred: Shape) : string =
        let isBinary = Shape.rank yPred = 0 || Dimension.isKnown 1 (Shape.last yPred)

        if isBinary then
            "BinaryAccuracy"
        elif
            Shape.rank yTrue = Shape.rank yPred
            && not (Dimension.isKnown 1 (Shape.last yTrue))
        then
            "CategoricalAccuracy"
        else
            "SparseCategoricalAccuracy"
