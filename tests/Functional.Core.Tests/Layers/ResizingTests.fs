namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// What resized and cropped images are.
type ResizingTests() =

    static let run (layer: Layer) (input: Literal) : Literal =
        let lengths =
            input.Dimensions |> Seq.skip 1 |> Seq.map Dimension.known |> List.ofSeq

        let x = Model.input None lengths input.ElementType
        let model = Model.create None "Functional" [ x ] (Lowering.apply layer [ x ])
        (Evaluation.run Mode.Inference model [] [ input ]).Head

    /// One image of one channel, numbered row by row.
    static let numbered (height: int) (width: int) : Literal =
        Literal.create ElementType.Float64 [ 1; height; width; 1 ] [
            for index in 0 .. height * width - 1 -> float index
        ]

    static let resizing change height width =
        Resizing.layer None (change (Resizing.defaults height width))

    static let valuesOf (literal: Literal) : float list = List.ofSeq literal.Values

    static let close (expected: float list) (literal: Literal) =
        Assert.Empty(Fixtures.differences "values" 1e-12 1e-12 expected literal.Values)

    static let interpolations = [
        Interpolation.Nearest
        Interpolation.Bilinear
        Interpolation.Bicubic
        Interpolation.Lanczos3
        Interpolation.Lanczos5
    ]

    [<Fact>]
    member _.``the weights of a new element sum to 1, and an equal length changes nothing``() =
        Law.holds 100 (Arb.fromGen (Gen.listOfLength 3 (Gen.choose (1, 9)))) (fun numbers ->
            let interpolation = interpolations[numbers[0] % 5]

            let sums =
                Interpolation.weights interpolation numbers[1] numbers[2]
                |> List.chunkBySize numbers[1]
                |> List.map List.sum

            let same = Interpolation.weights interpolation numbers[1] numbers[1]

            List.forall (fun sum -> abs (sum - 1.0) < 1e-12) sums
            && same
               |> List.mapi (fun index weight ->
                   abs (weight - (if index / numbers[1] = index % numbers[1] then 1.0 else 0.0)))
               |> List.forall (fun difference -> difference < 1e-12))

    [<Fact>]
    member _.``nearest takes the element whose middle is next, as TensorFlow does with half pixel centres``() =
        let nearest (settings: Resizing) = {
            settings with
                Interpolation = Interpolation.Nearest
        }

        close [ 1.0; 3.0 ] (run (resizing nearest 1 2) (numbered 1 4))
        close [ 0.0; 0.0; 1.0; 1.0; 1.0 ] (run (resizing nearest 1 5) (numbered 1 2))

    [<Fact>]
    member _.``bilinear weighs two neighbours, and is flat outside the middles of the ends``() =
        close [ 0.0; 0.25; 0.75; 1.0 ] (run (resizing id 1 4) (numbered 1 2))
        close [ 0.5; 2.5 ] (run (resizing id 1 2) (numbered 1 4))

    [<Fact>]
    member _.``bicubic is exact on squares away from the ends``() =
        let squares =
            Literal.create ElementType.Float64 [ 1; 1; 12; 1 ] [ for index in 0..11 -> float (index * index) ]

        let bicubic (settings: Resizing) = {
            settings with
                Interpolation = Interpolation.Bicubic
        }

        let found = valuesOf (run (resizing bicubic 1 24) squares)

        for target in 6..17 do
            let place = (float target + 0.5) / 2.0 - 0.5
            Assert.Equal(place * place, found[target], 9)

    [<Fact>]
    member _.``an image is cropped or padded to the wanted ratio``() =
        let cropped (settings: Resizing) = {
            settings with
                AspectRatio = AspectRatio.Cropped
        }

        close [ 1.0; 2.0; 5.0; 6.0 ] (run (resizing cropped 2 2) (numbered 2 4))

        let padded (settings: Resizing) = {
            settings with
                AspectRatio = AspectRatio.Padded -1.0
        }

        close
            [
                -1.0
                -1.0
                -1.0
                -1.0
                0.0
                1.0
                2.0
                3.0
                4.0
                5.0
                6.0
                7.0
                -1.0
                -1.0
                -1.0
                -1.0
            ]
            (run (resizing padded 4 4) (numbered 2 4))

    [<Fact>]
    member _.``whole numbers become floating, and one image may come without a batch``() =
        let bytes = Literal.create ElementType.Int32 [ 2; 2; 1; 1 ] [ 0.0; 4.0; 8.0; 12.0 ]
        let found = run (resizing id 1 1) bytes
        Assert.Equal(ElementType.Float64, found.ElementType)
        close [ 2.0; 10.0 ] found

        // Three axes: the first is the height, and so is not known before data arrives.
        let x = Model.input None (List.map Dimension.known [ 2; 1 ]) ElementType.Float32

        let error =
            Assert.Throws<System.ArgumentException>(fun () -> Lowering.apply (resizing id 1 1) [ x ] |> ignore)

        Assert.Contains("needs to know the length of axis 1", error.Message)

    [<Fact>]
    member _.``CenterCrop takes the middle, or resizes what is too small without distorting it``() =
        let crop height width =
            CenterCrop.layer None (CenterCrop.defaults height width)

        close [ 6.0; 7.0; 11.0; 12.0 ] (run (crop 2 2) (numbered 5 5))

        close
            [ 1.0; 1.25; 1.75; 2.0; 1.0; 1.25; 1.75; 2.0 ]
            (run (crop 2 4) (Literal.create ElementType.Float64 [ 1; 1; 2; 1 ] [ 1.0; 2.0 ]))

    [<Fact>]
    member _.``what is not allowed is said``() =
        let message (config: Config) =
            Assert
                .Throws<System.ArgumentException>(fun () -> LayerRegistry.create "Resizing" None config |> ignore)
                .Message

        let size = [ "height", ConfigValue.Int 2L; "width", ConfigValue.Int 2L ]

        Assert.Contains("Did you mean 'bicubic'?", message (("interpolation", ConfigValue.String "bicubik") :: size))

        Assert.Contains(
            "pad_to_aspect_ratio must be false where crop_to_aspect_ratio is true",
            message (
                ("crop_to_aspect_ratio", ConfigValue.Bool true)
                :: ("pad_to_aspect_ratio", ConfigValue.Bool true)
                :: size
            )
        )

        Assert.Contains(
            "Resizing: height must be at least 1",
            message [ "height", ConfigValue.Int 0L; "width", ConfigValue.Int 2L ]
        )
