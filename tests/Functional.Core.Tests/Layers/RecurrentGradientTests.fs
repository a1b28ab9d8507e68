namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers

/// Gradients of recurrent layers, by inputs, first states and weights, over random shapes, options and masks.
type RecurrentGradientTests() =

    static let flag name =
        Gen.elements [ true; false ]
        |> Gen.map (fun value -> name, ConfigValue.Bool value)

    /// Which way, what is given, and what masked steps give.
    static let loop =
        gen {
            let! sequences = flag "return_sequences"
            let! state = flag "return_state"
            let! backwards = flag "go_backwards"
            let! zero = flag "zero_output_for_mask"
            return [ sequences; state; backwards; zero ]
        }

    /// A layer on a sequence with `rank` axes after batch and time, perhaps with first states and a mask, in training
    /// (with dropout, if it has any) or not.
    static let holds features (stateCount: int) (stateLengths: int list) (layer: Config -> Layer) =
        gen {
            let! batch = Gen.choose (1, 2)
            let! steps = Gen.choose (1, 3)
            let! config = loop
            let! sequence = LayerGradient.values ([ batch; steps ] @ features)
            let! hasState = Gen.elements [ true; false ]

            let! states =
                List.replicate (if hasState then stateCount else 0) (LayerGradient.values (batch :: stateLengths))
                |> Gen.sequenceToList

            let! mode = Gen.elements [ Mode.Training; Mode.Inference ]
            let! isMasked = Gen.elements [ true; false ]
            let! bits = Gen.listOfLength (batch * steps) (Gen.elements [ 0.0; 1.0 ])
            let case = LayerGradient.case (layer config) mode (sequence :: states)

            return
                if isMasked then
                    Functional.Core.Tensors.Literal.create
                        Functional.Core.Tensors.ElementType.Bool
                        [ batch; steps ]
                        bits
                    |> fun mask -> LayerGradient.masked mask case
                else
                    case
        }
        |> LayerGradient.holds

    static let dropouts = [ "dropout", ConfigValue.Float 0.4; "recurrent_dropout", ConfigValue.Float 0.3 ]
    static let units = "units", ConfigValue.Int 2L

    static let make className config =
        LayerRegistry.create className None config

    [<Fact>]
    member _.``SimpleRNN``() =
        holds [ 3 ] 1 [ 2 ] (fun config -> make "SimpleRNN" (units :: config))

    [<Fact>]
    member _.``SimpleRNN with dropout and without bias``() =
        holds [ 3 ] 1 [ 2 ] (fun config ->
            make "SimpleRNN" (units :: ("use_bias", ConfigValue.Bool false) :: config @ dropouts))

    [<Fact>]
    member _.``LSTM``() =
        holds [ 3 ] 2 [ 2 ] (fun config -> make "LSTM" (units :: config))

    [<Fact>]
    member _.``LSTM with dropout and without bias``() =
        holds [ 3 ] 2 [ 2 ] (fun config ->
            make "LSTM" (units :: ("use_bias", ConfigValue.Bool false) :: config @ dropouts))

    [<Fact>]
    member _.``GRU, the state reset after its kernel``() =
        holds [ 3 ] 1 [ 2 ] (fun config -> make "GRU" (units :: config))

    [<Fact>]
    member _.``GRU, the state reset before its kernel``() =
        holds [ 3 ] 1 [ 2 ] (fun config -> make "GRU" (units :: ("reset_after", ConfigValue.Bool false) :: config))

    [<Fact>]
    member _.``GRU with a mask of dropout for every gate``() =
        for resetAfter in [ true; false ] do
            holds [ 3 ] 1 [ 2 ] (fun config ->
                make "GRU" (units :: ("reset_after", ConfigValue.Bool resetAfter) :: config @ dropouts))

    [<Fact>]
    member _.``cells in a row``() =
        let cell className others =
            CellRegistry.create className None (units :: others)

        holds [ 3 ] 4 [ 2 ] (fun config ->
            StackedRNNCells.cell None [ cell "SimpleRNNCell" []; cell "LSTMCell" dropouts; cell "GRUCell" [] ]
            |> RNN.layer None (RecurrentLoop.ofConfig config))

    [<Fact>]
    member _.``Bidirectional with every merge``() =
        for merge in [ Some "concat"; Some "sum"; Some "mul"; Some "ave"; None ] do
            holds [ 2 ] 2 [ 2 ] (fun config ->
                Bidirectional.layer LayerRegistry.create None merge (make "GRU" (units :: config)) None)

    [<Fact>]
    member _.``ConvLSTM1D``() =
        holds [ 3; 2 ] 2 [ 3; 2 ] (fun config ->
            make
                "ConvLSTM1D"
                ([
                    "filters", ConfigValue.Int 2L
                    "kernel_size", ConfigValue.Int 2L
                    "padding", ConfigValue.String "same"
                 ]
                 @ config
                 @ dropouts))

    [<Fact>]
    member _.``ConvLSTM2D with strides and channels first``() =
        holds [ 2; 2; 2 ] 2 [ 1; 1; 1 ] (fun config ->
            make
                "ConvLSTM2D"
                ([
                    "filters", ConfigValue.Int 1L
                    "kernel_size", ConfigValue.Int 2L
                    "strides", ConfigValue.Int 2L
                    "padding", ConfigValue.String "same"
                    "data_format", ConfigValue.String "channels_first"
                 ]
                 @ config))

    [<Fact>]
    member _.``TimeDistributed``() =
        for inner in [ make "Dense" [ units ]; make "BatchNormalization" []; make "LSTM" [ units ] ] do
            gen {
                let! lengths = LayerGradient.shapes 3

                let layer =
                    LayerRegistry.createWith (fun _ -> inner) (fun _ -> ConfigValue.Null) "TimeDistributed" None

                let! mode = Gen.elements [ Mode.Training; Mode.Inference ]

                // Batch normalization needs two samples, else all results are 0 and differences are noise.
                let shape =
                    match inner.ClassName with
                    | "LSTM" -> lengths @ [ 2 ]
                    | _ -> 3 :: lengths.Tail

                let! input = LayerGradient.values shape
                return LayerGradient.case (layer [ "layer", ConfigValue.Object [] ]) mode [ input ]
            }
            |> LayerGradient.holds
