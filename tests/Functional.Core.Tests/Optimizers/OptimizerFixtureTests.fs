namespace Functional.Core.Tests.Optimizers

open System.Text.Json
open Xunit
open Functional.Core.Configuration
open Functional.Core.Optimizers
open Functional.Core.Tensors
open Functional.Testing

/// Golden: Keras's weights after every step, its variables and its configurations.
module OptimizerFixtureTests =

    // Keras computed in float32, these in float64: the fixtures' README asks for 1e-6 of single values; twelve steps add up
    // rounding errors.
    let private tolerance = 3e-6

    let private literals (element: JsonElement) : Literal list = [
        for value in element.EnumerateArray() -> Fixtures.literal ElementType.Float32 value
    ]

    let private optimizerOf (entry: JsonElement) : Optimizer =
        let optimizer =
            Optimizer.ofNameWith (Fixtures.text "class" entry) (Fixtures.config (entry.GetProperty "args"))

        match Fixtures.tryProperty "exclude_from_weight_decay" entry with
        | Some names ->
            let patterns = [ for name in names.EnumerateArray() -> string (name.GetString()) ]
            Optimizer.excludingFromWeightDecay patterns optimizer
        | None -> optimizer

    let private compareSteps (entry: JsonElement) (history: Literal list list) : string list =
        List.zip [ for step in entry.GetProperty("values").EnumerateArray() -> literals step ] history
        |> List.indexed
        |> List.collect (fun (step, (expected, found)) ->
            List.zip3 [ "kernel"; "bias" ] expected found
            |> List.collect (fun (name, expected, found) ->
                Fixtures.differences $"{name} after step {step + 1}" tolerance tolerance expected.Values found.Values))
        |> List.truncate 2

    /// Keras's variables: iteration, learning rate (unless scheduled), then the slots.
    let private compareSlots (entry: JsonElement) (optimizer: Optimizer) (slots: (Slot * Literal) list) : string list =
        let own = if Schedule.isConstant optimizer.LearningRate then 2 else 1

        let expected =
            entry.GetProperty("final_state").EnumerateArray() |> Seq.skip own |> List.ofSeq

        let name (slot: Slot) =
            if slot.Name = "variable" then
                slot.Name
            else
                optimizer.Name + "/" + slot.Name

        let paths = expected |> List.map (Fixtures.text "path")

        if paths <> List.map (fst >> name) slots then
            [ $"variables are %A{List.map (fst >> name) slots}, not %A{paths}" ]
        else
            List.zip expected slots
            |> List.collect (fun (state, (slot, value)) ->
                Fixtures.differences
                    slot.Name
                    tolerance
                    tolerance
                    (Fixtures.numbers (state.GetProperty "value"))
                    value.Values)

    /// finalize_variable_values: the averages take the place of the weights.
    let private compareAverages (entry: JsonElement) (slots: (Slot * Literal) list) : string list =
        match Fixtures.tryProperty "finalized" entry with
        | None -> []
        | Some finalized ->
            List.zip (literals finalized) (List.truncate 2 slots)
            |> List.collect (fun (expected, (slot, value)) ->
                Fixtures.differences slot.Name tolerance tolerance expected.Values value.Values)

    let rec private isSame (expected: ConfigValue) (found: ConfigValue) : bool =
        match expected, found with
        | (ConfigValue.Float _ | ConfigValue.Int _), (ConfigValue.Float _ | ConfigValue.Int _) ->
            let number value =
                Config.float "value" nan [ "value", value ]
            // Keras keeps the learning rate as float32.
            Tolerance.isClose 0.0 1e-7 (number expected) (number found)
        | ConfigValue.List expected, ConfigValue.List found ->
            expected.Length = found.Length && List.forall2 isSame expected found
        | ConfigValue.Object expected, ConfigValue.Object found ->
            List.map fst expected = List.map fst found
            && List.forall2 isSame (List.map snd expected) (List.map snd found)
        | _ -> expected = found

    // Keras saves nothing of what is left out of weight decay.
    let private ofKeras (config: ConfigValue) : ConfigValue =
        match config with
        | ConfigValue.Object content ->
            ConfigValue.Object(List.filter (fst >> (<>) "exclude_from_weight_decay") content)
        | other -> other

    let private compareConfig (entry: JsonElement) (optimizer: Optimizer) : string list =
        let expected = Fixtures.configValue (entry.GetProperty "config")

        match Optimizer.toConfig optimizer with
        | ConfigValue.Object content when isSame expected (ofKeras (Map.find "config" (Map content))) -> []
        | found -> [ $"configuration is %A{found}, not %A{expected}" ]

    // Within an accumulation of gradients Keras 3.3.3 counts steps where it should count updates, which shows where a number
    // of the step is part of the formula; it was repaired in 3.5. GradientAccumulationTests of the facade hold the numbers of
    // 3.5.
    let private countingSteps = [
        "Adam_gradient_accumulation_3"
        "Adamax_gradient_accumulation_3"
        "Adafactor_gradient_accumulation_3"
    ]

    let private check (entry: JsonElement) : string list =
        let optimizer = optimizerOf entry

        let parameters =
            List.zip [ "kernel"; "bias" ] (literals (entry.GetProperty "initial"))
            |> List.map (fun (name, value) ->
                {
                    Name = name
                    Dimensions = List.ofSeq value.Dimensions
                    ElementType = ElementType.Float32
                },
                value)

        let gradients = [ for step in entry.GetProperty("gradients").EnumerateArray() -> literals step ]
        let history, slots = OptimizerRun.steps optimizer parameters gradients

        if List.contains (Fixtures.text "name" entry) countingSteps then
            compareConfig entry optimizer
        else
            compareSteps entry history
            @ compareSlots entry optimizer slots
            @ compareAverages entry slots
            @ compareConfig entry optimizer

    [<Fact>]
    let ``optimizers move weights as Keras's do, and keep the same variables and configurations`` () =
        Assert.Equal(77, Fixtures.checkAll "optimizers" check)

    [<Fact>]
    let ``every Keras name of an optimizer leads to its class, whatever its case`` () =
        Assert.Equal(9, KnownNames.check "optimizers" (fun name -> (Optimizer.ofName name).ClassName))
        Assert.Equal("RMSprop", (Optimizer.ofName "RMSProp").ClassName)

    [<Fact>]
    let ``a saved optimizer is read back with the same configuration`` () =
        for entry in Optimizer.registry.Entries do
            let optimizer =
                Optimizer.ofNameWith entry.Names.Head [
                    "name", ConfigValue.String "mine"
                    "learning_rate", Schedule.toConfig (Schedule.exponentialDecay 0.1 10.0 0.5 true)
                    "weight_decay", ConfigValue.Float 0.01
                    "clipnorm", ConfigValue.Float 2.0
                ]

            let read = Optimizer.ofConfig (Optimizer.toConfig optimizer)
            Assert.Equal(Optimizer.toConfig optimizer, Optimizer.toConfig read)
            Assert.Equal("mine", read.Name)
            Assert.Equal(optimizer.LearningRate.Rate 25L, read.LearningRate.Rate 25L)
