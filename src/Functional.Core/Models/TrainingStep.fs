namespace Functional.Core.Models

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Losses
open Functional.Core.Metrics
open Functional.Core.Optimizers
open Functional.Core.Tensors

/// A value that is kept between steps: an optimizer slot or what a metric counts.
type StateLeaf = {
    Node: Node
    Name: string
    Dimensions: int list
    /// What every element is at first.
    Initial: float
}

/// A model in training, as graphs over leaves: data in, weights and states from step to step.
type TrainingStep = {
    Model: Model
    Weights: Weight list
    /// The leaf of each weight, in the order of the weights.
    WeightLeaves: Node list
    /// What the optimizer remembers, in the order of Keras's optimizer variables.
    Slots: StateLeaf list
    /// What the metrics count since they were reset; the first two are the loss and its weight.
    MetricStates: StateLeaf list
    /// Names of input, target and sample-weight leaves, by position; None where an output has none.
    InputNames: string list
    TargetNames: string option list
    SampleWeightNames: string option list
    /// Forward, loss, gradient, optimizer, constraints, variables, metrics. Result "loss": the batch's loss.
    Train: Computation
    /// Forward in inference mode, loss, metrics. Result "loss": the batch's loss.
    Evaluate: Computation
    /// From the metric states to a number for every name in the logs, "loss" first.
    Logs: Computation
}

