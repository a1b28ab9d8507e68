namespace Functional.Core.Losses

open Functional.Core.Graph
open Functional.Core.Tensors

/// Losses between distributions. Predictions are probabilities or, fromLogits, what goes into a sigmoid or softmax.
[<RequireQualifiedAccess>]
module Crossentropies =

    // keras.config.epsilon()
    let private epsilon = 1e-7

    /// Probabilities kept away from 0 and 1. The upper limit is 1 - 1e-7 as float32 holds it, where that is the type.
    let private clipped (probabilities: Node) : Node =
        let high =
            match probabilities.ElementType with
            | ElementType.Float32 -> float (float32 (1.0 - epsilon))
            | ElementType.Float64
            | ElementType.Int32
            | ElementType.Bool -> 1.0 - epsilon

        Ops.clip epsilon high probabilities

    /// Targets moved towards one half.
    let private smoothBinary (smoothing: float) (yTrue: Node) : Node =
        if smoothing = 0.0 then
            yTrue
        else
            yTrue * (1.0 - smoothing) + 0.5 * smoothing

    /// Targets moved towards the uniform distribution over the classes of the last axis.
    let private smoothCategorical (smoothing: float) (yTrue: Node) : Node =
        if smoothing = 0.0 then
            yTrue
        else
            let classes = Ops.size yTrue.ElementType (Shape.last yTrue.Shape)
            yTrue * (1.0 - smoothing) + classes.Number smoothing / classes

    /// -t log(p) - (1 - t) log(1 - p) of every element.
    let private binary (isLogits: bool) (yTrue: Node) (yPred: Node) : Node =
        if isLogits then
            Ops.softplus yPred - yTrue * yPred
        else
            let probabilities = clipped yPred

            -(yTrue * Ops.log probabilities + (1.0 - yTrue) * Ops.log (1.0 - probabilities))

    /// The mean over an axis of -t log(p) - (1 - t) log(1 - p).
    let binaryCrossentropy (isLogits: bool) (smoothing: float) (axis: int) (yTrue: Node) (yPred: Node) : Node =
        Ops.mean [ axis ] false (binary isLogits (smoothBinary smoothing yTrue) yPred)

    /// Binary cross-entropy times (1 - probability of the right answer)^gamma (Lin et al. 2018), and times alpha where the
    /// target is 1, 1 - alpha where it is 0, when classes are balanced.
    let binaryFocalCrossentropy
        (balance: float option)
        (gamma: float)
        (isLogits: bool)
        (smoothing: float)
        (axis: int)
        (yTrue: Node)
        (yPred: Node)
        : Node =
        let targets = smoothBinary smoothing yTrue
        let probabilities = if isLogits then Ops.sigmoid yPred else yPred
        let right = targets * probabilities + (1.0 - targets) * (1.0 - probabilities)
        let miss = 1.0 - right

        let focal = Ops.power miss (miss.Number gamma) * binary isLogits targets yPred

        let weighted =
            match balance with
            | Some alpha -> focal * (targets * alpha + (1.0 - targets) * (1.0 - alpha))
            | None -> focal

        Ops.mean [ axis ] false weighted

    /// Probabilities that sum to one along an axis, kept away from 0 and 1.
    let private normalized (axis: int) (probabilities: Node) : Node =
        clipped (probabilities / Ops.sum [ axis ] true probabilities)

    /// -sum(t log(p)) over an axis.
    let categoricalCrossentropy (isLogits: bool) (smoothing: float) (axis: int) (yTrue: Node) (yPred: Node) : Node =
        let logarithms =
            if isLogits then
                Ops.logSoftmax axis yPred
            else
                Ops.log (normalized axis yPred)

        -(Ops.sum [ axis ] false (smoothCategorical smoothing yTrue * logarithms))

    /// Categorical cross-entropy, every class times alpha (1 - p)^gamma (Lin et al. 2018). Alpha is one number, or one per
    /// class.
    let categoricalFocalCrossentropy
        (alpha: float list)
        (gamma: float)
        (isLogits: bool)
        (smoothing: float)
        (axis: int)
        (yTrue: Node)
        (yPred: Node)
        : Node =
        let logarithms, probabilities =
            if isLogits then
                let logarithms = Ops.logSoftmax axis yPred
                logarithms, Ops.exp logarithms
            else
                let probabilities = normalized axis yPred
                Ops.log probabilities, probabilities

        let weights =
            match alpha with
            | [ single ] -> yPred.Number single
            | classes -> Ops.constant (Literal.create yPred.ElementType [ classes.Length ] classes)

        let miss = 1.0 - probabilities
        let focal = Ops.power miss (miss.Number gamma) * weights
        -(Ops.sum [ axis ] false (focal * smoothCategorical smoothing yTrue * logarithms))

    /// The element of the last axis that a label points to. It is found by comparing positions, so that a row is read
    /// once and no table of one-hot targets exists in memory.
    let chosen (labels: Node) (rows: Node) : Node =
        let positions = Ops.iota ElementType.Int32 (Shape.rank rows.Shape - 1) rows.Shape

        let isChosen = Ops.equal positions (Ops.expandDimensions [ -1 ] labels)
        Ops.sum [ -1 ] false (Ops.select isChosen rows (rows.Number 0.0))

    /// Which labels count: all but the class to ignore.
    let counts (ignoredClass: int) (labels: Node) : Node =
        Ops.notEqual labels (labels.Number(float ignoredClass))

    /// -log(probability of the class that a label names). Labels are whole numbers without the axis of classes, which is
    /// the last of the predictions. A class to ignore gives 0.
    let sparseCategoricalCrossentropy (ignoredClass: int option) (isLogits: bool) (yTrue: Node) (yPred: Node) : Node =
        let labels = Alignment.labels yTrue yPred

        let loss =
            if isLogits then
                Ops.logSumExp [ -1 ] false yPred - chosen labels yPred
            else
                -(Ops.log (clipped (chosen labels yPred / Ops.sum [ -1 ] false yPred)))

        match ignoredClass with
        | Some ignored -> Ops.select (counts ignored labels) loss (loss.Number 0.0)
        | None -> loss

    /// sum(t log(t / p)), both between 1e-7 and 1 (Kullback & Leibler 1951).
    let klDivergence (yTrue: Node) (yPred: Node) : Node =
        let targets = Ops.clip epsilon 1.0 yTrue
        Ops.sum [ -1 ] false (targets * Ops.log (targets / Ops.clip epsilon 1.0 yPred))
