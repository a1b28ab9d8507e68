namespace Functional.Core.Activations

open Functional.Core.Graph

/// Activations shaped like an S, and x times one.
[<RequireQualifiedAccess>]
module Sigmoids =

    /// x between two limits; slope 0 at and beyond them. NaN stays NaN.
    let private clampOpen (low: float) (high: float) (x: Node) : Node =
        let aboveLow = Ops.select (Ops.lessOrEqual x (x.Number low)) (x.Number low) x
        Ops.select (Ops.greaterOrEqual x (x.Number high)) (x.Number high) aboveLow

    /// 1 / (1 + exp(-x)).
    let sigmoid (x: Node) : Node = Ops.sigmoid x

    /// log(sigmoid(x)).
    let logSigmoid (x: Node) : Node = -(Ops.softplus (-x))

    /// The hyperbolic tangent.
    let tanh (x: Node) : Node = Ops.tanh x

    /// x - tanh(x).
    let tanhShrink (x: Node) : Node = x - Ops.tanh x

    /// x limited to [-1, 1].
    let hardTanh (x: Node) : Node = clampOpen -1.0 1.0 x

    /// x / 6 + 1/2, limited to [0, 1].
    let hardSigmoid (x: Node) : Node = clampOpen 0.0 1.0 ((x + 3.0) / 6.0)

    /// x / 5 + 1/2, limited to [0, 1]: hard_sigmoid until Keras 3, under a name of its own.
    let hardSigmoidOfKeras2 (x: Node) : Node = clampOpen 0.0 1.0 (x * 0.2 + 0.5)

    /// 0 up to -1, (x + 1) / 2 up to 1, then 1.
    let sparseSigmoid (x: Node) : Node = clampOpen 0.0 1.0 ((x + 1.0) * 0.5)

    /// x * sigmoid(x), also called swish.
    let silu (x: Node) : Node = x * Ops.sigmoid x

    /// x * hardSigmoid(x), also called hard swish.
    let hardSilu (x: Node) : Node =
        let middle = x * ((x + 3.0) / 6.0)
        let belowThree = Ops.select (Ops.less x (x.Number 3.0)) middle x
        Ops.select (Ops.less x (x.Number -3.0)) (x.Number 0.0) belowThree

    /// x * tanh(softplus(x)).
    let mish (x: Node) : Node = x * Ops.tanh (Ops.softplus x)

    /// x / (1 + |x|).
    let softsign (x: Node) : Node = x / (1.0 + Ops.abs x)

    /// x times the normal distribution function of x, or its approximation by a hyperbolic tangent
    /// (Hendrycks & Gimpel 2016).
    let gelu (isApproximate: bool) (x: Node) : Node =
        if isApproximate then
            let inner = (x + x * x * x * 0.044715) * sqrt (2.0 / System.Math.PI)
            x * 0.5 * (1.0 + Ops.tanh inner)
        else
            x * 0.5 * (1.0 + Ops.erf (x * sqrt 0.5))
