namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Rows of a table that whole numbers name: (batch, ...) becomes (batch, ..., outputDim). Weight: embeddings (inputDim,
/// outputDim). With MaskZero, places where the number is 0 are masked. keras/src/layers/core/embedding.py
type Embedding = {
    InputDim: int
    OutputDim: int
    EmbeddingsInitializer: Initializer
    EmbeddingsRegularizer: Regularizer option
    ActivityRegularizer: Regularizer option
    EmbeddingsConstraint: Constraint option
    MaskZero: bool
}

[<RequireQualifiedAccess>]
module Embedding =

    /// Keras's arguments.
    let toConfig (settings: Embedding) : Config = [
        "input_dim", Arguments.ofInt settings.InputDim
        "output_dim", Arguments.ofInt settings.OutputDim
        "embeddings_initializer", Initializer.toConfig settings.EmbeddingsInitializer
        "embeddings_regularizer", Regularizer.toConfig settings.EmbeddingsRegularizer
        "activity_regularizer", Regularizer.toConfig settings.ActivityRegularizer
        "embeddings_constraint", Constraint.toConfig settings.EmbeddingsConstraint
        "mask_zero", ConfigValue.Bool settings.MaskZero
    ]

    /// Settings from Keras's arguments; "input_length", which Keras has given up, is not read.
    let ofConfig (config: Config) : Embedding = {
        InputDim = Arguments.int "input_dim" config
        OutputDim = Arguments.int "output_dim" config
        EmbeddingsInitializer = Arguments.initializer "embeddings_initializer" (Initializer.ofName "uniform") config
        EmbeddingsRegularizer = Arguments.regularizer "embeddings_regularizer" config
        ActivityRegularizer = Arguments.regularizer "activity_regularizer" config
        EmbeddingsConstraint = Arguments.``constraint`` "embeddings_constraint" config
        MaskZero = Config.bool "mask_zero" false config
    }

    /// Keras's defaults for a table of this size.
    let defaults (inputDim: int) (outputDim: int) : Embedding =
        ofConfig [
            "input_dim", Arguments.ofInt inputDim
            "output_dim", Arguments.ofInt outputDim
        ]

    let private build (settings: Embedding) (_: InputSpecification list) : WeightSpecification list = [
        LayerWeight.trained
            "embeddings"
            [ settings.InputDim; settings.OutputDim ]
            settings.EmbeddingsInitializer
            settings.EmbeddingsRegularizer
            settings.EmbeddingsConstraint
    ]

    let private call (settings: Embedding) (context: CallContext) (inputs: Value list) : CallResult =
        let indices = (Expect.single inputs).Node

        Layer.output {
            Node = Ops.gather 0 (Ops.cast ElementType.Int32 indices) (List.head context.Weights)
            Mask =
                if settings.MaskZero then
                    Some(Ops.notEqual indices (indices.Number 0.0))
                else
                    None
            Logits = None
        }

    /// The layer. Raises ArgumentException when a size is not positive.
    let layer (name: string option) (settings: Embedding) : Layer =
        Expect.positive "Embedding" "input_dim" settings.InputDim
        Expect.positive "Embedding" "output_dim" settings.OutputDim

        Layer.create "Embedding" name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.ActivityRegularizer
