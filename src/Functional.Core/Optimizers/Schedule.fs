namespace Functional.Core.Optimizers

open System
open Functional.Core.Configuration
open Functional.Core.Naming

/// A learning rate that depends on the number of finished steps: Keras's class and arguments, and the rate.
[<ReferenceEquality>]
type Schedule = {
    ClassName: string
    Config: Config
    /// The rate of the step after this many steps.
    Rate: int64 -> float
}

[<RequireQualifiedAccess>]
module Schedule =

    let private constantName = "Constant"

    /// The same rate at every step.
    let constant (rate: float) : Schedule = {
        ClassName = constantName
        Config = []
        Rate = fun _ -> rate
    }

    let private create className config rate : Schedule = {
        ClassName = className
        Config = config
        Rate = fun step -> rate (float step)
    }

    let private number key value = key, ConfigValue.Float value
    let private flag key value = key, ConfigValue.Bool value
    let private named (name: string) = "name", ConfigValue.String name

    let private positive key value : float =
        if value > 0.0 then
            value
        else
            invalidArg key $"'{key}' must be positive, but is {value}."

    /// rate * decayRate^(step / decaySteps); with a staircase the quotient is rounded down.
    let exponentialDecay (rate: float) (decaySteps: float) (decayRate: float) (isStaircase: bool) : Schedule =
        let decaySteps = positive "decay_steps" decaySteps

        let config = [
            number "initial_learning_rate" rate
            number "decay_steps" decaySteps
            number "decay_rate" decayRate
            flag "staircase" isStaircase
            named "ExponentialDecay"
        ]

        create "ExponentialDecay" config (fun step ->
            let periods = step / decaySteps
            rate * decayRate ** (if isStaircase then floor periods else periods))

    /// rate / (1 + decayRate * step / decaySteps); with a staircase the quotient is rounded down.
    let inverseTimeDecay (rate: float) (decaySteps: float) (decayRate: float) (isStaircase: bool) : Schedule =
        let decaySteps = positive "decay_steps" decaySteps

        let config = [
            number "initial_learning_rate" rate
            number "decay_steps" decaySteps
            number "decay_rate" decayRate
            flag "staircase" isStaircase
            named "InverseTimeDecay"
        ]

        create "InverseTimeDecay" config (fun step ->
            let periods = step / decaySteps
            rate / (1.0 + decayRate * (if isStaircase then floor periods else periods)))

    /// values[i] up to and including boundaries[i], the last value beyond the last boundary.
    let piecewiseConstantDecay (boundaries: float list) (values: float list) : Schedule =
        if values.Length <> boundaries.Length + 1 then
            invalidArg
                (nameof values)
                $"Needs one value more than boundaries, but has {values.Length} values and {boundaries.Length} boundaries."

        let floats numbers =
            ConfigValue.List(List.map ConfigValue.Float numbers)

        let config = [
            "boundaries", floats boundaries
            "values", floats values
            named "PiecewiseConstant"
        ]

        create "PiecewiseConstantDecay" config (fun step ->
            boundaries
            |> List.tryFindIndex (fun boundary -> step <= boundary)
            |> Option.defaultValue boundaries.Length
            |> fun index -> List.item index values)

    /// From rate to endRate as (1 - step / decaySteps)^power; then endRate or, in cycles, again over the first multiple of
    /// decaySteps that is not passed yet.
    let polynomialDecay (rate: float) (decaySteps: float) (endRate: float) (power: float) (isCyclic: bool) : Schedule =
        let decaySteps = positive "decay_steps" decaySteps

        let config = [
            number "initial_learning_rate" rate
            number "decay_steps" decaySteps
            number "end_learning_rate" endRate
            number "power" power
            flag "cycle" isCyclic
            named "PolynomialDecay"
        ]

        create "PolynomialDecay" config (fun step ->
            let length =
                if isCyclic then
                    decaySteps * max 1.0 (ceil (step / decaySteps))
                else
                    decaySteps

            (rate - endRate) * (1.0 - min step length / length) ** power + endRate)

    /// Half a cosine wave from a height down to 0, lifted to end at alpha, over a fraction from 0 to 1 (Loshchilov & Hutter
    /// 2017). The lift does not depend on the height, as in Keras.
    let private cosine (alpha: float) (height: float) (fraction: float) : float =
        (1.0 - alpha) * height * 0.5 * (1.0 + cos (Math.PI * fraction)) + alpha

    /// From rate down to alpha * rate along half a cosine wave; before that, with a target, a straight line from rate up to
    /// the target, from where the wave then starts.
    let cosineDecay
        (rate: float)
        (decaySteps: float)
        (alpha: float)
        (warmupTarget: float option)
        (warmupSteps: float)
        : Schedule =
        let decaySteps = positive "decay_steps" decaySteps

        let config = [
            number "initial_learning_rate" rate
            number "decay_steps" decaySteps
            number "alpha" alpha
            named "CosineDecay"
            "warmup_target",
            (match warmupTarget with
             | Some target -> ConfigValue.Float target
             | None -> ConfigValue.Null)
            number "warmup_steps" warmupSteps
        ]

        create "CosineDecay" config (fun step ->
            let wave (top: float) step =
                top * cosine alpha 1.0 (min step decaySteps / decaySteps)

            match warmupTarget with
            | None -> wave rate step
            | Some target when step < warmupSteps -> rate + (target - rate) * step / warmupSteps
            | Some target -> wave target (step - warmupSteps))

    /// Half cosine waves, each periodFactor times as long and rateFactor times as high as the one before.
    let cosineDecayRestarts
        (rate: float)
        (firstDecaySteps: float)
        (periodFactor: float)
        (rateFactor: float)
        (alpha: float)
        : Schedule =
        let firstDecaySteps = positive "first_decay_steps" firstDecaySteps

        let config = [
            number "initial_learning_rate" rate
            number "first_decay_steps" firstDecaySteps
            number "t_mul" periodFactor
            number "m_mul" rateFactor
            number "alpha" alpha
            named "SGDRDecay"
        ]

        create "CosineDecayRestarts" config (fun step ->
            let finished = step / firstDecaySteps

            let restarts, fraction =
                if periodFactor = 1.0 then
                    floor finished, finished - floor finished
                else
                    // The lengths are a geometric series: n restarts take (1 - f^n) / (1 - f) first periods.
                    let restarts =
                        floor (log (1.0 - finished * (1.0 - periodFactor)) / log periodFactor)

                    let length = periodFactor ** restarts
                    restarts, (finished - (1.0 - length) / (1.0 - periodFactor)) / length

            rate * cosine alpha (rateFactor ** restarts) fraction)

    let private decay make (config: Config) : Schedule =
        make
            (Config.float "initial_learning_rate" 0.0 config)
            (Config.float "decay_steps" 0.0 config)
            (Config.float "decay_rate" 0.0 config)
            (Config.bool "staircase" false config)

    let private floats key (config: Config) : float list =
        match Config.tryFind key config with
        | Some(ConfigValue.List values) -> values |> List.map (fun value -> Config.float key 0.0 [ key, value ])
        | _ -> invalidArg key $"'{key}' must be a list of numbers."

    /// Every schedule by its Keras name.
    let registry: Registry<Schedule> = {
        Kind = "learning rate schedule"
        Module = "keras.optimizers.schedules"
        IgnoresCase = false
        Entries = [
            Registry.entry [ "ExponentialDecay" ] (decay exponentialDecay)
            Registry.entry [ "InverseTimeDecay" ] (decay inverseTimeDecay)
            Registry.entry [ "PiecewiseConstantDecay" ] (fun config ->
                piecewiseConstantDecay (floats "boundaries" config) (floats "values" config))
            Registry.entry [ "PolynomialDecay" ] (fun config ->
                polynomialDecay
                    (Config.float "initial_learning_rate" 0.0 config)
                    (Config.float "decay_steps" 0.0 config)
                    (Config.float "end_learning_rate" 0.0001 config)
                    (Config.float "power" 1.0 config)
                    (Config.bool "cycle" false config))
            Registry.entry [ "CosineDecay" ] (fun config ->
                cosineDecay
                    (Config.float "initial_learning_rate" 0.0 config)
                    (Config.float "decay_steps" 0.0 config)
                    (Config.float "alpha" 0.0 config)
                    (Config.tryFind "warmup_target" config
                     |> Option.map (fun _ -> Config.float "warmup_target" 0.0 config))
                    (Config.float "warmup_steps" 0.0 config))
            Registry.entry [ "CosineDecayRestarts" ] (fun config ->
                cosineDecayRestarts
                    (Config.float "initial_learning_rate" 0.0 config)
                    (Config.float "first_decay_steps" 0.0 config)
                    (Config.float "t_mul" 2.0 config)
                    (Config.float "m_mul" 1.0 config)
                    (Config.float "alpha" 0.0 config))
        ]
    }

    /// Whether the rate is the same at every step, so that it can be set by hand.
    let isConstant (schedule: Schedule) : bool = schedule.ClassName = constantName

    /// What a saved learning rate stands for: a number or a schedule.
    let ofConfig (value: ConfigValue) : Schedule =
        match value with
        | ConfigValue.Float rate -> constant rate
        | ConfigValue.Int rate -> constant (float rate)
        | _ -> Registry.ofConfig value registry

    /// What Keras saves: a number, or the schedule's class and arguments.
    let toConfig (schedule: Schedule) : ConfigValue =
        if isConstant schedule then
            ConfigValue.Float(schedule.Rate 0L)
        else
            Registry.toConfig schedule.ClassName schedule.Config registry
