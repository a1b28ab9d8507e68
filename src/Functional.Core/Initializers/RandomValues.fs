namespace Functional.Core.Initializers

open MathNet.Numerics.LinearAlgebra
open MathNet.Numerics.LinearAlgebra.Double
open MathNet.Numerics.LinearAlgebra.Factorization
open Functional.Core.Randomness

/// Random numbers that depend on a seed and their position only.
[<RequireQualifiedAccess>]
module RandomValues =

    // Graphs draw from steps 0, 1, ...: no training step has this one, so weights and dropout masks are independent.
    let private step = -1

    let private draw (number: int -> float) (scale: float) (offset: float) (seed: int) : ValueWriter =
        let value bits = offset + scale * number bits
        ValueWriter(fun first target -> Philox.fill24 value seed 0 step first target)

    /// Numbers in [low, high).
    let uniform (low: float) (high: float) (seed: int) : ValueWriter =
        draw NormalDistribution.uniform (high - low) low seed

    /// Normal numbers.
    let normal (mean: float) (standardDeviation: float) (seed: int) : ValueWriter =
        draw NormalDistribution.normal standardDeviation mean seed

    /// Normal numbers within two standard deviations (of the distribution before the cut).
    let truncatedNormal (mean: float) (standardDeviation: float) (seed: int) : ValueWriter =
        draw NormalDistribution.truncatedNormal standardDeviation mean seed

    /// A row-major matrix whose shorter side is a set of orthogonal vectors of one length (Saxe, McClelland & Ganguli
    /// 2014): the Q of a normal random matrix, with signs that make R's diagonal positive.
    let orthogonal (gain: float) (seed: int) (rows: int) (columns: int) : ValueWriter =
        let tall = max rows columns
        let narrow = min rows columns

        let random =
            DenseMatrix(tall, narrow, normal 0.0 1.0 seed |> ValueWriter.toArray (tall * narrow))

        let factors = random.QR QRMethod.Thin
        let q: Matrix<float> = factors.Q
        let values = Array.zeroCreate (rows * columns)

        for column in 0 .. narrow - 1 do
            let scale = if factors.R[column, column] < 0.0 then -gain else gain

            for row in 0 .. tall - 1 do
                let place =
                    if rows < columns then
                        column * columns + row
                    else
                        row * columns + column

                values[place] <- scale * q[row, column]

        ValueWriter.ofArray values
