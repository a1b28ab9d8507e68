namespace Functional.Core.Initializers

open Functional.Core.Configuration

/// The first values of a weight, from a seed and a shape.
[<ReferenceEquality>]
type Initializer = {
    ClassName: string
    Config: Config
    Values: int -> int list -> float array
}
