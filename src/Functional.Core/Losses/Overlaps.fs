namespace Functional.Core.Losses

open Functional.Core.Graph

/// Losses that compare two sets as a whole: one value for the batch.
[<RequireQualifiedAccess>]
module Overlaps =

    // keras.config.epsilon()
    let private epsilon = 1e-7

    let private total (node: Node) : Node = Ops.sum (Ops.allAxes node) false node

    /// 1 - 2 |t and p| / (|t| + |p|) (Dice 1945).
    let dice (yTrue: Node) (yPred: Node) : Node =
        1.0 - total (yTrue * yPred) * 2.0 / (total yTrue + total yPred + epsilon)

    /// 1 - |t and p| / (|t and p| + alpha |t without p| + beta |p without t|) (Tversky 1977).
    let tversky (alpha: float) (beta: float) (yTrue: Node) (yPred: Node) : Node =
        let common = total (yTrue * yPred)
        let missed = total ((1.0 - yPred) * yTrue)
        let wrong = total (yPred * (1.0 - yTrue))
        1.0 - common / (common + missed * alpha + wrong * beta + epsilon)
