namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// gamma * (x - mean) / sqrt(variance + epsilon) + beta, with mean and variance of each example and group of channels over
/// the group's channels and all other axes. Weights: gamma, beta, each (channels,). Passes the mask on.
/// Wu and He 2018; keras/src/layers/normalization/group_normalization.py
type GroupNormalization = {
    /// How many groups; -1 makes every channel a group.
    Groups: int
    /// The axis of the channels.
    Axis: int
    Epsilon: float
    /// Whether there is a beta.
    Center: bool
    /// Whether there is a gamma.
    Scale: bool
    BetaInitializer: Initializer
    GammaInitializer: Initializer
    BetaRegularizer: Regularizer option
    GammaRegularizer: Regularizer option
    BetaConstraint: Constraint option
    GammaConstraint: Constraint option
}

[<RequireQualifiedAccess>]
module GroupNormalization =

    /// Keras's arguments.
    let toConfig (settings: GroupNormalization) : Config = [
        "groups", Arguments.ofInt settings.Groups
        "axis", Arguments.ofInt settings.Axis
        "epsilon", ConfigValue.Float settings.Epsilon
        "center", ConfigValue.Bool settings.Center
        "scale", ConfigValue.Bool settings.Scale
        "beta_initializer", Initializer.toConfig settings.BetaInitializer
        "gamma_initializer", Initializer.toConfig settings.GammaInitializer
        "beta_regularizer", Regularizer.toConfig settings.BetaRegularizer
        "gamma_regularizer", Regularizer.toConfig settings.GammaRegularizer
        "beta_constraint", Constraint.toConfig settings.BetaConstraint
        "gamma_constraint", Constraint.toConfig settings.GammaConstraint
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : GroupNormalization = {
        Groups = Config.int "groups" 32 config
        Axis = Config.int "axis" -1 config
        Epsilon = Config.float "epsilon" 1e-3 config
        Center = Config.bool "center" true config
        Scale = Config.bool "scale" true config
        BetaInitializer = Arguments.initializer "beta_initializer" Initializer.zeros config
        GammaInitializer = Arguments.initializer "gamma_initializer" Initializer.ones config
        BetaRegularizer = Arguments.regularizer "beta_regularizer" config
        GammaRegularizer = Arguments.regularizer "gamma_regularizer" config
        BetaConstraint = Arguments.``constraint`` "beta_constraint" config
        GammaConstraint = Arguments.``constraint`` "gamma_constraint" config
    }

    /// Keras's defaults: 32 groups.
    let defaults: GroupNormalization = ofConfig []

    let private groupCount (settings: GroupNormalization) (channels: int) : int =
        let groups = if settings.Groups = -1 then channels else settings.Groups

        if channels % groups <> 0 then
            invalidArg "groups" $"cannot divide {channels} channels into {groups} groups of one size"

        groups

    let private build (settings: GroupNormalization) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs
        let channels = Expect.length (Expect.axis settings.Axis 0 shape) 0 shape
        groupCount settings channels |> ignore

        [
            if settings.Scale then
                LayerWeight.trained
                    "gamma"
                    [ channels ]
                    settings.GammaInitializer
                    settings.GammaRegularizer
                    settings.GammaConstraint
            if settings.Center then
                LayerWeight.trained
                    "beta"
                    [ channels ]
                    settings.BetaInitializer
                    settings.BetaRegularizer
                    settings.BetaConstraint
        ]

    let private normalize (settings: GroupNormalization) (context: CallContext) (x: Node) : Node =
        let rank = Shape.rank x.Shape
        let axis = Expect.axis settings.Axis 0 x.Shape
        let channels = Expect.length axis 0 x.Shape
        let groups = groupCount settings channels
        let lengths = Shape.dimensions x.Shape

        // The channels' axis becomes two: groups, and channels of a group.
        let split =
            List.take axis lengths
            @ [ Dimension.known groups; Dimension.known (channels / groups) ]
            @ List.skip (axis + 1) lengths

        let grouped = Ops.reshape (Shape.create split) x
        let axes = [ 1..rank ] |> List.except [ axis ]
        let mean = Ops.mean axes true grouped
        let inverse = Ops.rsqrt (Ops.variance axes true grouped + settings.Epsilon)
        let normalized = Ops.reshape x.Shape ((grouped - mean) * inverse)

        let spread (weight: Node) =
            Ops.expandDimensions ([ 0 .. rank - 1 ] |> List.except [ axis ]) weight

        let scaled =
            if settings.Scale then
                normalized * spread context.Weights.Head
            else
                normalized

        if settings.Center then
            scaled + spread (List.last context.Weights)
        else
            scaled

    /// The layer. Raises ArgumentException when groups is neither positive nor -1, or epsilon not positive.
    let layer (name: string option) (settings: GroupNormalization) : Layer =
        (settings.Groups >= 1 || settings.Groups = -1)
        |> Expect.argument "GroupNormalization" "groups" settings.Groups "at least 1, or -1"

        Expect.argument "GroupNormalization" "epsilon" settings.Epsilon "more than 0" (settings.Epsilon > 0.0)

        Layer.create "GroupNormalization" name (toConfig settings) (build settings) (fun context inputs ->
            let value = Expect.single inputs
            Layer.output (Value.withNode (normalize settings context value.Node) value))

/// x / |x|, with the Euclidean length over axes. Passes the mask on.
/// keras/src/layers/normalization/unit_normalization.py
type UnitNormalization = { Axes: int list }

[<RequireQualifiedAccess>]
module UnitNormalization =

    /// Over the last axis.
    let defaults: UnitNormalization = { Axes = [ -1 ] }

    /// Keras's arguments.
    let toConfig (settings: UnitNormalization) : Config = [
        "axis",
        match settings.Axes with
        | [ single ] -> Arguments.ofInt single
        | axes -> Arguments.ofInts axes
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : UnitNormalization = {
        Axes = Config.tryInts "axis" config |> Option.defaultValue [ -1 ]
    }

    /// The layer.
    let layer (name: string option) (settings: UnitNormalization) : Layer =
        Layer.ofFunction "UnitNormalization" name (toConfig settings) (fun _ node ->
            let axes = settings.Axes |> List.map (fun axis -> Expect.axis axis 0 node.Shape)
            Dot.normalize 1e-12 axes node)
