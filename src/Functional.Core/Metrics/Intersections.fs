namespace Functional.Core.Metrics

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Intersection over union of classes, from a table of how often each class was taken for each.
[<RequireQualifiedAccess>]
module Intersections =

    // keras.config.epsilon()
    let private epsilon = 1e-7

    let private flat (node: Node) : Node =
        Ops.reshape (Shape.create [ Shape.size node.Shape ]) node

    /// Adds a batch to the table: rows are true classes, columns predicted ones.
    let private update classes ignored toTrue toPredicted (state: Node list) yTrue yPred (weight: Node option) =
        let elementType = state.Head.ElementType
        let targets = flat (Ops.cast ElementType.Int32 (toTrue yTrue))
        let predictions = flat (Ops.cast ElementType.Int32 (toPredicted yPred))

        let given =
            match weight with
            | Some weight when Shape.rank weight.Shape > 1 -> flat (Ops.cast elementType weight)
            | Some weight -> Ops.cast elementType weight
            | None -> Ops.scalar elementType 1.0
            |> Ops.broadcastTo targets.Shape

        let weights =
            match ignored with
            | Some ignored -> Ops.select (Ops.notEqual targets (targets.Number(float ignored))) given (given.Number 0.0)
            | None -> given

        let rows =
            Ops.oneHot classes elementType targets * Ops.expandDimensions [ -1 ] weights

        let columns = Ops.oneHot classes elementType predictions
        [ state.Head + Ops.matMulWith true false rows columns ]

    let private result (classes: int) (targets: int list) (state: Node list) : Node =
        let table = state.Head

        let identity =
            Literal.create table.ElementType [ classes; classes ] [
                for row in 0 .. classes - 1 do
                    for column in 0 .. classes - 1 -> if row = column then 1.0 else 0.0
            ]

        let common = Ops.sum [ 1 ] false (table * Ops.constant identity)
        let union = Ops.sum [ 0 ] false table + Ops.sum [ 1 ] false table - common

        let wanted =
            Literal.create ElementType.Int32 [ targets.Length ] (List.map float targets)
            |> Ops.constant

        let common = Ops.gather 0 wanted common
        let union = Ops.gather 0 wanted union
        // Classes that never occurred do not count.
        let isPresent = Ops.greater union (union.Number 1e-9)
        let present = Ops.sum [ 0 ] false (Ops.cast table.ElementType isPresent)
        Ops.sum [ 0 ] false (common / (union + epsilon)) / (present + epsilon)

    let private ints (key: string) (config: Config) : int list =
        Config.tryInts key config |> Option.defaultValue []

    let private create className name arguments classes targets ignored toTrue toPredicted : Metric =
        if List.exists (fun target -> target < 0 || target >= classes) targets then
            invalidArg "target_class_ids" $"Target classes %A{targets} must be below the number of classes, {classes}."

        {
            ClassName = className
            Name = name
            Config = arguments
            State = fun _ -> [ MetricState.zeros "total_confusion_matrix" [ classes; classes ] ]
            Update = update classes ignored toTrue toPredicted
            Result = result classes targets
        }

    /// A metric on classes as whole numbers, or as one-hot vectors or scores where it says so.
    let private ofClasses className isOneHot hasTargets (name: string) (config: Config) : Metric =
        let classes =
            match Config.tryInt "num_classes" config with
            | Some count -> count
            | None -> invalidArg "num_classes" $"{className} needs the number of classes."

        let targets =
            if hasTargets then
                ints "target_class_ids" config
            else
                [ 0 .. classes - 1 ]

        let axis = Config.int "axis" -1 config
        let isSparseTrue = Config.bool "sparse_y_true" (not isOneHot) config
        let isSparsePredicted = Config.bool "sparse_y_pred" (not isOneHot) config

        let arguments =
            MetricState.arguments
                [
                    "num_classes", ConfigValue.Int(int64 classes)
                    if hasTargets then
                        "target_class_ids", ConfigValue.List []
                    "ignore_class", ConfigValue.Null
                    if not isOneHot then
                        "sparse_y_true", ConfigValue.Bool true
                    "sparse_y_pred", ConfigValue.Bool(not isOneHot)
                    "axis", ConfigValue.Int -1L
                ]
                config

        let classOf isSparse (node: Node) =
            if isSparse then node else Ops.argMax axis node

        create
            className
            name
            arguments
            classes
            targets
            (Config.tryInt "ignore_class" config)
            (classOf isSparseTrue)
            (classOf isSparsePredicted)

    /// The mean over chosen classes; targets and predictions are classes.
    let iou: string -> Config -> Metric = ofClasses "IoU" false true

    /// The mean over all classes; targets and predictions are classes.
    let meanIou: string -> Config -> Metric = ofClasses "MeanIoU" false false

    /// The mean over chosen classes; targets are one-hot, predictions scores.
    let oneHotIou: string -> Config -> Metric = ofClasses "OneHotIoU" true true

    /// The mean over all classes; targets are one-hot, predictions scores.
    let oneHotMeanIou: string -> Config -> Metric = ofClasses "OneHotMeanIoU" true false

    /// The mean over classes 0 and 1 (or one of them); predictions from the threshold on are class 1.
    let binaryIou (name: string) (config: Config) : Metric =
        let threshold = Config.float "threshold" 0.5 config

        let arguments =
            MetricState.arguments
                [
                    "target_class_ids", ConfigValue.List [ ConfigValue.Int 0L; ConfigValue.Int 1L ]
                    "threshold", ConfigValue.Float 0.5
                ]
                config

        let decide (yPred: Node) =
            Ops.greaterOrEqual yPred (yPred.Number threshold)

        create "BinaryIoU" name arguments 2 (ints "target_class_ids" arguments) None id decide
