namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Layers
open Functional.Core.Regularizers

/// Gradients of convolutions and pools by their inputs and weights, over random windows, shapes and options.
type SpatialGradientTests() =

    static let holds (cases: Gen<Layer * int list>) =
        LayerGradient.holdsFor Mode.Training cases

    static let activation =
        Gen.elements [ "linear"; "tanh"; "softmax" ] |> Gen.map Activation.ofName

    static let truth = Gen.elements [ true; false ]

    static let conv spatialRank =
        gen {
            let paddings =
                if spatialRank = 1 then
                    WindowPadding.Causal :: RandomWindow.common
                else
                    RandomWindow.common

            let! window = RandomWindow.window spatialRank paddings
            let! groups = Gen.choose (1, 2)
            let! filters = Gen.choose (1, 2)
            let! activation = activation
            let! useBias = truth
            let! shape = RandomWindow.input (2 * groups) window

            return
                Conv.layer None {
                    Conv.defaults (filters * groups) window.Size with
                        Window = window
                        Groups = groups
                        Activation = activation
                        UseBias = useBias
                        ActivityRegularizer = Some(Regularizer.l2 0.1)
                },
                shape
        }

    static let transposed spatialRank =
        gen {
            let! window = RandomWindow.window spatialRank RandomWindow.common
            let! channels = Gen.choose (1, 2)
            let! filters = Gen.choose (1, 2)
            let! activation = activation
            let! useBias = truth
            let! isLonger = truth

            // Same padding without output padding can leave nothing of one position.
            let outputPadding =
                if isLonger then
                    Some(window.Strides |> List.map (fun stride -> stride - 1))
                else
                    None

            let! shape =
                RandomWindow.input channels {
                    window with
                        Padding = WindowPadding.Same
                }

            return
                ConvTranspose.layer None {
                    ConvTranspose.defaults filters window.Size with
                        Window = window
                        OutputPadding =
                            outputPadding
                            |> Option.filter (fun _ -> List.forall (fun size -> size % 2 = 1) window.Size)
                        Activation = activation
                        UseBias = useBias
                },
                shape
        }

    static let depthwise spatialRank =
        gen {
            let! window = RandomWindow.window spatialRank RandomWindow.common
            let! multiplier = Gen.choose (1, 2)
            let! activation = activation
            let! useBias = truth
            let! shape = RandomWindow.input 2 window

            return
                DepthwiseConv.layer None {
                    DepthwiseConv.defaults window.Size with
                        DepthMultiplier = multiplier
                        Window = window
                        Activation = activation
                        UseBias = useBias
                },
                shape
        }

    static let separable spatialRank =
        gen {
            let! window = RandomWindow.window spatialRank RandomWindow.common
            let! multiplier = Gen.choose (1, 2)
            let! filters = Gen.choose (1, 3)
            let! activation = activation
            let! useBias = truth
            let! shape = RandomWindow.input 2 window

            return
                SeparableConv.layer None {
                    SeparableConv.defaults filters window.Size with
                        DepthMultiplier = multiplier
                        Window = window
                        Activation = activation
                        UseBias = useBias
                },
                shape
        }

    static let pool (layer: SpatialWindow -> Layer) spatialRank =
        gen {
            let! window = RandomWindow.window spatialRank RandomWindow.common

            let window = {
                window with
                    DilationRate = List.map (fun _ -> 1) window.Size
            }

            let! shape = RandomWindow.input 2 window
            let! seed = Gen.choose (0, 1000)
            return LayerGradient.case (layer window) Mode.Training [ Samples.distinct 0.1 seed shape ]
        }

    [<Fact>]
    member _.``Conv1D``() = holds (conv 1)

    [<Fact>]
    member _.``Conv2D``() = holds (conv 2)

    [<Fact>]
    member _.``Conv3D``() = holds (conv 3)

    [<Fact>]
    member _.``Conv1DTranspose``() = holds (transposed 1)

    [<Fact>]
    member _.``Conv2DTranspose``() = holds (transposed 2)

    [<Fact>]
    member _.``Conv3DTranspose``() = holds (transposed 3)

    [<Fact>]
    member _.``DepthwiseConv1D and DepthwiseConv2D``() =
        holds (depthwise 1)
        holds (depthwise 2)

    [<Fact>]
    member _.``SeparableConv1D and SeparableConv2D``() =
        holds (separable 1)
        holds (separable 2)

    [<Fact>]
    member _.``MaxPooling in one to three dimensions``() =
        for spatialRank in 1..3 do
            LayerGradient.holds (pool (Pooling.maximum None) spatialRank)

    [<Fact>]
    member _.``AveragePooling in one to three dimensions``() =
        for spatialRank in 1..3 do
            LayerGradient.holds (pool (Pooling.average None) spatialRank)
