namespace Functional.Core.Activations

open Functional.Core.Graph

/// Activations that keep the positive side and change the negative one.
[<RequireQualifiedAccess>]
module Rectifiers =

    let private where condition (ifTrue: Node) (ifFalse: Node) = Ops.select condition ifTrue ifFalse

    let private isAbove (limit: float) (x: Node) = Ops.greater x (x.Number limit)

    /// The opposite, but of NaN, which functions of two parts keep: a zero in its place would hide it from all that follows.
    let private isAtMost (limit: float) (x: Node) = Ops.lessOrEqual x (x.Number limit)

    /// x where x <= 0, else 0. A select and not a minimum: functions that grow fast then see no large number, so that no
    /// infinity times zero reaches the gradient.
    let private negativePart (x: Node) : Node = where (isAbove 0.0 x) (x.Number 0.0) x

    /// 1 where x > 0, else 0: the perceptron's threshold. Its gradient is 0.
    let step (x: Node) : Node = Ops.cast x.ElementType (isAbove 0.0 x)

    /// What a rectifier gives where x is not above 0: zero without a slope, and NaN of NaN.
    let private zeroPart (x: Node) : Node =
        Ops.stopGradient (Ops.maximum x (x.Number 0.0))

    /// max(x, 0), with slope 0 at 0.
    let relu (x: Node) : Node = where (isAbove 0.0 x) x (zeroPart x)

    /// x above 0, slope * x below.
    let leakyRelu (negativeSlope: float) (x: Node) : Node =
        where (isAbove 0.0 x) x (x * negativeSlope)

    /// x above the threshold and at most the largest value; slope * (x - threshold) below.
    let reluWith (negativeSlope: float) (maxValue: float option) (threshold: float) (x: Node) : Node =
        let above =
            match maxValue with
            | Some limit -> where (isAbove limit x) (x.Number limit) x
            | None -> x

        let below =
            if negativeSlope <> 0.0 then (x - threshold) * negativeSlope
            elif threshold = 0.0 then zeroPart x
            else x.Number 0.0

        where (isAbove threshold x) above below

    /// min(max(x, 0), 6), with slope 0 at both ends.
    let relu6 (x: Node) : Node =
        where (Ops.greaterOrEqual x (x.Number 6.0)) (x.Number 6.0) (relu x)

    /// x above 0, alpha * (exp(x) - 1) below.
    let elu (alpha: float) (x: Node) : Node =
        where (isAbove 0.0 x) x (Ops.expm1 (negativePart x) * alpha)

    /// Klambauer et al. 2017, "Self-normalizing neural networks".
    let selu (x: Node) : Node =
        elu 1.6732632423543772848170429916717 x * 1.0507009873554804934193349852946

    /// x above 0, alpha * (exp(x / alpha) - 1) below.
    let celu (alpha: float) (x: Node) : Node =
        where (isAbove 0.0 x) x (Ops.expm1 (negativePart x / alpha) * alpha)

    /// x above the threshold, the default value below.
    let threshold (threshold: float) (defaultValue: float) (x: Node) : Node =
        where (isAtMost threshold x) (x.Number defaultValue) x

    /// x where |x| exceeds the threshold, else 0.
    let hardShrink (threshold: float) (x: Node) : Node =
        where (isAtMost threshold (Ops.abs x)) (x.Number 0.0) x

    /// x moved towards 0 by the threshold, 0 where that would pass 0.
    let softShrink (threshold: float) (x: Node) : Node =
        where (isAtMost threshold (Ops.abs x)) (x.Number 0.0) (x - Ops.sign x * threshold)

    /// 0 up to -1, (x + 1)^2 / 4 up to 1, then x.
    let sparsePlus (x: Node) : Node =
        let middle = Ops.square (x + 1.0) * 0.25

        where (isAtMost -1.0 x) (x.Number 0.0) (where (Ops.less x (x.Number 1.0)) middle x)

    /// log(1 + exp(x)).
    let softplus (x: Node) : Node = Ops.softplus x

    /// (x + sqrt(x^2 + b)) / 2.
    let squareplus (b: float) (x: Node) : Node = (x + Ops.sqrt (Ops.square x + b)) * 0.5
