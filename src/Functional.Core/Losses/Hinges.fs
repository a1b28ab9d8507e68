namespace Functional.Core.Losses

open Functional.Core.Graph

/// Losses that ask for a margin. One value per sample.
[<RequireQualifiedAccess>]
module Hinges =

    let private positive (node: Node) : Node =
        Ops.select (Ops.greater node (node.Number 0.0)) node (node.Number 0.0)

    /// Targets 0 and 1 become -1 and 1, when there are no others.
    let private signs (yTrue: Node) : Node =
        let isOther =
            Ops.logicalAnd (Ops.notEqual yTrue (yTrue.Number 0.0)) (Ops.notEqual yTrue (yTrue.Number 1.0))

        let others = Ops.sum (Ops.allAxes yTrue) false (Ops.cast yTrue.ElementType isOther)

        Ops.select (Ops.equal others (others.Number 0.0)) (yTrue * 2.0 - 1.0) yTrue

    /// mean(max(1 - t p, 0)); targets -1 and 1, or 0 and 1.
    let hinge (yTrue: Node) (yPred: Node) : Node =
        Ops.mean [ -1 ] false (positive (1.0 - signs yTrue * yPred))

    /// mean(max(1 - t p, 0)^2); targets -1 and 1, or 0 and 1.
    let squaredHinge (yTrue: Node) (yPred: Node) : Node =
        Ops.mean [ -1 ] false (Ops.square (positive (1.0 - signs yTrue * yPred)))

    /// max(best wrong class - right class + 1, 0); one-hot targets.
    let categoricalHinge (yTrue: Node) (yPred: Node) : Node =
        let right = Ops.sum [ -1 ] false (yTrue * yPred)
        let wrong = Ops.max [ -1 ] false ((1.0 - yTrue) * yPred)
        positive (wrong - right + 1.0)
