namespace Functional.Core.Tests

open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// Layers that change images at random in training, and only there.
type RandomImageTests() =

    static let run (mode: Mode) (layer: Layer) (input: Literal) : float list =
        let lengths =
            input.Dimensions |> Seq.skip 1 |> Seq.map Dimension.known |> List.ofSeq

        let x = Model.input None lengths input.ElementType
        let model = Model.create None "Functional" [ x ] (Lowering.apply layer [ x ])
        (Evaluation.run mode model [] [ input ]).Head.Values |> List.ofSeq

    static let images (dimensions: int list) (values: float seq) : Literal =
        Literal.create ElementType.Float64 dimensions values

    static let numbered (height: int) (width: int) : Literal =
        images [ 1; height; width; 1 ] [ for index in 0 .. height * width - 1 -> float index ]

    static let copies (count: int) (values: float list) : float list =
        List.replicate count values |> List.concat

    static let close (expected: float list) (found: float list) =
        Assert.Empty(Fixtures.differences "values" 1e-9 1e-9 expected found)

    static let make className (config: Config) =
        LayerRegistry.create className None config

    static let fixedBounds (value: float) =
        ConfigValue.List [ ConfigValue.Float value; ConfigValue.Float value ]

    static let number (value: float) = ConfigValue.Float value

    /// A translation to the right by parts of the width.
    static let shifted (fill: string) (part: float) =
        make "RandomTranslation" [
            "height_factor", number 0.0
            "width_factor", fixedBounds part
            "fill_mode", ConfigValue.String fill
            "fill_value", number 9.0
        ]

    [<Fact>]
    member _.``nothing happens in inference, but whole numbers become floating``() =
        let layers = [
            make "RandomFlip" []
            make "RandomRotation" [ "factor", number 0.5 ]
            make "RandomTranslation" [ "height_factor", number 0.5; "width_factor", number 0.5 ]
            make "RandomZoom" [ "height_factor", number 0.5 ]
            make "RandomContrast" [ "factor", number 0.5 ]
            make "RandomBrightness" [ "factor", number 0.5 ]
            make "RandomCrop" [ "height", ConfigValue.Int 3L; "width", ConfigValue.Int 4L ]
        ]

        let whole =
            Literal.create ElementType.Int32 [ 1; 3; 4; 1 ] [ for index in 0..11 -> float index ]

        for layer in layers do
            Assert.Equal<float list>(List.ofSeq whole.Values, run Mode.Inference layer whole)
            Assert.Equal<float list>(List.ofSeq whole.Values, run Mode.Inference layer (numbered 3 4))

    [<Fact>]
    member _.``a quarter turn is numpy's rot90``() =
        let turned = make "RandomRotation" [ "factor", fixedBounds 0.25 ]
        close [ 2.0; 5.0; 8.0; 1.0; 4.0; 7.0; 0.0; 3.0; 6.0 ] (run Mode.Training turned (numbered 3 3))

    [<Fact>]
    member _.``a positive translation goes down and to the right``() =
        let down =
            make "RandomTranslation" [ "height_factor", fixedBounds 0.2; "width_factor", number 0.0 ]

        close ([ 0.0 .. 4.0 ] @ [ 0.0 .. 19.0 ]) (run Mode.Training down (numbered 5 5))
        close [ 0.0; 0.0; 1.0; 2.0 ] (run Mode.Training (shifted "reflect" 0.25) (numbered 1 4))

    [<Fact>]
    member _.``every fill mode continues an image in its way``() =
        let moved fill =
            run Mode.Training (shifted fill 0.75) (numbered 1 4)

        close [ 2.0; 1.0; 0.0; 0.0 ] (moved "reflect")
        close [ 1.0; 2.0; 3.0; 0.0 ] (moved "wrap")
        close [ 9.0; 9.0; 9.0; 0.0 ] (moved "constant")
        close [ 0.0; 0.0; 0.0; 0.0 ] (moved "nearest")
        close [ 4.5; 0.5; 1.5; 2.5 ] (run Mode.Training (shifted "constant" 0.125) (numbered 1 4))

    [<Fact>]
    member _.``zooming in by half shows the middle, finer``() =
        let zoom =
            make "RandomZoom" [ "height_factor", fixedBounds -0.5; "width_factor", fixedBounds -0.5 ]

        close
            [
                for row in 0..4 do
                    for column in 0..4 -> 6.0 + 2.5 * float row + 0.5 * float column
            ]
            (run Mode.Training zoom (numbered 5 5))

        let high = make "RandomZoom" [ "height_factor", fixedBounds -0.5 ]
        close (run Mode.Training zoom (numbered 5 5)) (run Mode.Training high (numbered 5 5))

    [<Fact>]
    member _.``RandomFlip mirrors about half of the images, each way on its own``() =
        let count = 400
        let input = images [ count; 2; 2; 1 ] (copies count [ 0.0; 1.0; 2.0; 3.0 ])

        let kinds mode =
            run Mode.Training (make "RandomFlip" [ "mode", ConfigValue.String mode ]) input
            |> List.chunkBySize 4
            |> List.countBy id

        let expect (allowed: float list list) kinds =
            Assert.Equal<Set<float list>>(set allowed, set (List.map fst kinds))

            for _, found in kinds do
                Assert.InRange(float found * float allowed.Length / float count, 0.75, 1.25)

        let same, horizontal = [ 0.0; 1.0; 2.0; 3.0 ], [ 1.0; 0.0; 3.0; 2.0 ]
        let vertical, both = [ 2.0; 3.0; 0.0; 1.0 ], [ 3.0; 2.0; 1.0; 0.0 ]
        expect [ same; horizontal ] (kinds "horizontal")
        expect [ same; vertical ] (kinds "vertical")
        expect [ same; horizontal; vertical; both ] (kinds "horizontal_and_vertical")

    [<Fact>]
    member _.``RandomCrop takes one part of all images, and different ones at different steps``() =
        let crop =
            make "RandomCrop" [ "height", ConfigValue.Int 2L; "width", ConfigValue.Int 3L ]

        let found =
            run Mode.Training crop (images [ 2; 4; 5; 1 ] (copies 2 [ 0.0 .. 19.0 ]))

        let first, second = List.splitAt 6 found
        Assert.Equal<float list>(first, second)
        let start = first.Head
        Assert.Equal<float list>([ start; start + 1.0; start + 2.0; start + 5.0; start + 6.0; start + 7.0 ], first)

        let starts =
            [
                for seed in 1..60 ->
                    let seeded =
                        make "RandomCrop" [
                            "height", ConfigValue.Int 2L
                            "width", ConfigValue.Int 3L
                            "seed", ConfigValue.Int(int64 seed)
                        ]

                    (run Mode.Training seeded (numbered 4 5)).Head
            ]
            |> set

        Assert.Equal<Set<float>>(
            set [
                for row in 0..2 do
                    for column in 0..2 -> float (5 * row + column)
            ],
            starts
        )

    [<Fact>]
    member _.``RandomCrop resizes in inference``() =
        let crop =
            make "RandomCrop" [ "height", ConfigValue.Int 1L; "width", ConfigValue.Int 2L ]

        close [ 0.5; 2.5 ] (run Mode.Inference crop (images [ 1; 2; 4; 1 ] [ 0.0; 1.0; 2.0; 3.0; 0.0; 1.0; 2.0; 3.0 ]))

    [<Fact>]
    member _.``RandomContrast keeps the mean of every channel, and moves numbers by one factor for an image``() =
        let values = [ 110.0; 120.0; 130.0; 160.0 ]
        let contrast = make "RandomContrast" [ "factor", number 0.5 ]
        let found = run Mode.Training contrast (images [ 50; 2; 2; 1 ] (copies 50 values))

        let factors =
            found
            |> List.chunkBySize 4
            |> List.map (fun image ->
                Assert.Equal(130.0, List.average image, 9)
                (image[3] - 130.0) / 30.0)

        Assert.All(factors, (fun factor -> Assert.InRange(factor, 0.5, 1.5)))
        Assert.InRange(List.average factors, 0.9, 1.1)
        Assert.True((List.distinct factors).Length > 40)

    [<Fact>]
    member _.``RandomBrightness adds one number to an image, and stays in the range``() =
        let bright =
            make "RandomBrightness" [
                "factor", ConfigValue.List [ number 0.0; number 0.5 ]
                "value_range", ConfigValue.List [ number 0.0; number 1.0 ]
            ]

        let found =
            run Mode.Training bright (images [ 100; 1; 2; 1 ] (copies 100 [ 0.25; 0.9 ]))
            |> List.chunkBySize 2

        for image in found do
            Assert.InRange(image[0], 0.25, 0.75)
            Assert.Equal(min 1.0 (image[0] + 0.65), image[1], 9)

        Assert.InRange(found |> List.averageBy List.head, 0.45, 0.55)

    [<Fact>]
    member _.``a seed of a layer's own decides what is drawn``() =
        let turned seed =
            run
                Mode.Training
                (make "RandomRotation" [ "factor", number 0.5; "seed", ConfigValue.Int seed ])
                (numbered 4 4)

        Assert.Equal<float list>(turned 3L, turned 3L)
        Assert.NotEqual<float list>(turned 3L, turned 4L)

    [<Fact>]
    member _.``factors outside their limits and unknown texts are refused``() =
        let message className config =
            Assert.Throws<System.ArgumentException>(fun () -> make className config |> ignore).Message

        Assert.Contains("factor must be from -1 to 1, but is 1.5", message "RandomRotation" [ "factor", number 1.5 ])
        Assert.Contains("factor must be from 0 to 1, but is 2", message "RandomContrast" [ "factor", number 2.0 ])

        Assert.Contains(
            "Did you mean 'reflect'?",
            message "RandomZoom" [ "height_factor", number 0.1; "fill_mode", ConfigValue.String "relfect" ]
        )

        Assert.Contains("Did you mean 'vertical'?", message "RandomFlip" [ "mode", ConfigValue.String "vertcal" ])
