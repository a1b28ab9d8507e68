namespace Functional.Core.Tests

open Xunit
open Xunit.Abstractions
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// Keras's own answers for every case whose layers exist.
type LayerFixtureTests(output: ITestOutputHelper) =

    /// Every class of a saved model, layers inside layers included; operations for masks are no layers.
    static let rec classNames (value: ConfigValue) : string list =
        match value with
        | ConfigValue.Object content ->
            let own =
                match Config.tryFind "class_name" content, Config.tryFind "module" content with
                | Some(ConfigValue.String name), Some(ConfigValue.String "keras.layers") -> [ name ]
                | _ -> []

            own @ List.collect (snd >> classNames) content
        | ConfigValue.List items -> List.collect classNames items
        | _ -> []

    /// Weights in eight bits: their layers are refused.
    static let quantized = [
        "kt_dense_dense_05"
        "kt_embedding_embedding_05"
        "kt_einsum_dense_einsumdense_25"
    ]

    static let missing (fixture: LayerFixture) : string list =
        classNames (ConfigValue.Object fixture.Config)
        |> List.distinct
        |> List.filter (fun name ->
            name <> "InputLayer"
            && not (LayerRegistry.isKnown name)
            && not (List.contains name CellRegistry.classNames))

    static let compare (name: string) (expected: Literal list) (found: Literal list) : string list =
        if found.Length <> expected.Length then
            [ $"{found.Length} values {name} instead of {expected.Length}" ]
        else
            List.zip expected found
            |> List.indexed
            |> List.collect (fun (index, (expected, found)) -> [
                if List.ofSeq expected.Dimensions <> List.ofSeq found.Dimensions then
                    $"{name}{index} has shape %A{List.ofSeq found.Dimensions} instead of %A{List.ofSeq expected.Dimensions}"
                else
                    yield! Fixtures.differences $"{name}{index}" 1e-5 1e-5 expected.Values found.Values
            ])

    static let trainingDifferences (fixture: LayerFixture) (model: Model) weights inputs : string list =
        if fixture.IsTrained then
            let loss, after, gradients =
                Evaluation.train model weights inputs (LayerFixtures.series "t" fixture)

            // Gradients of whole-number inputs are not part of a case.
            compare "loss" [ fixture.Arrays["loss"] ] [ loss ]
            @ compare "w_after_" (LayerFixtures.series "w_after_" fixture) after
            @ compare
                "gx"
                (Map.toList fixture.Arrays
                 |> List.filter (fun (name, _) -> name.StartsWith("gx", System.StringComparison.Ordinal))
                 |> List.sortBy (fun (name, _) -> int (name.Substring 2))
                 |> List.map snd)
                gradients
        else
            []

    static let differences (fixture: LayerFixture) : string list =
        let model = ModelConfig.ofConfig fixture.Config
        let weights = LayerFixtures.series "w_before_" fixture
        let inputs = LayerFixtures.series "x" fixture

        let shapes =
            Model.weights model
            |> List.map (fun weight -> weight.Path, weight.Specification.Dimensions)

        if shapes <> fixture.Weights then
            [ $"weights %A{shapes} instead of %A{fixture.Weights}" ]
        else
            compare "y" (LayerFixtures.series "y" fixture) (Evaluation.run Mode.Inference model weights inputs)
            @ trainingDifferences fixture model weights inputs

    static let check (fixture: LayerFixture) : string list =
        try
            differences fixture
        with error -> [ error.Message ]

    [<Fact>]
    member _.``predictions are Keras's for every case whose layers exist``() =
        let ready, waiting =
            LayerFixtures.all.Value
            |> List.filter (fun fixture -> not (List.contains fixture.Name quantized))
            |> List.partition (missing >> List.isEmpty)

        let failures =
            ready
            |> List.map (fun fixture -> fixture, check fixture)
            |> List.filter (snd >> List.isEmpty >> not)

        let count (fixtures: LayerFixture list) className =
            fixtures
            |> List.filter (fun fixture -> fixture.ClassName = className)
            |> List.length

        output.WriteLine "class                        passed failed not yet"

        for className in LayerFixtures.all.Value |> List.map _.ClassName |> List.distinct |> List.sort do
            let failed = count (List.map fst failures) className
            let passed = count ready className - failed
            output.WriteLine $"{className, -28} {passed, 6} {failed, 6} {count waiting className, 7}"

        output.WriteLine
            $"""{"all", -28} {ready.Length - failures.Length, 6} {failures.Length, 6} {waiting.Length, 7}"""

        let waitingClasses = waiting |> List.collect missing |> List.distinct |> List.sort
        output.WriteLine $"""not yet: {String.concat ", " waitingClasses}"""

        let lines =
            failures
            |> List.map (fun (fixture, problems) -> $"""{fixture.Name}: {String.concat "; " problems}""")

        Assert.True(failures.IsEmpty, String.concat "\n" lines)
        Assert.True(ready.Length >= 712)

    [<Fact>]
    member _.``layers with weights in eight bits are read as floats, with a warning``() =
        for name in quantized do
            let fixture =
                LayerFixtures.all.Value |> List.find (fun fixture -> fixture.Name = name)

            let upgraded = Upgrade.model None fixture.Config
            Assert.Contains("int8_from_", List.exactlyOne upgraded.Warnings)
            Assert.NotEmpty(Model.weights (ModelConfig.ofUpgraded (fun _ _ _ -> None) upgraded))
