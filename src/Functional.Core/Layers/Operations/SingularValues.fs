namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// Singular values by one-sided Jacobi rotations (Hestenes 1958): columns are turned in pairs until all are orthogonal;
/// their lengths are the singular values. Pairs that share no column are turned at once, and which columns are pairs
/// changes like the partners of a round-robin tournament (Brent & Luk 1985), so that a loop of one fixed step does it.
[<RequireQualifiedAccess>]
module SingularValues =

    /// Convergence is quadratic: 6 to 10 sweeps are enough for double precision in practice.
    let private sweeps = 12

    let private columns (start: int) (stop: int) (node: Node) : Node =
        Ops.sliceAxis -1 (Dimension.known start) (Dimension.known stop) node

    /// Turns the columns of two values, each pair so that they become orthogonal.
    let private rotate (first: Node) (second: Node) : Node * Node =
        let sumRows = Ops.sum [ -2 ] true
        let inner = sumRows (first * second)
        let isOrthogonal = Ops.equal inner (inner.Number 0.0)
        let divisor = Ops.select isOrthogonal (inner.Number 1.0) (inner * 2.0)
        let slope = (sumRows (Ops.square second) - sumRows (Ops.square first)) / divisor

        let direction =
            Ops.select (Ops.less slope (slope.Number 0.0)) (slope.Number -1.0) (slope.Number 1.0)

        let tangent =
            direction / (Ops.abs slope + Ops.sqrt (1.0 + Ops.square slope))
            |> Ops.select isOrthogonal (slope.Number 0.0)

        // The angle has no influence on the result once the columns are orthogonal, so nothing flows back through it.
        let cosine = Ops.stopGradient (Ops.rsqrt (1.0 + Ops.square tangent))
        let sine = Ops.stopGradient (cosine * tangent)
        first * cosine - second * sine, first * sine + second * cosine

    /// The partners of the next turn: the first column stays, all others move on by one seat.
    let private moveOn (half: int) (first: Node) (second: Node) : Node * Node =
        if half = 1 then
            first, second
        else
            Ops.concatenate -1 [ columns 0 1 first; columns 0 1 second; columns 1 (half - 1) first ],
            Ops.concatenate -1 [ columns 1 half second; columns (half - 1) half first ]

    /// The singular values of matrices (..., m, n) along a last axis of the smaller of m and n, in no order.
    /// Raises ArgumentException where neither length is known.
    let ofMatrices (node: Node) : Node =
        let rank = Shape.rank node.Shape

        let length axis =
            Dimension.tryKnown (Shape.dimension axis node.Shape)

        let turned = Ops.transpose ([ 0 .. rank - 3 ] @ [ rank - 1; rank - 2 ])

        let matrices, count =
            match length (rank - 2), length (rank - 1) with
            | Some rows, Some columns when rows < columns -> turned node, rows
            | _, Some columns -> node, columns
            | Some rows, None -> turned node, rows
            | None, None ->
                invalidArg "axis" $"singular values need one known length; the matrices are of shape {node.Shape}"

        let half = (count + 1) / 2

        // With an odd number one column of zeros takes part, to which all others are orthogonal.
        let even =
            if count % 2 = 0 then
                matrices
            else
                let zeros =
                    Ops.broadcastTo
                        (Shape.withDimension (rank - 1) (Dimension.known 1) matrices.Shape)
                        (matrices.Number 0.0)

                Ops.concatenate -1 [ matrices; zeros ]

        let turn carries _ =
            match carries with
            | [ first; second ] ->
                let first, second = rotate first second
                let first, second = moveOn half first second
                [ first; second ], []
            | _ -> carries, []

        // After whole sweeps every column sits where it sat at first, the one of zeros at the end.
        let last, _ =
            Scanning.scanOver
                (Dimension.known (sweeps * (2 * half - 1)))
                false
                [ columns 0 half even; columns half (2 * half) even ]
                []
                turn

        Ops.concatenate -1 last
        |> columns 0 count
        |> Ops.square
        |> Ops.sum [ -2 ] false
        |> Ops.sqrt
