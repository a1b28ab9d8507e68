namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration

/// The largest of every group of neighbouring features: (batch, ..., pieces * units) becomes (batch, ..., units). After a
/// Dense of pieces * units it is the textbooks' maxout layer. Passes the mask on. Goodfellow et al. 2013
type Maxout = {
    /// How many features a group has.
    Pieces: int
}

[<RequireQualifiedAccess>]
module Maxout =

    /// Pairs.
    let defaults: Maxout = { Pieces = 2 }

    /// The arguments.
    let toConfig (settings: Maxout) : Config = [ "pieces", Arguments.ofInt settings.Pieces ]

    /// Settings from the arguments.
    let ofConfig (config: Config) : Maxout = {
        Pieces = Config.int "pieces" 2 config
    }

    /// The layer. Raises ArgumentException when the group's size is not positive.
    let layer (name: string option) (settings: Maxout) : Layer =
        Expect.positive "Maxout" "pieces" settings.Pieces
        Layer.ofFunction "Maxout" name (toConfig settings) (fun _ -> AxisActivations.maxout settings.Pieces)
