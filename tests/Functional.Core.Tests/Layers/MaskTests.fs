namespace Functional.Core.Tests

open Xunit
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// Which layers make, pass on, use and drop masks.
type MaskTests() =

    static let ids = Model.input (Some "ids") [ Dimension.known 4 ] ElementType.Int32

    static let embedded () =
        Lowering.apply
            (Embedding.layer None {
                Embedding.defaults 5 3 with
                    MaskZero = true
            })
            [ ids ]
        |> List.exactlyOne

    static let hasMask (layer: Layer) =
        (Lowering.apply layer [ embedded () ]).Head.HasMask

    static let make className (config: Config) =
        LayerRegistry.create className None config

    static let rate = [ "rate", ConfigValue.Float 0.5 ]

    /// The mask of an output as true and false, for one row of ids.
    static let maskOf (output: SymbolicTensor) (row: float list) : bool list =
        let model = Model.create None "Functional" [ ids ] [ output ]
        let mask = (Evaluation.lower Mode.Inference model).Outputs.Head.Mask.Value

        Graph.create [ mask ]
        |> Interpreter.run (Map.ofList [ "input/ids", Literal.create ElementType.Int32 [ 1; 4 ] row ])
        |> List.exactlyOne
        |> fun literal -> literal.Values |> Seq.map ((<>) 0.0) |> List.ofSeq

    [<Fact>]
    member _.``an Embedding with maskZero masks zeros, one without does not``() =
        Assert.Equal<bool list>([ true; false; true; false ], maskOf (embedded ()) [ 3.0; 0.0; 1.0; 0.0 ])
        Assert.False((Lowering.apply (Embedding.layer None (Embedding.defaults 5 3)) [ ids ]).Head.HasMask)

    [<Fact>]
    member _.``layers that work step by step pass the mask on``() =
        for layer in
            [
                make "Dense" [ "units", ConfigValue.Int 2L ]
                make "Activation" [ "activation", ConfigValue.String "relu" ]
                make "ReLU" []
                make "LeakyReLU" []
                make "PReLU" []
                make "ELU" []
                make "Softmax" []
                make "Dropout" rate
                make "SpatialDropout1D" rate
                make "GaussianDropout" rate
                make "AlphaDropout" rate
                make "GaussianNoise" [ "stddev", ConfigValue.Float 0.5 ]
                make "BatchNormalization" []
                make "LayerNormalization" []
                make "GroupNormalization" [ "groups", ConfigValue.Int 1L ]
                make "UnitNormalization" []
                make "Identity" []
                make "ActivityRegularization" []
                make "Rescaling" [ "scale", ConfigValue.Float 2.0 ]
            ] do
            Assert.True(hasMask layer, layer.ClassName)

    [<Fact>]
    member _.``layers that change the steps drop the mask``() =
        for layer in
            [
                make "Flatten" []
                make "Reshape" [ "target_shape", ConfigValue.List [ ConfigValue.Int -1L ] ]
                make "Permute" [ "dims", ConfigValue.List [ ConfigValue.Int 2L; ConfigValue.Int 1L ] ]
                make "Cropping1D" []
                make "ZeroPadding1D" []
                make "UpSampling1D" []
                make "GlobalAveragePooling1D" []
                make "GlobalMaxPooling1D" []
            ] do
            Assert.False(hasMask layer, layer.ClassName)

    [<Fact>]
    member _.``a step of merged values counts when it counts in any, where all have masks``() =
        let other =
            Model.input (Some "plain") [ Dimension.known 4; Dimension.known 3 ] ElementType.Float32

        let both = Lowering.apply (Merge.add None) [ embedded (); embedded () ]
        Assert.True(both.Head.HasMask)
        Assert.False((Lowering.apply (Merge.add None) [ embedded (); other ]).Head.HasMask)
        Assert.True((Lowering.apply (Concatenate.layer None { Axis = 2 }) [ embedded (); other ]).Head.HasMask)

    [<Fact>]
    member _.``values joined along time have their masks joined``() =
        let once = embedded ()
        let joined = Lowering.apply (Concatenate.layer None { Axis = 1 }) [ once; once ]

        Assert.Equal<bool list>(
            [ true; false; true; true; true; false; true; true ],
            maskOf joined.Head [ 3.0; 0.0; 1.0; 2.0 ]
        )

    [<Fact>]
    member _.``a call with "mask": null drops the mask, with "ignored" it only computes without``() =
        let softmax = Softmax.layer None Softmax.defaults

        let call value =
            (Lowering.applyWith [ "mask", value ] softmax [ embedded () ]).Head.HasMask

        Assert.False(call ConfigValue.Null)
        Assert.True(call (ConfigValue.String "ignored"))

    [<Fact>]
    member _.``masked steps do not count in a mean over time``() =
        let pooled =
            Lowering.apply (GlobalPooling.average 1 None GlobalPooling.defaults) [ embedded () ]

        let model = Model.create None "Functional" [ ids ] pooled

        let table =
            Literal.create ElementType.Float64 [ 5; 3 ] [ for index in 0..14 -> float index ]

        let row = Literal.create ElementType.Int32 [ 1; 4 ] [ 1.0; 0.0; 3.0; 0.0 ]

        Assert.Equal<float list>(
            [ 6.0; 7.0; 8.0 ],
            (Evaluation.run Mode.Inference model [ table ] [ row ]).Head.Values
            |> List.ofSeq
        )
