namespace Functional.Testing

/// Comparison of floating-point numbers with both tolerances named.
[<RequireQualifiedAccess>]
module Tolerance =

    /// Whether |actual - expected| <= absolute + relative * |expected|. NaN equals NaN, infinities equal themselves.
    let isClose (absolute: float) (relative: float) (expected: float) (actual: float) : bool =
        if System.Double.IsNaN expected then
            System.Double.IsNaN actual
        elif System.Double.IsInfinity expected then
            actual = expected
        else
            abs (actual - expected) <= absolute + relative * abs expected
