namespace Functional.Core.Losses

open Functional.Core.Graph

/// Distances between numbers: one value per sample, the mean (or sum) over the last axis.
[<RequireQualifiedAccess>]
module Regression =

    // keras.config.epsilon()
    let private epsilon = 1e-7

    let private mean (node: Node) : Node = Ops.mean [ -1 ] false node
    let private atLeast (low: float) (node: Node) : Node = Ops.maximum node (node.Number low)

    /// mean((p - t)^2).
    let meanSquaredError (yTrue: Node) (yPred: Node) : Node = mean (Ops.square (yPred - yTrue))

    /// mean(|p - t|).
    let meanAbsoluteError (yTrue: Node) (yPred: Node) : Node = mean (Ops.abs (yPred - yTrue))

    /// 100 mean(|p - t| / |t|), the divisor at least 1e-7.
    let meanAbsolutePercentageError (yTrue: Node) (yPred: Node) : Node =
        mean (Ops.abs ((yTrue - yPred) / atLeast epsilon (Ops.abs yTrue))) * 100.0

    /// mean((log(p + 1) - log(t + 1))^2), both at least 1e-7.
    let meanSquaredLogarithmicError (yTrue: Node) (yPred: Node) : Node =
        let logarithm node = Ops.log1p (atLeast epsilon node)
        mean (Ops.square (logarithm yPred - logarithm yTrue))

    /// mean(log(cosh(p - t))).
    let logCosh (yTrue: Node) (yPred: Node) : Node =
        let error = yPred - yTrue
        mean (error + Ops.softplus (error * -2.0) - log 2.0)

    /// Half the squared error up to delta, linear beyond (Huber 1964); its mean.
    let huber (delta: float) (yTrue: Node) (yPred: Node) : Node =
        let distance = Ops.abs (yPred - yTrue)
        let inner = Ops.square distance * 0.5
        let outer = distance * delta - 0.5 * delta * delta
        mean (Ops.select (Ops.lessOrEqual distance (distance.Number delta)) inner outer)

    /// mean(p - t log(p)).
    let poisson (yTrue: Node) (yPred: Node) : Node =
        mean (yPred - yTrue * Ops.log (yPred + epsilon))

    /// Vectors of length one along an axis; vectors shorter than 1e-7 are divided by that. The limit is inside the root,
    /// so that the gradient of a zero vector is a number.
    let private normalized (axis: int) (node: Node) : Node =
        node
        * Ops.rsqrt (atLeast (epsilon * epsilon) (Ops.sum [ axis ] true (Ops.square node)))

    /// The cosine of the angle between targets and predictions along an axis.
    let cosine (axis: int) (yTrue: Node) (yPred: Node) : Node =
        Ops.sum [ axis ] false (normalized axis yTrue * normalized axis yPred)
