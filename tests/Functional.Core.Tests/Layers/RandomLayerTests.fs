namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// Layers that draw random numbers in training.
type RandomLayerTests() =

    static let ones (dimensions: int list) =
        Literal.create ElementType.Float64 dimensions (Seq.replicate (List.fold (*) 1 dimensions) 1.0)

    static let modelOf (dimensions: int list) (layers: Layer list) =
        let x =
            Model.input None (dimensions |> List.tail |> List.map Dimension.known) ElementType.Float32

        let output =
            List.fold (fun tensor layer -> (Lowering.apply layer [ tensor ]).Head) x layers

        Model.create None "Functional" [ x ] [ output ]

    static let run mode dimensions layers : float list =
        (Evaluation.run mode (modelOf dimensions layers) [] [ ones dimensions ]).Head.Values
        |> List.ofSeq

    static let dropout rate =
        Dropout.layer None (Dropout.defaults rate)

    static let seeded seed =
        Dropout.layer None {
            Dropout.defaults 0.5 with
                Seed = Some seed
        }

    [<Fact>]
    member _.``nothing happens in inference``() =
        let layers = [
            dropout 0.5
            GaussianNoise.layer None (GaussianNoise.defaults 1.0)
            GaussianDropout.layer None (GaussianDropout.defaults 0.5)
            AlphaDropout.layer None (AlphaDropout.defaults 0.5)
        ]

        Assert.Equal<float list>(List.replicate 12 1.0, run Mode.Inference [ 3; 4 ] layers)

    [<Fact>]
    member _.``Dropout leaves 0 or the value divided by the chance to stay``() =
        Law.holds 30 (Arb.fromGen (Gen.choose (0, 10))) (fun tenths ->
            let rate = float tenths / 10.0

            run Mode.Training [ 5; 4 ] [ dropout rate ]
            |> List.forall (fun value -> value = 0.0 || abs (value - 1.0 / (1.0 - rate)) < 1e-12))

    [<Fact>]
    member _.``Dropout keeps about as many as it should``() =
        let kept =
            run Mode.Training [ 100; 100 ] [ dropout 0.3 ]
            |> List.filter ((<>) 0.0)
            |> List.length

        Assert.InRange(kept, 6800, 7200)

    [<Fact>]
    member _.``SpatialDropout drops whole channels``() =
        let values =
            run Mode.Training [ 4; 3; 5 ] [ Dropout.spatial 1 None DataFormat.ChannelsLast (Dropout.defaults 0.5) ]

        let columns =
            values |> List.chunkBySize 15 |> List.map (List.chunkBySize 5 >> List.distinct)

        Assert.All(columns, fun rows -> Assert.Single rows |> ignore)
        Assert.True(List.contains 0.0 values && List.contains 2.0 values)

    [<Fact>]
    member _.``two layers draw different numbers, one layer with a seed the same in any model``() =
        let once = run Mode.Training [ 6; 6 ] [ dropout 0.5 ]
        let shifted = run Mode.Training [ 6; 6 ] [ Identity.layer None; dropout 0.5 ]
        Assert.NotEqual<float list>(once, shifted)
        Assert.Equal<float list>(once, run Mode.Training [ 6; 6 ] [ dropout 0.5 ])
        Assert.NotEqual<float list>(once, run Mode.Training [ 6; 6 ] [ seeded 5 ])
        Assert.NotEqual<float list>(run Mode.Training [ 6; 6 ] [ seeded 6 ], run Mode.Training [ 6; 6 ] [ seeded 5 ])

    [<Fact>]
    member _.``a call with training: true drops in inference too``() =
        let x = Model.input None [ Dimension.known 40 ] ElementType.Float32

        let output =
            Lowering.applyWith [ "training", ConfigValue.Bool true ] (dropout 0.5) [ x ]

        let model = Model.create None "Functional" [ x ] output
        Assert.Contains(0.0, (Evaluation.run Mode.Inference model [] [ ones [ 1; 40 ] ]).Head.Values)

    [<Fact>]
    member _.``AlphaDropout keeps mean and variance of normal values``() =
        let noise = GaussianNoise.layer None (GaussianNoise.defaults 1.0)
        let centred = Rescaling.layer None { Scale = [ 1.0 ]; Offset = [ -1.0 ] }

        let values =
            run Mode.Training [ 100; 100 ] [ centred; noise; AlphaDropout.layer None (AlphaDropout.defaults 0.3) ]

        let mean = List.average values
        let variance = values |> List.averageBy (fun value -> (value - mean) ** 2.0)
        Assert.InRange(mean, -0.05, 0.05)
        Assert.InRange(variance, 0.93, 1.07)
