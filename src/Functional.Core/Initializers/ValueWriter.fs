namespace Functional.Core.Initializers

open System

/// Writes row-major values from a position on, as many as there is room for. The values of a large weight so never have
/// to be in memory twice, once as numbers of double precision.
type ValueWriter = delegate of first: int * target: Span<float> -> unit

[<RequireQualifiedAccess>]
module ValueWriter =

    /// One number everywhere.
    let constant (value: float) : ValueWriter =
        ValueWriter(fun _ target -> target.Fill value)

    /// A function of the position.
    let ofPosition (value: int -> float) : ValueWriter =
        ValueWriter(fun first target ->
            for index in 0 .. target.Length - 1 do
                target[index] <- value (first + index))

    /// Values that had to be computed together.
    let ofArray (values: float array) : ValueWriter =
        ValueWriter(fun first target -> values.AsSpan(first, target.Length).CopyTo target)

    /// The first `count` values.
    let toArray (count: int) (writer: ValueWriter) : float array =
        let values = Array.zeroCreate count
        writer.Invoke(0, Span values)
        values
