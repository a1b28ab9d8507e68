namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Initializers
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// What convolutions and pools compute, and for which shapes.
type SpatialLayerTests() =

    static let cases = 100

    static let literal (seed: int) (dimensions: int list) = Samples.any seed dimensions

    /// A layer on inputs of these lengths, with values for its weights that follow from their shapes.
    static let run (layer: Layer) (lengths: Dimension list) (input: Literal) : Model * Literal =
        let symbolic = Model.input None lengths ElementType.Float32

        let model =
            Model.create None "Functional" [ symbolic ] (Lowering.apply layer [ symbolic ])

        let weights =
            Model.weights model
            |> List.mapi (fun index weight -> literal index weight.Specification.Dimensions)

        model, (Evaluation.run Mode.Inference model weights [ input ]).Head

    static let knownLengths (input: Literal) =
        input.Dimensions |> Seq.skip 1 |> Seq.map Dimension.known |> List.ofSeq

    static let resultOf (layer: Layer) (input: Literal) : Literal =
        snd (run layer (knownLengths input) input)

    static let dot (left: Literal) (right: Literal) : float =
        Seq.map2 (*) left.Values right.Values |> Seq.sum

    static let convOf (filters: int) (window: SpatialWindow) =
        Conv.layer None {
            Conv.defaults filters window.Size with
                Window = window
                UseBias = false
        }

    static let anyWindow =
        gen {
            let! spatialRank = Gen.choose (1, 3)
            return! RandomWindow.window spatialRank RandomWindow.common
        }

    static let weightShapes (layer: Layer) (lengths: int list) =
        let input = Model.input None (List.map Dimension.known lengths) ElementType.Float32

        let model =
            Model.create None "Functional" [ input ] (Lowering.apply layer [ input ])

        Model.weights model
        |> List.map (fun weight -> weight.Specification.Name, weight.Specification.Dimensions)

    static let make className (config: Config) =
        LayerRegistry.create className None config

    [<Fact>]
    member _.``a transposed convolution is the adjoint of the convolution with its kernel``() =
        let adjoint =
            gen {
                let! window = anyWindow
                let! lengths = Gen.listOfLength window.Size.Length (Gen.choose (1, 3))
                let! channels = Gen.choose (1, 2)
                let! filters = Gen.choose (1, 2)
                return window, lengths, channels, filters
            }

        Law.isWithin 1e-9 cases (Arb.fromGen adjoint) (fun (window, lengths, channels, filters) ->
            let upstream = literal 7 (RandomWindow.shape window.DataFormat 2 lengths filters)

            let transposed =
                resultOf
                    (ConvTranspose.layer None {
                        ConvTranspose.defaults channels window.Size with
                            Window = window
                            UseBias = false
                    })
                    upstream

            let input = literal 8 (List.ofSeq transposed.Dimensions)
            abs (dot (resultOf (convOf filters window) input) upstream - dot input transposed))

    [<Fact>]
    member _.``lengths that data decides give what known lengths give``() =
        let layers (window: SpatialWindow) = [
            convOf 2 window
            DepthwiseConv.layer None {
                DepthwiseConv.defaults window.Size with
                    Window = window
            }
            ConvTranspose.layer None {
                ConvTranspose.defaults 2 window.Size with
                    Window = window
            }
            if List.forall ((=) 1) window.DilationRate then
                Pooling.maximum None window
                Pooling.average None window
        ]

        let open' =
            gen {
                let! window = RandomWindow.window 2 RandomWindow.common
                let! shape = RandomWindow.input 2 window
                let! layer = Gen.elements (layers window)
                return window, shape, layer
            }

        Law.holds cases (Arb.fromGen open') (fun (window, shape, layer) ->
            let input = literal 5 shape

            let lengths =
                match window.DataFormat with
                | DataFormat.ChannelsLast -> [ Dimension.named "height"; Dimension.named "width"; Dimension.known 2 ]
                | DataFormat.ChannelsFirst -> [ Dimension.known 2; Dimension.named "height"; Dimension.named "width" ]

            let _, found = run layer lengths input
            let expected = resultOf layer input

            List.ofSeq found.Dimensions = List.ofSeq expected.Dimensions
            && Seq.forall2 (fun (x: float) y -> abs (x - y) < 1e-9) found.Values expected.Values)

    [<Fact>]
    member _.``a residual block on images of any size: one stride gives one shape for every kernel``() =
        let images =
            Model.input
                None
                [ Dimension.named "height"; Dimension.named "width"; Dimension.known 3 ]
                ElementType.Float32

        let halved kernelSize =
            Lowering.apply
                (make "Conv2D" [
                    "filters", ConfigValue.Int 4L
                    "kernel_size", ConfigValue.Int kernelSize
                    "strides", ConfigValue.Int 2L
                    "padding", ConfigValue.String "same"
                ])
                [ images ]

        let sum = Lowering.apply (make "Add" []) (halved 3L @ halved 1L)
        Assert.Equal("(batch, (height + 1)/2, (width + 1)/2, 4)", sum.Head.Shape.ToString())

        let back =
            Lowering.apply
                (make "Conv2DTranspose" [
                    "filters", ConfigValue.Int 3L
                    "kernel_size", ConfigValue.Int 3L
                    "strides", ConfigValue.Int 2L
                    "padding", ConfigValue.String "same"
                ])
                [ images ]

        Assert.Equal("(batch, 2*height, 2*width, 3)", back.Head.Shape.ToString())

    [<Fact>]
    member _.``a causal convolution does not see what comes later``() =
        let layer =
            make "Conv1D" [
                "filters", ConfigValue.Int 1L
                "kernel_size", ConfigValue.Int 3L
                "dilation_rate", ConfigValue.Int 2L
                "padding", ConfigValue.String "causal"
            ]

        let series = literal 3 [ 1; 9; 1 ]

        let changed =
            Literal.create
                ElementType.Float64
                [ 1; 9; 1 ]
                (series.Values
                 |> Seq.mapi (fun step value -> if step < 5 then value else value + 1.0))

        let before = resultOf layer series
        let after = resultOf layer changed
        let start (result: Literal) = List.ofSeq (Seq.take 5 result.Values)
        Assert.Equal<float list>(start before, start after)
        Assert.NotEqual(before.Values[5], after.Values[5])

    [<Fact>]
    member _.``the mean of equal numbers is the number, with padding and without``() =
        let pool =
            gen {
                let! window = anyWindow

                let window = {
                    window with
                        DilationRate = List.map (fun _ -> 1) window.Size
                }

                let! shape = RandomWindow.input 2 window
                return window, shape
            }

        Law.holds cases (Arb.fromGen pool) (fun (window, shape) ->
            let input =
                Literal.create ElementType.Float64 shape (Seq.replicate (List.fold (*) 1 shape) 3.0)

            (resultOf (Pooling.average None window) input).Values
            |> Seq.forall (fun value -> abs (value - 3.0) < 1e-12))

    [<Fact>]
    member _.``weights have Keras's names and shapes``() =
        let twoByThree = [ 2; 3 ]

        let conv =
            Conv.layer None {
                Conv.defaults 6 twoByThree with
                    Groups = 2
            }

        Assert.Equal<(string * int list) list>(
            [ "kernel", [ 2; 3; 2; 6 ]; "bias", [ 6 ] ],
            weightShapes conv [ 8; 8; 4 ]
        )

        let transposed = ConvTranspose.layer None (ConvTranspose.defaults 6 twoByThree)

        Assert.Equal<(string * int list) list>(
            [ "kernel", [ 2; 3; 6; 4 ]; "bias", [ 6 ] ],
            weightShapes transposed [ 8; 8; 4 ]
        )

        let depthwise =
            DepthwiseConv.layer None {
                DepthwiseConv.defaults twoByThree with
                    DepthMultiplier = 2
            }

        Assert.Equal<(string * int list) list>(
            [ "kernel", [ 2; 3; 4; 2 ]; "bias", [ 8 ] ],
            weightShapes depthwise [ 8; 8; 4 ]
        )

        let separable =
            SeparableConv.layer None {
                SeparableConv.defaults 6 twoByThree with
                    DepthMultiplier = 2
            }

        Assert.Equal<(string * int list) list>(
            [
                "depthwise_kernel", [ 2; 3; 4; 2 ]
                "pointwise_kernel", [ 1; 1; 8; 6 ]
                "bias", [ 6 ]
            ],
            weightShapes separable [ 8; 8; 4 ]
        )

    [<Fact>]
    member _.``kernels count a whole window as inputs and outputs of a unit``() =
        Assert.Equal((24, 36), Fans.ofShape [ 2; 3; 4; 6 ])

    [<Fact>]
    member _.``convolutions and pools drop the mask``() =
        let ids = Model.input None [ Dimension.known 4 ] ElementType.Int32

        let embedded =
            Lowering.apply
                (Embedding.layer None {
                    Embedding.defaults 5 3 with
                        MaskZero = true
                })
                [ ids ]

        Assert.True(embedded.Head.HasMask)

        for layer in
            [
                Conv.layer None (Conv.defaults 2 [ 2 ])
                ConvTranspose.layer None (ConvTranspose.defaults 2 [ 2 ])
                DepthwiseConv.layer None (DepthwiseConv.defaults [ 2 ])
                SeparableConv.layer None (SeparableConv.defaults 2 [ 2 ])
                Pooling.maximum None (Pooling.defaults [ 2 ])
                Pooling.average None (Pooling.defaults [ 2 ])
            ] do
            Assert.False((Lowering.apply layer embedded).Head.HasMask, layer.ClassName)
