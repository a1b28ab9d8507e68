namespace Functional.Runtime.Interop

open System
open System.Collections.Generic
open System.Text.Json.Nodes
open Functional.Core.Layers
open Functional.Core.Losses
open Functional.Core.Metrics
open Functional.Core.Models
open Functional.Core.Optimizers
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution
open Functional.Runtime.Sessions

/// How one output is trained and judged, in the facade's words. Shapes begin with the batch, which is null.
[<Sealed>]
type internal OutputSettings
    (
        loss: JsonNode | null,
        lossWeight: float,
        metrics: KeyValuePair<string, JsonNode> array,
        weightedMetrics: KeyValuePair<string, JsonNode> array,
        target: int array | null,
        targetType: ElementKind,
        sampleWeight: int array | null
    ) =

    /// The shape of data for an output: lengths of the output that are not known yet are the data's as well.
    let shape (batch: Dimension) (output: SymbolicTensor) (dimensions: int array) : Shape =
        let length axis size =
            if axis = 0 then
                batch
            elif
                axis < Shape.rank output.Shape
                && Option.isNone (Dimension.tryKnown (Shape.dimension axis output.Shape))
            then
                Shape.dimension axis output.Shape
            else
                Dimension.known size

        dimensions |> Seq.mapi length |> List.ofSeq |> Shape.create

    let metric (batch: Dimension) (output: SymbolicTensor) (entry: KeyValuePair<string, JsonNode>) : string * Metric =
        let targetShape =
            match target with
            | null -> output.Shape
            | dimensions -> shape batch output dimensions

        entry.Key, MetricRegistry.ofConfig (ConfigJson.toValue entry.Value) targetShape output.Shape

    /// What the core compiles for an output, given the number of samples.
    member _.Compile(batch: Dimension, output: SymbolicTensor) : OutputCompilation = {
        Loss =
            loss
            |> Option.ofObj
            |> Option.map (fun value -> Loss.ofConfig (ConfigJson.toValue value))
        LossWeight = lossWeight
        Metrics = metrics |> Seq.map (metric batch output) |> List.ofSeq
        WeightedMetrics = weightedMetrics |> Seq.map (metric batch output) |> List.ofSeq
        Target =
            target
            |> Option.ofObj
            |> Option.map (fun dimensions -> shape batch output dimensions, ElementKinds.toCore targetType)
        SampleWeight = sampleWeight |> Option.ofObj |> Option.map (shape batch output)
    }

/// How the facade gets what runs models.
[<AbstractClass; Sealed>]
type internal TrainingInterop =

    /// What answers for a model; floating data and weights have the element type, random numbers the keys that there are
    /// when they are wanted.
    static member CreatePredictor(model: Model, floating: ElementKind, keys: Func<PredictionKeys>) : Predictor =
        new Predictor(model, ElementKinds.toCore floating, keys.Invoke)

    /// The shapes of the variables that an optimizer keeps for weights that are trained, in Keras's order.
    static member SlotShapes(optimizer: JsonNode, weights: WeightDescription array) : int array array =
        let parameters =
            weights
            |> Seq.map (fun weight ->
                ({
                    Name = weight.Path
                    Dimensions = List.ofArray weight.Shape
                    ElementType = ElementKinds.toCore weight.ElementType
                }
                : ParameterDescription))
            |> List.ofSeq

        Optimizer.ofConfig (ConfigJson.toValue optimizer)
        |> Optimizer.slots parameters
        |> Seq.map (fun slot -> Array.ofList slot.Dimensions)
        |> Array.ofSeq

    /// The graphs of a model in training. Raises ArgumentException where a loss or metric does not fit an output.
    static member CreateStep
        (
            model: Model,
            outputs: OutputSettings array,
            optimizer: JsonNode,
            isTrained: Func<Layer, bool>,
            floating: ElementKind
        ) : TrainingStep =
        let batch =
            Model.tryBatch model
            |> Option.map Dimension.known
            |> Option.defaultValue Dimension.batch

        let compilation = {
            Outputs =
                List.map2
                    (fun (settings: OutputSettings) output -> settings.Compile(batch, output))
                    (List.ofArray outputs)
                    model.Outputs
            Optimizer = Optimizer.ofConfig (ConfigJson.toValue optimizer)
            Trainable = isTrained.Invoke
            Floating = ElementKinds.toCore floating
        }

        TrainingStep.create model compilation

    /// What trains a model.
    static member CreateSession(step: TrainingStep, floating: ElementKind, seed: int) : TrainingSession =
        new TrainingSession(step, ElementKinds.toCore floating, seed)

    /// What evaluates a model and does not train it: it has no memory for the optimizer.
    static member CreateEvaluation(step: TrainingStep, floating: ElementKind, seed: int) : TrainingSession =
        new TrainingSession({ step with Slots = [] }, ElementKinds.toCore floating, seed)
