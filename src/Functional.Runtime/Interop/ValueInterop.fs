namespace Functional.Runtime.Interop

open System
open System.Text.Json.Nodes
open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Constraints
open Functional.Core.Initializers
open Functional.Core.Layers
open Functional.Core.Losses
open Functional.Core.Metrics
open Functional.Core.Naming
open Functional.Core.Optimizers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// Checks named things of the facade (initializers, losses, ...) and gives them the form in which Keras saves them. The
/// argument is a name, or an object with class_name and config. Each raises ArgumentException that lists the nearest
/// names when nothing is known by that name.
[<AbstractClass; Sealed>]
type internal ValueInterop =

    /// An activation: a name, or an object when it has arguments.
    static member Activation(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Activation.ofConfig
        |> Activation.toConfig
        |> ConfigJson.ofPresent

    /// An initializer.
    static member Initializer(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Initializer.ofConfig
        |> Initializer.toConfig
        |> ConfigJson.ofPresent

    /// A regularizer.
    static member Regularizer(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Regularizer.ofConfig
        |> Regularizer.toConfig
        |> ConfigJson.ofPresent

    /// A constraint.
    static member Constraint(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Constraint.ofConfig
        |> Constraint.toConfig
        |> ConfigJson.ofPresent

    /// A loss.
    static member Loss(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Loss.ofConfig
        |> Loss.toConfig
        |> ConfigJson.ofPresent

    /// The names that choose a metric by target and output.
    static member private ChoosingNames: string list = [ "accuracy"; "acc"; "crossentropy"; "ce" ]

    /// A metric: a name stays a name, because "accuracy" means different metrics beside different outputs.
    static member Metric(value: JsonNode) : JsonNode =
        match ConfigJson.toValue value with
        | ConfigValue.String name ->
            let known =
                ValueInterop.ChoosingNames
                @ (MetricRegistry.registry.Entries |> List.collect _.Names)

            if not (List.contains name known) then
                invalidArg (nameof value) (Names.unknown "metric" name known)

            value.DeepClone()
        | content ->
            Registry.ofConfig content MetricRegistry.registry
            |> MetricRegistry.toConfig
            |> ConfigJson.ofPresent

    /// Whether a metric is a name that chooses one by target and output.
    static member GoesByTargets(value: JsonNode) : bool =
        match ConfigJson.toValue value with
        | ConfigValue.String name -> List.contains (name.ToLowerInvariant()) ValueInterop.ChoosingNames
        | _ -> false

    /// Whether a metric of an output takes probabilities, so that logits would be judged wrongly.
    static member TakesProbabilities(value: JsonNode, output: SymbolicTensor) : bool =
        MetricRegistry.ofConfig (ConfigJson.toValue value) output.Shape output.Shape
        |> MetricRegistry.takesProbabilities

    /// What logs call a metric: the name it was given by, or that of its class.
    static member MetricName(value: JsonNode) : string =
        match ConfigJson.toValue value with
        | ConfigValue.String name -> name
        | content -> (Registry.ofConfig content MetricRegistry.registry).Name

    /// How many numbers a metric of an output gives, one for every class, output or threshold; null where it gives one.
    /// Raises ArgumentException when it does not fit the output.
    static member MetricNumbers(value: JsonNode, output: SymbolicTensor) : Nullable<int> =
        let metric =
            MetricRegistry.ofConfig (ConfigJson.toValue value) output.Shape output.Shape

        MetricState.numbers metric output.Shape |> Option.toNullable

    /// Whether large values of a metric are better; null where a number is neither good nor bad.
    static member IsLargeBetter(value: JsonNode) : Nullable<bool> =
        // Which of the accuracies "accuracy" means is no matter here.
        let shape = Shape.create [ Dimension.batch; Dimension.known 2 ]

        match Direction.ofMetric (MetricRegistry.ofConfig (ConfigJson.toValue value) shape shape) with
        | Some direction -> Nullable((direction = Direction.Up))
        | None -> Nullable()

    /// An optimizer.
    static member Optimizer(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Optimizer.ofConfig
        |> Optimizer.toConfig
        |> ConfigJson.ofPresent

    /// How many steps make one update of an optimizer.
    static member StepsPerUpdate(optimizer: JsonNode) : int =
        ConfigJson.toValue optimizer |> Optimizer.ofConfig |> Optimizer.stepsPerUpdate

    /// A schedule, or a number for a learning rate that stays.
    static member Schedule(value: JsonNode) : JsonNode =
        ConfigJson.toValue value
        |> Schedule.ofConfig
        |> Schedule.toConfig
        |> ConfigJson.ofPresent

    /// The learning rate after a number of steps.
    static member Rate(schedule: JsonNode) : Func<int64, float> =
        Func<int64, float>((ConfigJson.toValue schedule |> Schedule.ofConfig).Rate)

    /// The sentence for a name that nothing stands for.
    static member UnknownName(kind: string, name: string, known: string array) : string = Names.unknown kind name known
