namespace Functional.Core.Tests

open System
open Functional.Core.Tensors

/// Values that follow from a seed and a shape, so that a property can shrink the shape and keep the rest.
[<RequireQualifiedAccess>]
module Samples =

    let private count (dimensions: int list) : int = List.fold (*) 1 dimensions

    /// Numbers between two limits.
    let between (low: float) (high: float) (seed: int) (dimensions: int list) : Literal =
        let random = Random seed

        Literal.create ElementType.Float64 dimensions [
            for _ in 1 .. count dimensions -> low + (high - low) * random.NextDouble()
        ]

    /// Numbers between -2 and 2.
    let any (seed: int) (dimensions: int list) : Literal = between -2.0 2.0 seed dimensions

    /// Multiples of 0.25 around an offset in random order: no two are equal or close.
    let distinct (offset: float) (seed: int) (dimensions: int list) : Literal =
        let size = count dimensions
        let ranks = Array.init size id
        Random(seed).Shuffle ranks
        Literal.create ElementType.Float64 dimensions [ for rank in ranks -> offset + 0.25 * float (rank - size / 2) ]

    /// Positions below a length, as int32.
    let indices (length: int) (seed: int) (dimensions: int list) : Literal =
        let random = Random seed
        Literal.create ElementType.Int32 dimensions [ for _ in 1 .. count dimensions -> float (random.Next length) ]

    /// True and false, as bool.
    let conditions (seed: int) (dimensions: int list) : Literal = {
        indices 2 seed dimensions with
            ElementType = ElementType.Bool
    }
