namespace Functional.Core.Tests.Metrics

open System.Text.Json
open System.Text.RegularExpressions
open Xunit
open Functional.Core.Configuration
open Functional.Core.Metrics
open Functional.Core.Tensors
open Functional.Testing

/// Golden: Keras's metrics over several batches.
module MetricFixtureTests =

    // Keras computed in float32, these in float64: the fixtures' README asks for 1e-6.
    let private tolerance = 1e-6

    let private batchOf (batch: JsonElement) : MetricBatch =
        let literal elementType key =
            Fixtures.tryProperty key batch |> Option.map (Fixtures.literal elementType)

        let trueType =
            match Fixtures.tryProperty "y_true_dtype" batch with
            | Some name -> (ElementType.tryOfName (string (name.GetString()))).Value
            | None -> ElementType.Float32

        {
            True = literal trueType "y_true"
            Predicted =
                literal ElementType.Float32 "y_pred"
                |> Option.orElse (literal ElementType.Float32 "values")
                |> Option.get
            Weight = literal ElementType.Float32 "sample_weight"
        }

    let private compareState (entry: JsonElement) (state: (string * Literal) list) : string list =
        let expected = List.ofSeq (entry.GetProperty("state").EnumerateArray())

        // The states of 200 thresholds are left out of the table.
        if expected.IsEmpty then
            []
        else
            let names = expected |> List.map (Fixtures.text "name")

            if names <> List.map fst state then
                [ $"variables are %A{List.map fst state}, not %A{names}" ]
            else
                List.zip expected state
                |> List.collect (fun (expected, (variable, value)) ->
                    Fixtures.differences
                        variable
                        tolerance
                        tolerance
                        (Fixtures.numbers (expected.GetProperty "value"))
                        value.Values)

    // The result of these is the variable itself, so that the table's generator recorded the last value at every batch.
    let private givesItsVariable (entry: JsonElement) : bool =
        List.contains (Fixtures.text "class" entry) [
            "Sum"
            "TruePositives"
            "TrueNegatives"
            "FalsePositives"
            "FalseNegatives"
        ]

    let private check (entry: JsonElement) : string list =
        let metric =
            MetricRegistry.ofNameWith (Fixtures.text "class" entry) (Fixtures.config (entry.GetProperty "args"))

        let batches = [ for batch in entry.GetProperty("batches").EnumerateArray() -> batchOf batch ]
        let results, state = MetricRun.batches metric batches

        // Keras numbers the instances of a class.
        let expectedName = Regex.Replace(Fixtures.text "default_name" entry, "_[0-9]+$", "")

        let isRecorded index =
            index = batches.Length - 1 || not (givesItsVariable entry)

        [
            for index, (expected, found) in
                List.indexed (
                    List.zip [ for result in entry.GetProperty("results").EnumerateArray() -> result ] results
                ) do
                if isRecorded index then
                    yield!
                        Fixtures.differences
                            $"result {index}"
                            tolerance
                            tolerance
                            (Fixtures.numbers expected)
                            found.Values

            yield! compareState entry state

            if metric.Name <> expectedName then
                $"the name is {metric.Name}, not {expectedName}"
        ]

    [<Fact>]
    let ``metrics give Keras's results after every batch, and keep the same variables`` () =
        Assert.Equal(145, Fixtures.checkAll "metrics" check)

    /// What a class cannot be made without.
    let private required = [
        "num_classes", ConfigValue.Int 3L
        "target_class_ids", ConfigValue.List [ ConfigValue.Int 1L ]
    ]

    [<Fact>]
    let ``every Keras name of a metric leads to its class`` () =
        Assert.Equal(59, KnownNames.check "metrics" (fun name -> (MetricRegistry.ofNameWith name required).ClassName))

    [<Fact>]
    let ``a saved metric is read back with the same configuration`` () =
        let shape = Shape.ofInts [ 2; 3 ]

        for entry in MetricRegistry.registry.Entries do
            let metric =
                MetricRegistry.ofNameWith entry.Names.Head (("name", ConfigValue.String "mine") :: required)

            let read = MetricRegistry.ofConfig (MetricRegistry.toConfig metric) shape shape
            Assert.Equal(metric.ClassName, read.ClassName)
            Assert.Equal("mine", read.Name)
            Assert.Equal<Config>(metric.Config, read.Config)

        let withoutAggregation =
            MetricRegistry.ofNameWith "R2Score" [ "class_aggregation", ConfigValue.Null ]

        let read =
            MetricRegistry.ofConfig (MetricRegistry.toConfig withoutAggregation) shape shape

        Assert.Equal<Config>(withoutAggregation.Config, read.Config)
