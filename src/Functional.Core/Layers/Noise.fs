namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Random numbers of layers that have a seed of their own, or not.
[<RequireQualifiedAccess>]
module Noise =

    /// The context whose random numbers follow from a layer's own seed, if it has one, beside the run's step: layers with
    /// equal seeds draw alike, call by call.
    let seeded (seed: int option) (context: CallContext) : CallContext =
        match seed with
        | None -> context
        | Some seed ->
            let own = Ops.constant (Literal.create ElementType.Int32 [ 1 ] [ float seed ])

            let step = Ops.sliceAxis 0 (Dimension.known 1) (Dimension.known 2) context.Key

            {
                context with
                    Key = Ops.concatenate 0 [ own; step ]
                    Stream = Layer.streamsPerCall * context.Repetition
            }

    /// Standard normal numbers in the shape and element type of a value.
    let normal (seed: int option) (context: CallContext) (node: Node) : Node =
        Layer.random Distribution.Normal 0 node.Shape node.ElementType (seeded seed context)

/// In training, adds normal numbers with mean 0. Passes the mask on.
/// keras/src/layers/regularization/gaussian_noise.py
type GaussianNoise = {
    /// Their standard deviation.
    StandardDeviation: float
    Seed: int option
}

[<RequireQualifiedAccess>]
module GaussianNoise =

    /// Without a seed of its own.
    let defaults (standardDeviation: float) : GaussianNoise = {
        StandardDeviation = standardDeviation
        Seed = None
    }

    /// Keras's arguments.
    let toConfig (settings: GaussianNoise) : Config = [
        "stddev", ConfigValue.Float settings.StandardDeviation
        "seed", Arguments.ofOption Arguments.ofInt settings.Seed
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : GaussianNoise = {
        StandardDeviation = Arguments.float "stddev" config
        Seed = Config.tryInt "seed" config
    }

    /// The layer. Raises ArgumentException when the standard deviation is not from 0 to 1, as Keras does.
    let layer (name: string option) (settings: GaussianNoise) : Layer =
        Expect.fraction "GaussianNoise" "stddev" settings.StandardDeviation

        Layer.ofFunction "GaussianNoise" name (toConfig settings) (fun context node ->
            match context.Mode with
            | Mode.Training when settings.StandardDeviation > 0.0 ->
                node + Noise.normal settings.Seed context node * settings.StandardDeviation
            | _ -> node)
