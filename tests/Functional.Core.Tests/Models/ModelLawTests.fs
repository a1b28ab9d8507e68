namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// What models obey whatever they compute.
type ModelLawTests() =

    static let input length =
        Model.input None [ Dimension.known length ] ElementType.Float32

    static let call layer inputs =
        Lowering.apply layer inputs |> List.exactlyOne

    static let dense units activation =
        Dense.layer None {
            Dense.defaults units with
                Activation = Activation.ofName activation
        }

    static let chain x layers =
        List.fold (fun tensor layer -> call layer [ tensor ]) x layers

    static let values (dimensions: int list) = LayerGradient.values dimensions

    static let weightValues (model: Model) =
        Model.weights model
        |> List.map (fun weight ->
            values weight.Specification.Dimensions
            |> Gen.map (
                Samples.map (fun value ->
                    if weight.Specification.Name = "moving_variance" then
                        abs value + 0.5
                    else
                        value)
            ))
        |> Gen.sequenceToList

    static let run model weights inputs =
        Evaluation.run Mode.Inference model weights inputs

    static let isSame (expected: Literal) (found: Literal) =
        Seq.forall2 (Tolerance.isClose 1e-12 1e-12) expected.Values found.Values
        && expected.Dimensions.Length = found.Dimensions.Length

    static let examples =
        gen {
            let! batch = Gen.choose (1, 4)
            let! features = Gen.choose (1, 3)
            let! data = values [ batch; features ]
            return features, data
        }

    /// A stack without batch statistics.
    static let stack units = [
        dense units "tanh"
        LayerNormalization.layer None LayerNormalization.defaults
        Dropout.layer None (Dropout.defaults 0.5)
        BatchNormalization.layer None BatchNormalization.defaults
        dense 2 "softmax"
    ]

    [<Fact>]
    member _.``a model of one batch is the model of its parts``() =
        let cases =
            gen {
                let! features, data = examples
                let! units = Gen.choose (1, 3)
                let x = input features
                let model = Model.create None "Functional" [ x ] [ chain x (stack units) ]
                let! weights = weightValues model
                return model, weights, data
            }

        Law.holds 30 (Arb.fromGen cases) (fun (model, weights, data) ->
            let rows = data.Dimensions[0]
            let width = data.Dimensions[1]

            let parts =
                [ 0 .. rows - 1 ]
                |> List.collect (fun row ->
                    let part =
                        Literal.create
                            data.ElementType
                            [ 1; width ]
                            (Seq.take width (Seq.skip (row * width) data.Values))

                    List.ofSeq (run model weights [ part ]).Head.Values)

            Seq.forall2 (Tolerance.isClose 1e-12 1e-12) parts (run model weights [ data ]).Head.Values)

    [<Fact>]
    member _.``nested, inlined and sequential models of the same layers are one graph``() =
        let cases =
            gen {
                let! features, _ = examples
                let! units = Gen.choose (1, 3)
                return features, units
            }

        Law.holds 20 (Arb.fromGen cases) (fun (features, units) ->
            let layers = stack units
            let x = input features
            let inlined = Model.create None "Functional" [ x ] [ chain x layers ]
            let sequential = Model.create None "Sequential" [ x ] [ chain x layers ]
            let inside = input features

            let inner =
                Model.create (Some "inner") "Functional" [ inside ] [ chain inside layers ]

            let nested =
                Model.create None "Functional" [ x ] [ call (Model.asLayer inner) [ x ] ]

            let text prefix (model: Model) =
                let printed =
                    (Evaluation.lower Mode.Inference model).Outputs
                    |> List.map _.Node
                    |> Graph.create
                    |> GraphPrinter.print

                printed.Replace(prefix, "")

            text "-" inlined = text "-" sequential
            && text "inner/" nested = text "-" inlined
            && (Model.weights nested
                |> List.map (fun weight -> weight.Path.Replace("inner/", "")))
                =
                (Model.weights inlined |> List.map _.Path))

    [<Fact>]
    member _.``the gradient of a shared layer is the sum over its uses``() =
        let cases =
            gen {
                let! features, data = examples
                let! activation = Gen.elements [ "tanh"; "sigmoid" ]
                let first = dense features activation
                let second = dense features activation
                let! kernel = values [ features; features ]
                let! bias = values [ features ]
                return first, second, features, data, kernel, bias
            }

        Law.holds 30 (Arb.fromGen cases) (fun (first, second, features, data, kernel, bias) ->
            let x = input features

            let gradients layers weights =
                let model = Model.create None "Functional" [ x ] [ chain x layers ]
                let output = (Evaluation.lower Mode.Inference model).Outputs.Head.Node
                let loss = Ops.sum (Ops.allAxes output) false (output * output)

                Gradient.gradients loss (Evaluation.weightLeaves model)
                |> Graph.create
                |> Interpreter.run (Evaluation.leafValues model weights [ data ])

            match
                gradients [ first; first ] [ kernel; bias ], gradients [ first; second ] [ kernel; bias; kernel; bias ]
            with
            | [ sharedKernel; sharedBias ], [ kernel1; bias1; kernel2; bias2 ] ->
                let sum (left: Literal) (right: Literal) = {
                    left with
                        Values =
                            System.Collections.Immutable.ImmutableArray.CreateRange(
                                Seq.map2 (+) left.Values right.Values
                            )
                }

                isSame (sum kernel1 kernel2) sharedKernel && isSame (sum bias1 bias2) sharedBias
            | _ -> false)

    [<Fact>]
    member _.``a chain of linear layers is one matrix``() =
        let cases =
            gen {
                let! features, data = examples
                let! middle = Gen.choose (1, 3)
                let! first = values [ features; middle ]
                let! second = values [ middle; 2 ]
                return features, middle, data, first, second
            }

        Law.holds 30 (Arb.fromGen cases) (fun (features, middle, data, first, second) ->
            let x = input features

            let linear units =
                Dense.layer None {
                    Dense.defaults units with
                        UseBias = false
                }

            let two =
                Model.create None "Functional" [ x ] [ chain x [ linear middle; linear 2 ] ]

            let one = Model.create None "Functional" [ x ] [ chain x [ linear 2 ] ]

            let product =
                [ Ops.matMul (Ops.constant first) (Ops.constant second) ]
                |> Graph.create
                |> Interpreter.run Map.empty

            isSame (run two [ first; second ] [ data ]).Head (run one product [ data ]).Head)
