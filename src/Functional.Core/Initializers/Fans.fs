namespace Functional.Core.Initializers

/// How many inputs and outputs one unit of a weight connects, as Keras counts them.
[<RequireQualifiedAccess>]
module Fans =

    /// (fan in, fan out) of a weight's shape. A convolution kernel ends in (channels in, channels out); the axes before
    /// multiply both.
    let ofShape (shape: int list) : int * int =
        match List.rev shape with
        | [] -> 1, 1
        | [ length ] -> length, length
        | outputs :: inputs :: window ->
            let field = List.fold (*) 1 window
            inputs * field, outputs * field
