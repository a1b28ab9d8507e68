namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Constraints
open Functional.Core.Layers
open Functional.Core.Regularizers
open Functional.Core.Tensors
open Functional.Testing

/// Gradients of every layer by its inputs and weights.
type LayerGradientTests() =

    static let inference = LayerGradient.holdsFor Mode.Inference
    static let training = LayerGradient.holdsFor Mode.Training

    /// One layer over shapes of some ranks.
    static let over ranks (layer: int list -> Layer) =
        gen {
            let! rank = Gen.elements ranks
            let! shape = LayerGradient.shapes rank
            return layer shape, shape
        }

    [<Fact>]
    member _.``Dense``() =
        gen {
            let! rank = Gen.choose (2, 4)
            let! shape = LayerGradient.shapes rank
            let! units = Gen.choose (1, 3)
            let! activation = Gen.elements [ "linear"; "tanh"; "sigmoid"; "softmax"; "gelu" ]
            let! useBias = Gen.elements [ true; false ]

            return
                Dense.layer None {
                    Dense.defaults units with
                        Activation = Activation.ofName activation
                        UseBias = useBias
                        ActivityRegularizer = Some(Regularizer.l2 0.1)
                },
                shape
        }
        |> inference

    [<Fact>]
    member _.``Embedding by its table``() =
        gen {
            let! inputDim = Gen.choose (1, 4)
            let! outputDim = Gen.choose (1, 3)
            let! shape = LayerGradient.shapes 2
            let! ids = Gen.listOfLength (List.fold (*) 1 shape) (Gen.choose (0, inputDim - 1))
            let input = Literal.create ElementType.Int32 shape (List.map float ids)
            let! maskZero = Gen.elements [ true; false ]

            let layer =
                Embedding.layer None {
                    Embedding.defaults inputDim outputDim with
                        MaskZero = maskZero
                }

            return LayerGradient.case layer Mode.Training [ input ]
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``Activation, LeakyReLU, ELU, ReLU and PReLU``() =
        over [ 2; 3 ] (fun _ ->
            ActivationLayer.layer None {
                Activation = Activation.ofName "tanh"
            })
        |> inference

        over [ 2; 3 ] (fun _ -> LeakyReLU.layer None LeakyReLU.defaults) |> inference
        over [ 2; 3 ] (fun _ -> ELU.layer None { Alpha = 0.7 }) |> inference

        over [ 2; 3 ] (fun _ ->
            ReLU.layer None {
                MaxValue = Some 1.0
                NegativeSlope = 0.2
                Threshold = 0.2
            })
        |> inference

        over [ 2; 3 ] (fun shape ->
            PReLU.layer None {
                PReLU.defaults with
                    SharedAxes = List.truncate (shape.Length - 2) [ 1 ]
            })
        |> inference

    [<Fact>]
    member _.``Softmax over one and two axes, with and without a mask``() =
        over [ 2; 3 ] (fun _ -> Softmax.layer None Softmax.defaults) |> inference
        over [ 3; 4 ] (fun _ -> Softmax.layer None { Axes = [ 1; 2 ] }) |> inference

        gen {
            let! batch = Gen.choose (1, 3)
            let! steps = Gen.choose (1, 4)
            let! input = LayerGradient.values [ batch; steps ]
            let! mask = LayerGradient.mask batch steps

            return
                LayerGradient.case (Softmax.layer None Softmax.defaults) Mode.Inference [ input ]
                |> LayerGradient.masked mask
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``Flatten, Reshape, Permute and RepeatVector``() =
        over [ 2; 3; 4 ] (fun _ ->
            Flatten.layer None {
                DataFormat = DataFormat.ChannelsFirst
            })
        |> inference

        over [ 3 ] (fun shape -> Reshape.layer None { TargetShape = [ shape[2]; -1 ] })
        |> inference

        over [ 4 ] (fun _ -> Permute.layer None { Dims = [ 3; 1; 2 ] }) |> inference
        over [ 2 ] (fun _ -> RepeatVector.layer None { N = 3 }) |> inference

    [<Fact>]
    member _.``Cropping, ZeroPadding and UpSampling in one to three dimensions``() =
        for rank in 1..3 do
            let pairs = List.replicate rank (1, 0)

            gen {
                let! lengths = Gen.listOfLength rank (Gen.choose (2, 3))
                let! format = Gen.elements [ DataFormat.ChannelsLast; DataFormat.ChannelsFirst ]

                let shape =
                    match format with
                    | DataFormat.ChannelsLast -> 1 :: lengths @ [ 2 ]
                    | DataFormat.ChannelsFirst -> 1 :: 2 :: lengths

                let! layer =
                    Gen.elements [
                        Cropping.layer None {
                            Cropping = pairs
                            DataFormat = format
                        }
                        ZeroPadding.layer None { Padding = pairs; DataFormat = format }
                        UpSampling.layer None {
                            UpSampling.defaults rank with
                                DataFormat = format
                        }
                        UpSampling.layer None {
                            UpSampling.defaults rank with
                                DataFormat = format
                                Interpolation = UpSamplingInterpolation.Bilinear
                        }
                    ]

                return layer, shape
            }
            |> inference

    [<Fact>]
    member _.``global pooling, with and without a mask``() =
        for rank in 1..3 do
            over [ rank + 2 ] (fun _ -> GlobalPooling.average rank None GlobalPooling.defaults)
            |> inference

            over [ rank + 2 ] (fun _ ->
                GlobalPooling.maximum rank None {
                    DataFormat = DataFormat.ChannelsFirst
                    KeepDimensions = true
                })
            |> inference

        gen {
            let! shape = LayerGradient.shapes 3
            let! input = LayerGradient.values shape
            let! mask = LayerGradient.mask shape[0] shape[1]

            return
                LayerGradient.case (GlobalPooling.average 1 None GlobalPooling.defaults) Mode.Inference [ input ]
                |> LayerGradient.masked mask
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``merging layers, with broadcasting``() =
        gen {
            let! shape = LayerGradient.shapes 3

            let! make =
                Gen.elements [
                    Merge.add
                    Merge.multiply
                    Merge.average
                    Merge.maximum
                    Merge.minimum
                    Merge.subtract
                ]

            let! first = LayerGradient.values shape
            let! second = LayerGradient.values [ shape[0]; 1; shape[2] ]
            // No element of one is equal to one of the other.
            let shifted = Samples.map (fun value -> 0.77 * value) second
            return LayerGradient.case (make None) Mode.Inference [ first; shifted ]
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``Concatenate and Dot``() =
        gen {
            let! shape = LayerGradient.shapes 3
            let! axis = Gen.elements [ 1; 2; -1 ]
            let! first = LayerGradient.values shape
            let! second = LayerGradient.values shape
            return LayerGradient.case (Concatenate.layer None { Axis = axis }) Mode.Inference [ first; second ]
        }
        |> LayerGradient.holds

        gen {
            let! shape = LayerGradient.shapes 3
            let! more = Gen.choose (1, 3)
            let! normalize = Gen.elements [ true; false ]
            let! first = LayerGradient.values shape
            let! second = LayerGradient.values [ shape[0]; shape[2]; more ]

            let layer =
                Dot.layer None {
                    Axes = [ 2; 1 ]
                    Normalize = normalize
                }

            return LayerGradient.case layer Mode.Inference [ first; second ]
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``Masking, Rescaling, Identity, ActivityRegularization and Maxout``() =
        over [ 2; 3 ] (fun _ -> Masking.layer None Masking.defaults) |> inference

        over [ 2; 3 ] (fun _ -> Rescaling.layer None { Scale = [ 2.0 ]; Offset = [ -1.0 ] })
        |> inference

        over [ 2; 3 ] (fun _ -> Identity.layer None) |> inference

        over [ 2; 3 ] (fun _ -> ActivityRegularization.layer None { L1 = 0.1; L2 = 0.2 })
        |> training

        over [ 3 ] (fun _ -> Maxout.layer None { Pieces = 2 })
        |> Gen.map (fun (layer, shape) -> layer, List.updateAt 2 4 shape)
        |> inference

    [<Fact>]
    member _.``dropout and noise in training``() =
        let layers rank = [
            Dropout.layer None (Dropout.defaults 0.4)
            Dropout.layer None {
                Dropout.defaults 0.4 with
                    NoiseShape = Some(None :: List.replicate (rank - 1) (Some 1))
                    Seed = Some 11
            }
            GaussianDropout.layer None (GaussianDropout.defaults 0.4)
            GaussianNoise.layer None (GaussianNoise.defaults 0.4)
            AlphaDropout.layer None (AlphaDropout.defaults 0.4)
            if rank = 3 then
                Dropout.spatial 1 None DataFormat.ChannelsLast (Dropout.defaults 0.4)
        ]

        gen {
            let! rank = Gen.elements [ 2; 3 ]
            let! shape = LayerGradient.shapes rank
            let! layer = Gen.elements (layers rank)
            return layer, shape
        }
        |> training

    [<Fact>]
    member _.``BatchNormalization in both modes, with and without a mask``() =
        let layer scale center axis =
            BatchNormalization.layer None {
                BatchNormalization.defaults with
                    Scale = scale
                    Center = center
                    Axis = axis
                    Epsilon = 0.05
            }

        for mode in [ Mode.Training; Mode.Inference ] do
            gen {
                let! rank = Gen.choose (2, 3)
                let! shape = LayerGradient.shapes rank
                let! scale = Gen.elements [ true; false ]
                let! center = Gen.elements [ true; false ]
                let! axis = Gen.elements [ 1; -1 ]
                return layer scale center axis, shape
            }
            |> LayerGradient.holdsFor mode

        gen {
            let! shape = LayerGradient.shapes 3
            let! input = LayerGradient.values shape
            let! mask = LayerGradient.mask shape[0] shape[1]

            return
                LayerGradient.case (layer true true -1) Mode.Training [ input ]
                |> LayerGradient.masked mask
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``LayerNormalization, GroupNormalization and UnitNormalization``() =
        gen {
            let! shape = LayerGradient.shapes 3
            let! axes = Gen.elements [ [ -1 ]; [ 1; 2 ]; [ 1 ] ]
            let! rms = Gen.elements [ true; false ]

            return
                LayerNormalization.layer None {
                    LayerNormalization.defaults with
                        Axes = axes
                        RmsScaling = rms
                        Epsilon = 0.05
                },
                shape
        }
        |> inference

        gen {
            let! shape = LayerGradient.shapes 3
            let! groups = Gen.elements [ 1; 2; -1 ]

            return
                GroupNormalization.layer None {
                    GroupNormalization.defaults with
                        Groups = groups
                        Epsilon = 0.05
                },
                List.updateAt 2 4 shape
        }
        |> inference

        over [ 2; 3 ] (fun _ -> UnitNormalization.layer None UnitNormalization.defaults)
        |> inference

    [<Fact>]
    member _.``constraints and regularizers do not change what a layer computes``() =
        gen {
            let! shape = LayerGradient.shapes 2

            return
                Dense.layer None {
                    Dense.defaults 2 with
                        KernelRegularizer = Some(Regularizer.l1 0.1)
                        KernelConstraint = Some Constraint.nonNeg
                },
                shape
        }
        |> inference
