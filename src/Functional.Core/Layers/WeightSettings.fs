namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Initializers
open Functional.Core.Regularizers

/// How a weight begins, what penalty it pays and how it is limited.
type WeightSettings = {
    Initializer: Initializer
    Regularizer: Regularizer option
    Constraint: Constraint option
}

[<RequireQualifiedAccess>]
module WeightSettings =

    /// Reads "kernel_initializer", "kernel_regularizer" and "kernel_constraint" for the prefix "kernel".
    let ofConfig (prefix: string) (fallback: Initializer) (config: Config) : WeightSettings = {
        Initializer = Arguments.initializer $"{prefix}_initializer" fallback config
        Regularizer = Arguments.regularizer $"{prefix}_regularizer" config
        Constraint = Arguments.``constraint`` $"{prefix}_constraint" config
    }

    /// Keras's arguments for some weights by prefix, in Keras's order: all initializers, all regularizers, the
    /// regularizer of the result, all constraints.
    let toConfig (weights: (string * WeightSettings) list) (activityRegularizer: Regularizer option) : Config = [
        for prefix, settings in weights do
            $"{prefix}_initializer", Initializer.toConfig settings.Initializer
        for prefix, settings in weights do
            $"{prefix}_regularizer", Regularizer.toConfig settings.Regularizer
        "activity_regularizer", Regularizer.toConfig activityRegularizer
        for prefix, settings in weights do
            $"{prefix}_constraint", Constraint.toConfig settings.Constraint
    ]

    /// A trained weight with these settings.
    let trained (name: string) (dimensions: int list) (settings: WeightSettings) : WeightSpecification =
        LayerWeight.trained name dimensions settings.Initializer settings.Regularizer settings.Constraint
