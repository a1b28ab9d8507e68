namespace Functional.Core.Losses

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// How the values of the samples become the loss.
[<RequireQualifiedAccess>]
type LossReduction =
    /// Their sum.
    | Sum
    /// Their sum divided by their number: Keras's default.
    | SumOverBatchSize
    /// None: they stay as they are.
    | Unreduced

/// A distance of predictions from targets: Keras's class, name and arguments (besides name and reduction).
[<ReferenceEquality>]
type Loss = {
    ClassName: string
    Name: string
    Config: Config
    Reduction: LossReduction
    /// Targets and predictions to one value per sample; the last axis is gone.
    Call: Node -> Node -> Node
    /// Which targets count, where a target can say that it does not.
    Mask: (Node -> Node -> Node) option
}

[<RequireQualifiedAccess>]
module Loss =

    /// A loss of one's own: from targets and predictions to one value per sample.
    let create (className: string) (name: string) (config: Config) (call: Node -> Node -> Node) : Loss = {
        ClassName = className
        Name = name
        Config = config
        Reduction = LossReduction.SumOverBatchSize
        Call = call
        Mask = None
    }

    /// Targets in the type of the predictions and with their rank.
    let private aligned (call: Node -> Node -> Node) (yTrue: Node) (yPred: Node) : Node =
        let targets, predictions =
            Alignment.sameRank (Ops.cast yPred.ElementType yTrue) yPred

        call targets predictions

    /// One value per sample, or per element of all but the last axis; not weighted, not reduced.
    let values (loss: Loss) (yTrue: Node) (yPred: Node) : Node = loss.Call yTrue yPred

    /// Weights and mask as one: masked samples weigh 0 and, when the result is a mean, the others weigh more, so that it
    /// is the mean of what counts.
    let mergeWeights
        (reduction: LossReduction)
        (elementType: ElementType)
        (sampleWeight: Node option)
        (mask: Node option)
        : Node option =
        let weight = sampleWeight |> Option.map (Ops.cast elementType)

        match mask with
        | None -> weight
        | Some mask ->
            let mask = Ops.cast elementType mask
            let axes = Ops.allAxes mask
            let valid = Ops.sum axes false mask

            let mask =
                match reduction with
                | LossReduction.SumOverBatchSize ->
                    // A mask that lets nothing through is all zeros: any divisor does.
                    mask * (Ops.count axes mask / Ops.maximum valid (valid.Number 1.0))
                | LossReduction.Sum
                | LossReduction.Unreduced -> mask

            match weight with
            | None -> Some mask
            | Some weight ->
                let mask, weight = Alignment.sameRank mask weight
                Some(Alignment.trailing mask weight * mask)

    /// Values times their weights, as a reduction wants them (Keras's reduce_weighted_values).
    let reduce (reduction: LossReduction) (sampleWeight: Node option) (mask: Node option) (values: Node) : Node =
        let weighted =
            match mergeWeights reduction values.ElementType sampleWeight mask with
            | None -> values
            | Some weights ->
                let values, weights = Alignment.sameRank values weights
                values * Alignment.trailing values weights

        let axes = Ops.allAxes weighted

        match reduction with
        | LossReduction.Unreduced -> weighted
        | LossReduction.Sum -> Ops.sum axes false weighted
        | LossReduction.SumOverBatchSize -> Ops.sum axes false weighted / Ops.count axes weighted

    /// The loss of a batch: values, weighted, masked and reduced. Everything is in the type of the predictions.
    let compute (loss: Loss) (yTrue: Node) (yPred: Node) (sampleWeight: Node option) (mask: Node option) : Node =
        let own = loss.Mask |> Option.map (fun counts -> counts yTrue yPred)

        let mask =
            match own, mask with
            | Some own, Some given -> Some(Ops.logicalAnd own (Ops.cast ElementType.Bool given))
            | Some one, None
            | None, Some one -> Some one
            | None, None -> None

        loss.Call yTrue yPred |> reduce loss.Reduction sampleWeight mask

    // Names

    let private reductionName (reduction: LossReduction) : ConfigValue =
        match reduction with
        | LossReduction.Sum -> ConfigValue.String "sum"
        | LossReduction.SumOverBatchSize -> ConfigValue.String "sum_over_batch_size"
        | LossReduction.Unreduced -> ConfigValue.Null

    let private reductionOf (config: Config) : LossReduction =
        let isGiven = List.exists (fun (key, _) -> key = "reduction") config

        match Config.tryString "reduction" config with
        | Some "sum" -> LossReduction.Sum
        | Some("sum_over_batch_size" | "mean") -> LossReduction.SumOverBatchSize
        | Some "none" -> LossReduction.Unreduced
        | None when isGiven -> LossReduction.Unreduced
        | None -> LossReduction.SumOverBatchSize
        | Some other ->
            [ "sum_over_batch_size"; "sum"; "none" ]
            |> Names.unknown "reduction" other
            |> invalidArg "reduction"

    /// An entry: the names (class, then function, then others), Keras's name for the instance, and what makes its
    /// arguments and its call.
    let private known names name (describe: Config -> Config * (Node -> Node -> Node)) : RegistryEntry<Loss> =
        Registry.entry names (fun config ->
            let arguments, call = describe config

            {
                create (List.head names) (Config.string "name" name config) arguments (aligned call) with
                    Reduction = reductionOf config
            })

    let private plain names (call: Node -> Node -> Node) : RegistryEntry<Loss> =
        known names (List.item 1 names) (fun _ -> [], call)

    /// The arguments that cross-entropies share.
    let private crossentropy names describe : RegistryEntry<Loss> =
        known names (List.item 1 names) (fun config ->
            let isLogits = Config.bool "from_logits" false config
            let smoothing = Config.float "label_smoothing" 0.0 config
            let axis = Config.int "axis" -1 config
            let arguments, call = describe config

            let shared = [
                "from_logits", ConfigValue.Bool isLogits
                "label_smoothing", ConfigValue.Float smoothing
                "axis", ConfigValue.Int(int64 axis)
            ]

            shared @ arguments, call isLogits smoothing axis)

    let private binaryFocal (config: Config) =
        let isBalanced = Config.bool "apply_class_balancing" false config
        let alpha = Config.float "alpha" 0.25 config
        let gamma = Config.float "gamma" 2.0 config

        [
            "apply_class_balancing", ConfigValue.Bool isBalanced
            "alpha", ConfigValue.Float alpha
            "gamma", ConfigValue.Float gamma
        ],
        Crossentropies.binaryFocalCrossentropy (if isBalanced then Some alpha else None) gamma

    let private categoricalFocal (config: Config) =
        let alpha =
            match Config.tryFind "alpha" config with
            | Some(ConfigValue.List values) ->
                values |> List.map (fun value -> Config.float "alpha" 0.25 [ "alpha", value ])
            | _ -> [ Config.float "alpha" 0.25 config ]

        let gamma = Config.float "gamma" 2.0 config

        let value =
            match alpha with
            | [ single ] -> ConfigValue.Float single
            | classes -> ConfigValue.List(List.map ConfigValue.Float classes)

        [ "alpha", value; "gamma", ConfigValue.Float gamma ], Crossentropies.categoricalFocalCrossentropy alpha gamma

    let private cosineSimilarity (config: Config) =
        let axis = Config.int "axis" -1 config
        [ "axis", ConfigValue.Int(int64 axis) ], (fun yTrue yPred -> -(Regression.cosine axis yTrue yPred))

    let private huber (config: Config) =
        let delta = Config.float "delta" 1.0 config
        [ "delta", ConfigValue.Float delta ], Regression.huber delta

    let private tversky (config: Config) =
        let alpha = Config.float "alpha" 0.5 config
        let beta = Config.float "beta" 0.5 config
        [ "alpha", ConfigValue.Float alpha; "beta", ConfigValue.Float beta ], Overlaps.tversky alpha beta

    let private sparseNames = [ "SparseCategoricalCrossentropy"; "sparse_categorical_crossentropy" ]

    let private sparse (config: Config) : Loss =
        let isLogits = Config.bool "from_logits" false config
        let ignored = Config.tryInt "ignore_class" config

        let arguments = [
            "from_logits", ConfigValue.Bool isLogits
            "ignore_class",
            (match ignored with
             | Some value -> ConfigValue.Int(int64 value)
             | None -> ConfigValue.Null)
        ]

        let call = Crossentropies.sparseCategoricalCrossentropy ignored isLogits

        {
            create sparseNames.Head (Config.string "name" sparseNames[1] config) arguments call with
                Reduction = reductionOf config
                Mask =
                    ignored
                    |> Option.map (fun ignored yTrue yPred ->
                        Crossentropies.counts ignored (Alignment.labels yTrue yPred))
        }

    /// Every loss by its Keras names: class, function, short forms.
    let registry: Registry<Loss> = {
        Kind = "loss"
        Module = "keras.losses"
        IgnoresCase = false
        Entries = [
            plain [ "MeanSquaredError"; "mean_squared_error"; "mse"; "MSE" ] Regression.meanSquaredError
            plain [ "MeanAbsoluteError"; "mean_absolute_error"; "mae"; "MAE" ] Regression.meanAbsoluteError
            plain
                [
                    "MeanAbsolutePercentageError"
                    "mean_absolute_percentage_error"
                    "mape"
                    "MAPE"
                ]
                Regression.meanAbsolutePercentageError
            plain
                [
                    "MeanSquaredLogarithmicError"
                    "mean_squared_logarithmic_error"
                    "msle"
                    "MSLE"
                ]
                Regression.meanSquaredLogarithmicError
            plain [ "LogCosh"; "log_cosh"; "logcosh" ] Regression.logCosh
            known [ "Huber"; "huber" ] "huber_loss" huber
            known [ "CosineSimilarity"; "cosine_similarity" ] "cosine_similarity" cosineSimilarity
            crossentropy [ "BinaryCrossentropy"; "binary_crossentropy"; "bce"; "BCE" ] (fun _ ->
                [], Crossentropies.binaryCrossentropy)
            crossentropy [ "BinaryFocalCrossentropy"; "binary_focal_crossentropy" ] binaryFocal
            crossentropy [ "CategoricalCrossentropy"; "categorical_crossentropy" ] (fun _ ->
                [], Crossentropies.categoricalCrossentropy)
            crossentropy [ "CategoricalFocalCrossentropy"; "categorical_focal_crossentropy" ] categoricalFocal
            Registry.entry sparseNames sparse
            plain [ "Hinge"; "hinge" ] Hinges.hinge
            plain [ "SquaredHinge"; "squared_hinge" ] Hinges.squaredHinge
            plain [ "CategoricalHinge"; "categorical_hinge" ] Hinges.categoricalHinge
            plain
                [ "KLDivergence"; "kl_divergence"; "kld"; "KLD"; "kullback_leibler_divergence" ]
                Crossentropies.klDivergence
            plain [ "Poisson"; "poisson" ] Regression.poisson
            plain [ "Dice"; "dice" ] Overlaps.dice
            known [ "Tversky"; "tversky" ] "tversky" tversky
        ]
    }

    /// The loss with a Keras name and configuration. Raises ArgumentException with the nearest names when unknown.
    let ofNameWith (name: string) (config: Config) : Loss = Registry.create name config registry

    /// The loss with a Keras name. Raises ArgumentException with the nearest names when it is unknown.
    let ofName (name: string) : Loss = ofNameWith name []

    /// The loss that a saved value stands for.
    let ofConfig (value: ConfigValue) : Loss = Registry.ofConfig value registry

    let private fullConfig (loss: Loss) : Config =
        [
            "name", ConfigValue.String loss.Name
            "reduction", reductionName loss.Reduction
        ]
        @ loss.Config

    /// What Keras saves.
    let toConfig (loss: Loss) : ConfigValue =
        Registry.toConfig loss.ClassName (fullConfig loss) registry

    /// The same loss on what goes into the softmax (or sigmoid) instead of what comes out: faster, and right where
    /// probabilities round to 0 or 1. None for losses that do not take probabilities.
    let ofLogits (loss: Loss) : Loss option =
        match Config.tryFind "from_logits" loss.Config with
        | Some(ConfigValue.Bool false) ->
            fullConfig loss
            |> List.map (fun (key, value) -> key, (if key = "from_logits" then ConfigValue.Bool true else value))
            |> ofNameWith loss.ClassName
            |> Some
        | _ -> None
