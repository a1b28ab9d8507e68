namespace Functional.Core.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Losses
open Functional.Core.Models
open Functional.Core.Optimizers
open Functional.Core.Tensors

/// Models by their meaning, in float64.
[<RequireQualifiedAccess>]
module Evaluation =

    /// The leaves of a model's weights, in Keras's order.
    let weightLeaves (model: Model) : Node list =
        ModelLeaves.weights ElementType.Float64 (Model.weights model)

    /// The leaves of a model's inputs.
    let inputLeaves (model: Model) : Node list =
        ModelLeaves.inputs ElementType.Float64 model

    /// A model as nodes over its leaves.
    let lower (mode: Mode) (model: Model) : Lowered =
        let context = {
            Mode = mode
            Floating = ElementType.Float64
            Weights = ModelLeaves.byLayer (Model.weights model) (weightLeaves model)
            Trainable = Layer.isTrainable
            Key = ModelLeaves.key
        }

        ModelLeaves.lower context model

    /// The leaves' values: inputs, weights in Keras's order, and a key.
    let leafValues (model: Model) (weights: Literal list) (inputs: Literal list) : Map<string, Literal> =
        List.zip (Model.weights model |> List.map _.Path) weights
        @ List.zip (ModelLeaves.inputNames model) inputs
        @ [
            "key", Literal.create ElementType.Int32 [ 2 ] [ 7.0; 3.0 ]
            TrainingStep.learningRateName, Literal.scalar ElementType.Float64 0.1
            TrainingStep.iterationName, Literal.scalar ElementType.Int32 0.0
        ]
        |> Map.ofList

    /// The values of a model's outputs.
    let run (mode: Mode) (model: Model) (weights: Literal list) (inputs: Literal list) : Literal list =
        (lower mode model).Outputs
        |> List.map _.Node
        |> Graph.create
        |> Interpreter.run (leafValues model weights inputs)

    /// One step of plain gradient descent (rate 0.1) on the mean squared error of every output.
    let private trainingStep (model: Model) : TrainingStep =
        TrainingStep.create model {
            Outputs =
                model.Outputs
                |> List.map (fun output -> {
                    Loss = Some(Loss.ofName "mse")
                    LossWeight = 1.0
                    Metrics = []
                    WeightedMetrics = []
                    Target = Some(output.Shape, output.ElementType)
                    SampleWeight = None
                })
            Optimizer = Optimizer.ofName "sgd"
            Trainable = Layer.isTrainable
            Floating = ElementType.Float64
        }

    /// The loss, the weights after the step, and the gradients of the loss by the floating inputs (None for others).
    let train (model: Model) (weights: Literal list) (inputs: Literal list) (targets: Literal list) =
        let step = trainingStep model
        let loss = List.find (fst >> (=) "loss") step.Train.Results |> snd

        let next (leaf: Node) =
            step.Train.Updates
            |> List.tryFind (fun (updated, _) -> obj.ReferenceEquals(updated, leaf))
            |> Option.map snd
            |> Option.defaultValue leaf

        let floatingInputs =
            inputLeaves model
            |> List.map (fun leaf ->
                if ElementType.isFloating leaf.ElementType then
                    Some leaf
                else
                    None)

        // The leaves of the step are other nodes than these, equal in content: one graph makes them one.
        let gradients =
            List.zip (List.choose id floatingInputs) (Gradient.tryGradients loss (List.choose id floatingInputs))
            |> List.map (fun (leaf, gradient) -> gradient |> Option.defaultValue (leaf * 0.0))

        let states =
            step.Slots @ step.MetricStates
            |> List.map (fun state ->
                let count = List.fold (*) 1 state.Dimensions
                state.Name, Literal.create state.Node.ElementType state.Dimensions (Seq.replicate count state.Initial))

        let named =
            (leafValues model weights inputs, List.zip (List.choose id step.TargetNames) targets @ states)
            ||> List.fold (fun leaves (name, value) -> Map.add name value leaves)

        match
            loss :: List.map next step.WeightLeaves @ gradients
            |> Graph.create
            |> Interpreter.run named
        with
        | loss :: others ->
            let after, gradients = List.splitAt step.WeightLeaves.Length others
            loss, after, gradients
        | [] -> invalidOp "A graph with outputs has values."
