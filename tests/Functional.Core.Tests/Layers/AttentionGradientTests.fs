namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Layers

/// Gradients of layers that contract several axes.
type AttentionGradientTests() =

    static let causal = [ "use_causal_mask", ConfigValue.Bool true ]
    static let scores = [ "return_attention_scores", ConfigValue.Bool true ]

    /// Query and value with their own numbers of steps, call arguments, and perhaps a mask on the query.
    static let attention (layer: int -> Layer) features =
        gen {
            let! batch = Gen.choose (1, 2)
            let! queries = Gen.choose (1, 3)
            let! keys = Gen.choose (1, 3)
            let! query = LayerGradient.values [ batch; queries; features ]
            let! value = LayerGradient.values [ batch; keys; features ]
            let! arguments = Gen.elements [ []; causal; scores ]

            let case = {
                LayerGradient.case (layer features) Mode.Inference [ query; value ] with
                    Arguments = arguments
            }

            let! mask = LayerGradient.mask batch keys
            let! isMasked = Gen.elements [ true; false ]

            return
                if isMasked then
                    {
                        case with
                            Arguments = ("value_mask", ConfigValue.Int 2L) :: arguments
                            Inputs = case.Inputs @ [ mask ]
                    }
                else
                    case
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``EinsumDense``() =
        for equation, output, bias, rank in
            [
                "ab,bc->ac", [ Some 2 ], Some "c", 2
                "abc,cd->abd", [ None; Some 2 ], Some "d", 3
                "abc,cde->abde", [ None; Some 2; Some 3 ], Some "e", 3
                "...x,xy->...y", [ Some 2 ], None, 3
                "ab...,bc->ac...", [ Some 3 ], Some "c", 3
            ] do
            gen {
                let! shape = LayerGradient.shapes rank

                return
                    EinsumDense.layer None {
                        EinsumDense.defaults equation output with
                            BiasAxes = bias
                            Activation = Activation.ofName "tanh"
                    },
                    shape
            }
            |> LayerGradient.holdsFor Mode.Inference

    [<Fact>]
    member _.``Attention and AdditiveAttention``() =
        attention
            (fun _ ->
                Attention.layer None {
                    Attention.defaults with
                        UseScale = true
                })
            2

        attention
            (fun _ ->
                Attention.layer None {
                    Attention.defaults with
                        UseScale = true
                        ScoreMode = ScoreMode.Concat
                })
            3

        attention (fun _ -> Attention.additive None true 0.0) 2

    [<Fact>]
    member _.``MultiHeadAttention``() =
        attention (fun _ -> MultiHeadAttention.layer None (MultiHeadAttention.defaults 2 2)) 3

    [<Fact>]
    member _.``GroupQueryAttention``() =
        attention (fun _ -> GroupQueryAttention.layer None (GroupQueryAttention.defaults 2 4 2)) 2

    [<Fact>]
    member _.``MultiHeadAttention over two axes``() =
        gen {
            let! shape = LayerGradient.shapes 4
            let! query = LayerGradient.values shape
            let! value = LayerGradient.values (List.updateAt 3 2 shape)

            let layer =
                MultiHeadAttention.layer None {
                    MultiHeadAttention.defaults 2 2 with
                        ValueDim = Some 3
                        OutputShape = Some [ 2 ]
                        AttentionAxes = Some [ 1; 2 ]
                }

            return LayerGradient.case layer Mode.Inference [ query; value ]
        }
        |> LayerGradient.holds
