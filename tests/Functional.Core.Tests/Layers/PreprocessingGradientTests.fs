namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Tensors
open Functional.Testing

/// Gradients of normalization, table and image layers by their inputs and weights.
type PreprocessingGradientTests() =

    static let inference = LayerGradient.holdsFor Mode.Inference
    static let training = LayerGradient.holdsFor Mode.Training

    static let formats = Gen.elements [ DataFormat.ChannelsLast; DataFormat.ChannelsFirst ]

    static let images = Gen.listOfLength 4 (Gen.choose (1, 4))

    static let samplings =
        gen {
            let! fill =
                Gen.elements [ FillMode.Reflect; FillMode.Wrap; FillMode.Constant; FillMode.Nearest ]

            let! isBilinear = Gen.elements [ true; false ]

            return {
                FillMode = fill
                FillValue = 0.7
                IsBilinear = isBilinear
            }
        }

    [<Fact>]
    member _.``RMSNormalization and UnitNormalization over one and more axes``() =
        gen {
            let! shape = LayerGradient.shapes 3
            let! axes = Gen.elements [ [ -1 ]; [ 1; 2 ]; [ 2; 1 ]; [ 1 ] ]
            return RMSNormalization.layer None { Axes = axes; Epsilon = 0.05 }, shape
        }
        |> inference

        gen {
            let! shape = LayerGradient.shapes 3
            let! axes = Gen.elements [ [ -1 ]; [ 1; 2 ]; [ 1 ] ]
            return UnitNormalization.layer None { Axes = axes }, shape
        }
        |> inference

    [<Fact>]
    member _.``SpectralNormalization in inference is the layer inside``() =
        gen {
            let! shape = LayerGradient.shapes 3
            let! units = Gen.choose (1, 3)
            let! iterations = Gen.choose (1, 3)
            let inner = Dense.layer None (Dense.defaults units)

            return
                SpectralNormalization.layer (fun _ -> ConfigValue.Null) None {
                    Layer = inner
                    PowerIterations = iterations
                },
                shape
        }
        |> inference

    [<Fact>]
    member _.``Normalization by given and by kept statistics, and its inverse``() =
        gen {
            let! shape = LayerGradient.shapes 3
            let! axes = Gen.elements [ []; [ -1 ]; [ 1 ]; [ 2; 1 ] ]
            let! invert = Gen.elements [ true; false ]
            let! isGiven = Gen.elements [ true; false ]
            let number = Literal.scalar ElementType.Float64

            return
                Normalization.layer None {
                    Axes = axes
                    Given = if isGiven then Some(number 0.3, number 0.5) else None
                    Invert = invert
                },
                shape
        }
        |> inference

    [<Fact>]
    member _.``counts by their weights``() =
        let cases =
            gen {
                let! batch = Gen.choose (1, 3)
                let! length = Gen.choose (1, 4)
                let! numbers = Gen.listOfLength (batch * length) (Gen.choose (0, 2))
                let! weights = LayerGradient.values [ batch; length ]
                return Literal.create ElementType.Int32 [ batch; length ] (List.map float numbers), weights
            }

        GradientLaw.holds (Arb.fromGen cases) (fun (numbers, weights) ->
            GradientLaw.case [ weights ] (fun nodes ->
                Ops.constant numbers
                |> CategoryMode.encode CategoryMode.Count 3 ElementType.Float64 (Some nodes.Head)
                |> fun node -> Ops.reshape (Shape.create [ Shape.size node.Shape ]) node))

    [<Fact>]
    member _.``Resizing with every interpolation and ratio, and CenterCrop``() =
        gen {
            let! shape = images
            let! height = Gen.choose (1, 5)
            let! width = Gen.choose (1, 5)
            let! format = formats

            let! interpolation =
                Gen.elements [
                    Interpolation.Nearest
                    Interpolation.Bilinear
                    Interpolation.Bicubic
                    Interpolation.Lanczos3
                    Interpolation.Lanczos5
                ]

            let! ratio =
                Gen.elements [ AspectRatio.Free; AspectRatio.Cropped; AspectRatio.Padded 0.4 ]

            return
                Resizing.layer None {
                    Height = height
                    Width = width
                    Interpolation = interpolation
                    AspectRatio = ratio
                    DataFormat = format
                },
                shape
        }
        |> inference

        gen {
            let! shape = images
            let! height = Gen.choose (1, 5)
            let! width = Gen.choose (1, 5)
            let! format = formats

            return
                CenterCrop.layer None {
                    Height = height
                    Width = width
                    DataFormat = format
                },
                shape
        }
        |> inference

    [<Fact>]
    member _.``random rotation, translation and zoom in training``() =
        gen {
            let! shape = images
            let! format = formats
            let! sampling = samplings
            let! width = Gen.elements [ None; Some(RandomFactor.Between(-0.4, 0.6)) ]

            let! layer =
                Gen.elements [
                    RandomRotation.layer None {
                        RandomRotation.defaults 0.4 with
                            Sampling = sampling
                            DataFormat = format
                    }
                    RandomTranslation.layer None {
                        RandomTranslation.defaults 0.7 0.9 with
                            Sampling = sampling
                            DataFormat = format
                    }
                    RandomZoom.layer None {
                        RandomZoom.defaults 0.5 with
                            WidthFactor = width
                            Sampling = sampling
                            DataFormat = format
                    }
                ]

            return layer, shape
        }
        |> training

    [<Fact>]
    member _.``random flip, crop, contrast and brightness in training``() =
        gen {
            let! shape = images
            let! seed = Gen.elements [ None; Some 5 ]
            let! height = Gen.choose (1, 4)
            let! width = Gen.choose (1, 4)
            let range = -10.0, 10.0

            let! layer =
                Gen.elements [
                    RandomFlip.layer None { RandomFlip.defaults with Seed = seed }
                    RandomCrop.layer None {
                        RandomCrop.defaults height width with
                            Seed = seed
                    }
                    RandomContrast.layer None {
                        RandomContrast.defaults 0.5 with
                            ValueRange = range
                            Seed = seed
                    }
                    RandomBrightness.layer None {
                        RandomBrightness.defaults 0.2 with
                            ValueRange = range
                            Seed = seed
                    }
                ]

            return layer, shape
        }
        |> training
