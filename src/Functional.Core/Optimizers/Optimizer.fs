namespace Functional.Core.Optimizers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming

/// How weights change: Keras's class, name and arguments (besides name and learning rate), the learning rate over time,
/// and the step. The learning rate is given to every step, so that a change of it changes no graph.
[<ReferenceEquality>]
type Optimizer = {
    ClassName: string
    Name: string
    Config: Config
    LearningRate: Schedule
    Transformation: Transformation
}

[<RequireQualifiedAccess>]
module Optimizer =

    /// An optimizer of one's own.
    let create (className: string) (name: string) (rate: Schedule) (transformation: Transformation) : Optimizer = {
        ClassName = className
        Name = name
        Config = []
        LearningRate = rate
        Transformation = transformation
    }

    /// The variables that it keeps for these weights, in Keras's order, without iteration and learning rate.
    let slots (parameters: ParameterDescription list) (optimizer: Optimizer) : Slot list =
        optimizer.Transformation.Slots parameters

    /// One step: from weights with their gradients and slots to the new values of both. Constraints are the caller's.
    let step
        (context: StepContext)
        (parameters: (ParameterDescription * Node * Node) list)
        (slots: Node list)
        (optimizer: Optimizer)
        : Node list * Node list =
        let changes =
            parameters
            |> List.map (fun (parameter, value, gradient) -> {
                Parameter = parameter
                Value = value
                Update = gradient
            })

        let changes, slots = optimizer.Transformation.Step context slots changes
        changes |> List.map _.Value, slots

    // Keras takes 0 for not given.
    let private stepsPerUpdateOf (config: Config) : int =
        match Config.tryInt "gradient_accumulation_steps" config with
        | None
        | Some 0 -> 1
        | Some steps when steps >= 2 -> steps
        | Some steps ->
            invalidArg
                "gradient_accumulation_steps"
                $"gradient_accumulation_steps must be 2 or more, or not given, but is {steps}."

    /// How many steps make one update: more than 1 where gradients are accumulated.
    let stepsPerUpdate (optimizer: Optimizer) : int = stepsPerUpdateOf optimizer.Config

    // Arguments

    let private float key fallback config : string * ConfigValue =
        key, ConfigValue.Float(Config.float key fallback config)

    let private bool key config : string * ConfigValue =
        key, ConfigValue.Bool(Config.bool key false config)

    let private optional key config : string * ConfigValue =
        key, Config.tryFind key config |> Option.defaultValue ConfigValue.Null

    let private tryPositive key config : float option =
        Config.tryFind key config
        |> Option.map (fun _ -> Config.float key 0.0 config)
        |> Option.filter (fun value -> value > 0.0)

    /// The arguments that all optimizers share.
    let private shared (decay: float option) (config: Config) : Config = [
        (match decay with
         | Some rate -> float "weight_decay" rate config
         | None -> optional "weight_decay" config)
        optional "clipnorm" config
        optional "global_clipnorm" config
        optional "clipvalue" config
        bool "use_ema" config
        float "ema_momentum" 0.99 config
        optional "ema_overwrite_frequency" config
        // Scaling the loss and unscaling its gradients cancel; the argument is kept for files.
        optional "loss_scale_factor" config
        optional "gradient_accumulation_steps" config
    ]

    let private clipping (config: Config) : Transformation =
        match tryPositive "clipnorm" config, tryPositive "global_clipnorm" config, tryPositive "clipvalue" config with
        | None, None, None -> Transformation.identity
        | Some limit, None, None -> Clipping.byNorm limit
        | None, Some limit, None -> Clipping.byGlobalNorm limit
        | None, None, Some limit -> Clipping.byValue limit
        | _ -> invalidArg "clipnorm" "Only one of clipnorm, global_clipnorm and clipvalue can be given."

    let private exclusions = "exclude_from_weight_decay"

    /// Patterns for the names of weights that do not decay: a setting that Keras does not save with an optimizer.
    let private excluded (config: Config) : string list =
        match Config.tryFind exclusions config with
        | None -> []
        | Some(ConfigValue.List names) ->
            names |> List.map (fun name -> Config.string exclusions "" [ exclusions, name ])
        | Some value -> invalidArg exclusions $"{exclusions} must be a list of names, but is {value}."

    let private decay (config: Config) : Transformation =
        let decoupled = WeightDecay.decoupled (excluded config)

        match tryPositive "weight_decay" config with
        | None -> Transformation.identity
        | Some rate -> decoupled rate

    /// What every Keras optimizer has around its own update.
    let private around (config: Config) (update: Transformation) : Transformation =
        let whole =
            clipping config
            |> Transformation.andThen (decay config)
            |> Transformation.andThen update

        let stepsPerUpdate = stepsPerUpdateOf config

        let accumulated =
            if stepsPerUpdate > 1 then
                Wrapping.accumulating stepsPerUpdate whole
            else
                whole

        if Config.bool "use_ema" false config then
            accumulated
            |> Wrapping.averaging
                stepsPerUpdate
                (Config.float "ema_momentum" 0.99 config)
                (Config.tryInt "ema_overwrite_frequency" config)
        else
            accumulated

    // Recipes

    let private scaled (transformation: Transformation) : Transformation =
        transformation
        |> Transformation.andThen Transformation.scaleByLearningRate
        |> Transformation.andThen Transformation.descend

    /// Stochastic gradient descent, with or without momentum.
    let private sgd (config: Config) : Transformation =
        let momentum = Config.float "momentum" 0.0 config

        let withMomentum =
            if momentum = 0.0 then
                Transformation.identity
            else
                Momentum.velocity momentum (Config.bool "nesterov" false config)

        Transformation.scaleByLearningRate
        |> Transformation.andThen withMomentum
        |> Transformation.andThen Transformation.descend

    let private rmsprop (config: Config) : Transformation =
        AccumulatedSquares.rmsprop
            (Config.float "rho" 0.9 config)
            (Config.float "momentum" 0.0 config)
            (Config.float "epsilon" 1e-7 config)
            (Config.bool "centered" false config)
        |> Transformation.andThen Transformation.descend

    let private withBetas make beta2 (config: Config) =
        make (Config.float "beta_1" 0.9 config) (Config.float "beta_2" beta2 config)

    let private adam (config: Config) : Transformation =
        withBetas
            AdaptiveMoments.scaleByAdam
            0.999
            config
            (Config.float "epsilon" 1e-7 config)
            (Config.bool "amsgrad" false config)
        |> scaled

    let private adamax (config: Config) : Transformation =
        withBetas AdaptiveMoments.scaleByAdamax 0.999 config (Config.float "epsilon" 1e-7 config)
        |> scaled

    let private nadam (config: Config) : Transformation =
        withBetas AdaptiveMoments.scaleByNadam 0.999 config (Config.float "epsilon" 1e-7 config)
        |> scaled

    let private lion (config: Config) : Transformation =
        withBetas Momentum.lion 0.99 config |> scaled

    let private adagrad (config: Config) : Transformation =
        AccumulatedSquares.scaleByAdagrad
            (Config.float "initial_accumulator_value" 0.1 config)
            (Config.float "epsilon" 1e-7 config)
        |> scaled

    let private adadelta (config: Config) : Transformation =
        AccumulatedSquares.scaleByAdadelta (Config.float "rho" 0.95 config) (Config.float "epsilon" 1e-7 config)
        |> scaled

    let private ftrl (config: Config) : Transformation =
        AccumulatedSquares.followTheRegularizedLeader
            (Config.float "initial_accumulator_value" 0.1 config)
            (Config.float "learning_rate_power" -0.5 config)
            (Config.float "l1_regularization_strength" 0.0 config)
            (Config.float "l2_regularization_strength" 0.0 config)
            (Config.float "l2_shrinkage_regularization_strength" 0.0 config)
            (Config.float "beta" 0.0 config)

    let private adafactor (config: Config) : Transformation =
        Adafactor.scale
            (Config.float "beta_2_decay" -0.8 config)
            (Config.float "epsilon_1" 1e-30 config)
            (Config.float "epsilon_2" 1e-3 config)
            (Config.float "clip_threshold" 1.0 config)
        |> Transformation.andThen Transformation.descend

    let private epsilon = float "epsilon" 1e-7

    let private moments beta2 (config: Config) : Config = [ float "beta_1" 0.9 config; float "beta_2" beta2 config ]

    /// A Keras optimizer: class, default name, learning rate and decay, its own arguments and its update.
    let private known className name rate decay (arguments: Config -> Config) update =
        Registry.entry [ className ] (fun config ->
            let all =
                shared decay config
                @ arguments config
                @ List.filter (fst >> (=) exclusions) config

            {
                ClassName = className
                Name = Config.string "name" name config
                Config = all
                LearningRate =
                    Config.tryFind "learning_rate" config
                    |> Option.map Schedule.ofConfig
                    |> Option.defaultValue (Schedule.constant rate)
                Transformation = update all |> around all
            })

    let private entries: RegistryEntry<Optimizer> list =
        let usual className arguments update =
            known className (className.ToLowerInvariant()) 0.001 None arguments update

        let adamArguments config =
            moments 0.999 config @ [ epsilon config; bool "amsgrad" config ]

        [
            known "SGD" "SGD" 0.01 None (fun config -> [ float "momentum" 0.0 config; bool "nesterov" config ]) sgd
            usual
                "RMSprop"
                (fun config -> [
                    float "rho" 0.9 config
                    float "momentum" 0.0 config
                    epsilon config
                    bool "centered" config
                ])
                rmsprop
            usual "Adam" adamArguments adam
            known "AdamW" "adamw" 0.001 (Some 0.004) adamArguments adam
            usual "Adamax" (fun config -> moments 0.999 config @ [ epsilon config ]) adamax
            usual "Nadam" (fun config -> moments 0.999 config @ [ epsilon config ]) nadam
            usual "Adagrad" (fun config -> [ float "initial_accumulator_value" 0.1 config; epsilon config ]) adagrad
            usual "Adadelta" (fun config -> [ float "rho" 0.95 config; epsilon config ]) adadelta
            usual
                "Ftrl"
                (fun config -> [
                    float "learning_rate_power" -0.5 config
                    float "initial_accumulator_value" 0.1 config
                    float "l1_regularization_strength" 0.0 config
                    float "l2_regularization_strength" 0.0 config
                    float "l2_shrinkage_regularization_strength" 0.0 config
                    float "beta" 0.0 config
                ])
                ftrl
            usual "Lion" (moments 0.99) lion
            usual
                "Adafactor"
                (fun config -> [
                    float "beta_2_decay" -0.8 config
                    float "epsilon_1" 1e-30 config
                    float "epsilon_2" 1e-3 config
                    float "clip_threshold" 1.0 config
                    // Keras 3.3.3 limits the rate by 1 / sqrt(step) with and without it.
                    "relative_step", ConfigValue.Bool(Config.bool "relative_step" true config)
                ])
                adafactor
        ]

    /// Every optimizer by its Keras name; case does not matter.
    let registry: Registry<Optimizer> = {
        Kind = "optimizer"
        Module = "keras.optimizers"
        IgnoresCase = true
        Entries = entries
    }

    /// The optimizer with a Keras name and configuration. Raises ArgumentException with the nearest names when unknown.
    let ofNameWith (name: string) (config: Config) : Optimizer = Registry.create name config registry

    /// The optimizer with a Keras name. Raises ArgumentException with the nearest names when it is unknown.
    let ofName (name: string) : Optimizer = ofNameWith name []

    /// The optimizer that a saved value stands for.
    let ofConfig (value: ConfigValue) : Optimizer = Registry.ofConfig value registry

    let private fullConfig (optimizer: Optimizer) : Config =
        [
            "name", ConfigValue.String optimizer.Name
            "learning_rate", Schedule.toConfig optimizer.LearningRate
        ]
        @ optimizer.Config

    /// What Keras saves, and what is left out of weight decay, if something is.
    let toConfig (optimizer: Optimizer) : ConfigValue =
        Registry.toConfig optimizer.ClassName (fullConfig optimizer) registry

    /// The same Keras optimizer, whose weight decay leaves out weights in whose name or path one of the patterns (regular
    /// expressions) occurs. Raises ArgumentException for what is no pattern.
    let excludingFromWeightDecay (patterns: string list) (optimizer: Optimizer) : Optimizer =
        let others = fullConfig optimizer |> List.filter (fst >> (<>) exclusions)

        ofNameWith optimizer.ClassName (others @ [ exclusions, ConfigValue.List(List.map ConfigValue.String patterns) ])