/// Forward, losses, gradient, optimizer, constraints, metrics and variables as one graph.
[<RequireQualifiedAccess>]
module TrainingStep =

    /// The learning rate of this step: a number without axes.
    let learningRateName = "learning_rate"

    /// How many steps were done before this one: int32 without axes.
    let iterationName = "iteration"

    /// What one output is compared with.
    type private Judged = {
        Compilation: OutputCompilation
        Value: Value
        Target: Node option
        SampleWeight: Node option
    }

    /// Probabilities made of logits are judged by the logits where the loss can: it loses no digits, and its gradient
    /// does not vanish. Keras does the same with a loss that is told fromLogits.
    let private lossOnLogits (loss: Loss) (value: Value) : (Loss * Node) option =
        match value.Logits, loss.ClassName with
        | Some(Logits.Softmax logits), ("CategoricalCrossentropy" | "SparseCategoricalCrossentropy")
        | Some(Logits.Sigmoid logits), "BinaryCrossentropy" ->
            Loss.ofLogits loss |> Option.map (fun twin -> twin, logits)
        | _ -> None

    let private lossOf (judged: Judged) : Node option =
        match judged.Compilation.Loss, judged.Target with
        | Some loss, Some target ->
            let loss, prediction =
                lossOnLogits loss judged.Value |> Option.defaultValue (loss, judged.Value.Node)

            let value =
                Loss.compute loss target prediction judged.SampleWeight judged.Value.Mask

            Some(
                if judged.Compilation.LossWeight = 1.0 then
                    value
                else
                    value * judged.Compilation.LossWeight
            )
        | _ -> None

    let private sumOf (floating: ElementType) (nodes: Node list) : Node =
        match nodes with
        | [] -> Ops.scalar floating 0.0
        | first :: others -> List.fold (+) first others

    /// The penalties on the weights that are trained.
    let private penalties (compilation: Compilation) (weights: Weight list) (leaves: Node list) : Node list =
        List.zip weights leaves
        |> List.choose (fun (weight, leaf) ->
            match weight.Specification.Regularizer with
            | Some regularizer when weight.Specification.Trainable && compilation.Trainable weight.Layer ->
                Some(regularizer.Penalty leaf)
            | _ -> None)

    /// The position is part of the name: Keras gives some optimizers' slots of all weights one and the same.
    let private slotLeaf (index: int) (slot: Slot) : StateLeaf =
        let leafName = $"optimizer/{index}/{slot.Name}"

        {
            Node = Ops.variable leafName (Shape.ofInts slot.Dimensions) slot.ElementType
            Name = leafName
            Dimensions = slot.Dimensions
            Initial = slot.InitialValue
        }

    let private stateLeaf floating (prefix: string) (name: string, dimensions: int list, initial: float) : StateLeaf =
        let leafName = $"{prefix}/{name}"

        {
            Node = Ops.variable leafName (Shape.ofInts dimensions) floating
            Name = leafName
            Dimensions = dimensions
            Initial = initial
        }

    /// A metric with its states, for one output.
    type private Counted = {
        LogName: string
        Metric: Metric
        States: StateLeaf list
        Output: int
        IsWeighted: bool
    }

    let private countedMetrics (compilation: Compilation) (model: Model) : Counted list =
        List.zip compilation.Outputs model.Outputs
        |> List.indexed
        |> List.collect (fun (index, (output, tensor)) ->
            (output.Metrics |> List.map (fun (name, metric) -> name, metric, false))
            @ (output.WeightedMetrics |> List.map (fun (name, metric) -> name, metric, true))
            |> List.map (fun (name, metric, isWeighted) -> {
                LogName = name
                Metric = metric
                States =
                    metric.State tensor.Shape
                    |> List.map (stateLeaf compilation.Floating $"metric/{index}/{name}")
                Output = index
                IsWeighted = isWeighted
            }))

    /// Sample weights that leave out what is masked (keras/src/losses/loss.py, apply_mask without its scaling).
    let private maskedWeight (judged: Judged) : Node option =
        match judged.SampleWeight, judged.Value.Mask with
        | Some weight, Some mask when Shape.rank weight.Shape >= Shape.rank mask.Shape ->
            Some(weight * Ops.cast weight.ElementType mask)
        | Some weight, Some mask -> Some(Ops.expandDimensions [ 1 ] weight * Ops.cast weight.ElementType mask)
        | weight, _ -> weight

    let private metricUpdates (judged: Judged list) (counted: Counted list) : (Node * Node) list =
        counted
        |> List.collect (fun metric ->
            let output = judged[metric.Output]

            match output.Target with
            | None -> []
            | Some target ->
                let weight = if metric.IsWeighted then maskedWeight output else None
                let states = metric.States |> List.map _.Node
                List.zip states (metric.Metric.Update states target output.Value.Node weight))

    /// A metric's numbers under their names. Where there is one for every class, output or threshold, their mean has the
    /// metric's name, and each the name with its position.
    let private logsOf (metric: Counted) : (string * Node) list =
        let result = metric.Metric.Result(metric.States |> List.map _.Node)

        if Shape.rank result.Shape = 0 then
            [ metric.LogName, result ]
        else
            let count = Expect.length 0 0 result.Shape

            (metric.LogName, Ops.mean (Ops.allAxes result) false result)
            :: [
                for index in 0 .. count - 1 ->
                    $"{metric.LogName}_{index}",
                    Ops.sliceAxis 0 (Dimension.known index) (Dimension.known (index + 1)) result
                    |> Ops.squeeze [ 0 ]
            ]

    let private requireDistinct (logs: (string * Node) list) : (string * Node) list =
        match logs |> List.countBy fst |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(name, _) ->
            invalidArg
                "metrics"
                $"Two numbers would be reported as '{name}': give one of the metrics a name of its own."
        | None -> logs

    let private lossStates floating : StateLeaf list =
        [ "total", [], 0.0; "count", [], 0.0 ] |> List.map (stateLeaf floating "loss")

    /// The loss over an epoch is the mean over samples: every batch counts by its number of rows.
    let private lossUpdates (states: StateLeaf list) (loss: Node) : (Node * Node) list =
        let rows = Ops.size loss.ElementType Dimension.batch

        match states with
        | [ total; count ] -> [ total.Node, total.Node + loss * rows; count.Node, count.Node + rows ]
        | _ -> []

    /// The graphs of a compiled model. Raises ArgumentException where a loss or metric does not fit an output.
    let create (model: Model) (compilation: Compilation) : TrainingStep =
        let floating = compilation.Floating
        let weights = Model.weights model
        let leaves = ModelLeaves.weights floating weights
        let outputNames = Model.outputNames model

        let context mode : LoweringContext = {
            Mode = mode
            Floating = floating
            Weights = ModelLeaves.byLayer weights leaves
            Trainable = compilation.Trainable
            Key = ModelLeaves.key
        }

        let targetName index = $"target/{index}/{outputNames[index]}"

        let sampleWeightName index =
            $"sample_weight/{index}/{outputNames[index]}"

        let judge (lowered: Lowered) : Judged list =
            List.zip compilation.Outputs lowered.Outputs
            |> List.mapi (fun index (output, value) -> {
                Compilation = output
                Value = Value.inFloating floating value
                Target =
                    output.Target
                    |> Option.map (fun (shape, elementType) ->
                        Ops.input (targetName index) shape (ModelLeaves.elementType floating elementType))
                SampleWeight =
                    output.SampleWeight
                    |> Option.map (fun shape -> Ops.input (sampleWeightName index) shape floating)
            })

        let totalLoss (values: Node list) (lowered: Lowered) (judged: Judged list) : Node =
            List.choose lossOf judged
            @ penalties compilation weights values
            @ lowered.Losses
            |> List.map (Ops.cast floating)
            |> sumOf floating

        let counted = countedMetrics compilation model
        let lossStates = lossStates floating

        // Training
        let trained = ModelLeaves.lower (context Mode.Training) model
        let trainedJudged = judge trained

        let variableUpdatesOf (lowered: Lowered) =
            lowered.Updates
            |> List.map (fun (layer, index, next) -> (ModelLeaves.byLayer weights leaves layer)[index], next)

        let variableUpdates = variableUpdatesOf trained

        /// The value that the step works with: what a layer put in the place of a weight before it used it (a normalized
        /// kernel), or the weight. The gradient is taken of it, and the optimizer goes on from it.
        let present (leaf: Node) : Node =
            variableUpdates
            |> List.tryFind (fun (updated, _) -> obj.ReferenceEquals(updated, leaf))
            |> Option.map snd
            |> Option.defaultValue leaf

        let presentWeights = List.map present leaves
        let loss = totalLoss presentWeights trained trainedJudged

        let trainable =
            List.zip3 weights leaves presentWeights
            |> List.filter (fun (weight, _, _) -> weight.Specification.Trainable && compilation.Trainable weight.Layer)

        let descriptions =
            trainable
            |> List.map (fun (weight, _, value) -> {
                Name = weight.Path
                Dimensions = weight.Specification.Dimensions
                ElementType = value.ElementType
            })

        let gradients =
            Gradient.tryGradients loss (trainable |> List.map (fun (_, _, value) -> value))

        let withGradient, idle =
            List.zip3 trainable descriptions gradients
            |> List.partition (fun (_, _, gradient) -> gradient.IsSome)

        let parameters =
            withGradient
            |> List.map (fun ((_, _, value), description, gradient) -> description, value, gradient.Value)

        // As in Keras, there are slots for all weights that are trained, also for those that this loss does not reach.
        let keptSlots = Optimizer.slots descriptions compilation.Optimizer
        let slots = keptSlots |> List.mapi slotLeaf

        let idleValue (slot: Slot) : Node option =
            idle
            |> List.tryFind (fun (_, description, _) ->
                slot.Owner
                |> Option.exists (fun owner -> obj.ReferenceEquals(owner, description)))
            |> Option.map (fun ((_, leaf, _), _, _) -> leaf)

        let idleSlots, stepSlots =
            List.zip keptSlots slots
            |> List.partition (fun (slot, _) -> (idleValue slot).IsSome)

        let optimizerContext = {
            LearningRate = Ops.input learningRateName Shape.scalar floating
            Iteration = Ops.input iterationName Shape.scalar ElementType.Int32
        }

        let parameterUpdates, nextSlots =
            Optimizer.step
                optimizerContext
                parameters
                (stepSlots |> List.map (fun (_, leaf) -> leaf.Node))
                compilation.Optimizer

        let slotUpdates =
            List.map2 (fun (_, leaf: StateLeaf) next -> leaf.Node, next) stepSlots nextSlots
            @ (idleSlots
               |> List.choose (fun (slot, leaf) ->
                   if slot.FollowsValue then
                       idleValue slot |> Option.map (fun value -> leaf.Node, value)
                   else
                       None))

        let constrained =
            List.zip withGradient parameterUpdates
            |> List.map (fun (((weight, leaf, _), _, _), next) ->
                leaf,
                match weight.Specification.Constraint with
                | Some projection -> projection.Apply next
                | None -> next)

        let isOptimized (leaf: Node) =
            constrained
            |> List.exists (fun (optimized, _) -> obj.ReferenceEquals(optimized, leaf))

        // Evaluation
        let evaluated = ModelLeaves.lower (context Mode.Inference) model
        let evaluatedJudged = judge evaluated
        let evaluatedLoss = totalLoss leaves evaluated evaluatedJudged

        let named name isGiven index output =
            if isGiven output then Some(name index) else None

        {
            Model = model
            Weights = weights
            WeightLeaves = leaves
            Slots = slots
            MetricStates = lossStates @ (counted |> List.collect _.States)
            InputNames = ModelLeaves.inputNames model
            TargetNames =
                compilation.Outputs
                |> List.mapi (named targetName (fun output -> output.Target.IsSome))
            SampleWeightNames =
                compilation.Outputs
                |> List.mapi (named sampleWeightName (fun output -> output.SampleWeight.IsSome))
            Train = {
                Results = [ "loss", loss ]
                Updates =
                    constrained
                    @ slotUpdates
                    @ List.filter (fst >> isOptimized >> not) variableUpdates
                    @ lossUpdates lossStates loss
                    @ metricUpdates trainedJudged counted
            }
            Evaluate = {
                Results = [ "loss", evaluatedLoss ]
                // States of stateful layers go on here too.
                Updates =
                    variableUpdatesOf evaluated
                    @ lossUpdates lossStates evaluatedLoss
                    @ metricUpdates evaluatedJudged counted
            }
            Logs = {
                Results =
                    ("loss", lossStates[0].Node / lossStates[1].Node) :: List.collect logsOf counted
                    |> requireDistinct
                Updates = []
            }
        }
