namespace Functional.Core.Tests.Metrics

open System
open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Metrics
open Functional.Core.Tensors
open Functional.Testing

/// Laws of metrics and how their names are chosen.
module MetricLawTests =

    let private shape (lengths: int list) : Shape =
        Shape.create (Dimension.batch :: List.map Dimension.known lengths)

    [<Theory>]
    [<InlineData("accuracy", 1, 1, "BinaryAccuracy")>]
    [<InlineData("acc", 1, 3, "SparseCategoricalAccuracy")>]
    [<InlineData("acc", 3, 3, "CategoricalAccuracy")>]
    [<InlineData("crossentropy", 1, 1, "BinaryCrossentropy")>]
    [<InlineData("ce", 1, 3, "SparseCategoricalCrossentropy")>]
    [<InlineData("ce", 3, 3, "CategoricalCrossentropy")>]
    [<InlineData("mse", 3, 3, "MeanSquaredError")>]
    [<InlineData("huber", 3, 3, "MeanMetricWrapper")>]
    let ``a short name chooses by targets and predictions, and stays the metric's name``
        (name: string)
        (targets: int)
        (predictions: int)
        (className: string)
        =
        let metric = MetricRegistry.ofName name (shape [ targets ]) (shape [ predictions ])
        Assert.Equal(className, metric.ClassName)
        Assert.Equal(name, metric.Name)

    [<Fact>]
    let ``labels without an axis of their own are sparse`` () =
        Assert.Equal("SparseCategoricalAccuracy", (MetricRegistry.ofName "acc" (shape []) (shape [ 3 ])).ClassName)

    [<Fact>]
    let ``an unknown metric is an error with the nearest names`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () ->
                MetricRegistry.ofName "acuracy" (shape [ 1 ]) (shape [ 1 ]) |> ignore)

        Assert.StartsWith("Unknown metric 'acuracy'. Did you mean 'accuracy'?", error.Message)

    let private batch (yTrue: Literal) (yPred: Literal) : MetricBatch = {
        True = Some yTrue
        Predicted = yPred
        Weight = None
    }

    let private rows (first: int) (count: int) (literal: Literal) : Literal =
        let columns = literal.Dimensions[1]

        literal.Values
        |> Seq.skip (first * columns)
        |> Seq.take (count * columns)
        |> Literal.create literal.ElementType [ count; columns ]

    let private inputs =
        gen {
            let! samples = Gen.choose (2, 6)
            let! cut = Gen.choose (1, samples - 1)
            let! yTrue = Samples.ofShape [ samples; 4 ]
            let! yPred = Samples.ofShape [ samples; 4 ]
            let labels = yTrue |> Samples.map (fun value -> if value > 0.0 then 1.0 else 0.0)
            let probabilities = yPred |> Samples.map (fun value -> 1.0 / (1.0 + exp -value))
            return labels, probabilities, cut
        }
        |> Arb.fromGen

    /// Metrics on labels and probabilities of shape (samples, 4).
    let private chosen = [
        "BinaryAccuracy"
        "MeanSquaredError"
        "RootMeanSquaredError"
        "BinaryCrossentropy"
        "CategoricalAccuracy"
        "TopKCategoricalAccuracy"
        "CosineSimilarity"
        "Precision"
        "Recall"
        "TruePositives"
        "F1Score"
        "R2Score"
    ]

    [<Fact>]
    let ``a metric over two batches is the metric over both at once`` () =
        Prop.forAll inputs (fun (yTrue, yPred, cut) ->
            let count = yTrue.Dimensions[0]

            chosen
            |> List.forall (fun name ->
                let metric = MetricRegistry.ofNameWith name [ "k", ConfigValue.Int 2L ]

                let parts, _ =
                    MetricRun.batches metric [
                        batch (rows 0 cut yTrue) (rows 0 cut yPred)
                        batch (rows cut (count - cut) yTrue) (rows cut (count - cut) yPred)
                    ]

                let whole, _ = MetricRun.batches metric [ batch yTrue yPred ]
                Seq.forall2 (Tolerance.isClose 1e-9 1e-9) (List.last parts).Values (List.last whole).Values))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 5, property)

    [<Fact>]
    let ``weights of one change nothing`` () =
        Prop.forAll inputs (fun (yTrue, yPred, _) ->
            let ones =
                Literal.create ElementType.Float64 [ yTrue.Dimensions[0] ] (Seq.replicate yTrue.Dimensions[0] 1.0)

            chosen
            |> List.forall (fun name ->
                let metric = MetricRegistry.ofNameWith name []
                let plain, _ = MetricRun.batches metric [ batch yTrue yPred ]

                let weighted, _ =
                    MetricRun.batches metric [
                        {
                            batch yTrue yPred with
                                Weight = Some ones
                        }
                    ]

                Seq.forall2 (Tolerance.isClose 1e-9 1e-9) (List.last plain).Values (List.last weighted).Values))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 5, property)

    [<Fact>]
    let ``a perfect ranking has an area of one under both curves`` () =
        let yTrue = FiniteDifferences.literal [ 4; 1 ] [ 0.0; 0.0; 1.0; 1.0 ]
        let yPred = FiniteDifferences.literal [ 4; 1 ] [ 0.1; 0.3; 0.6; 0.9 ]

        for curve in [ "ROC"; "PR" ] do
            let metric = MetricRegistry.ofNameWith "AUC" [ "curve", ConfigValue.String curve ]
            let results, _ = MetricRun.batches metric [ batch yTrue yPred ]
            Assert.Empty(Fixtures.differences curve 1e-6 0.0 [ 1.0 ] results.Head.Values)
