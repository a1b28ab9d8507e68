namespace Functional.Runtime.Tests.Sessions

open System
open Functional.Core.Activations
open Functional.Core.Layers
open Functional.Core.Losses
open Functional.Core.Metrics
open Functional.Core.Models
open Functional.Core.Optimizers
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Sessions

/// Models small enough to read, ready to train.
[<RequireQualifiedAccess>]
module SmallModels =

    let private apply (layer: Layer) (input: SymbolicTensor) : SymbolicTensor =
        Lowering.apply layer [ input ] |> List.exactlyOne

    let private dense units activation useBias (input: SymbolicTensor) : SymbolicTensor =
        apply
            (Dense.layer None {
                Dense.defaults units with
                    Activation = Activation.ofName activation
                    UseBias = useBias
            })
            input

    /// Two inputs, two sigmoid units, two sigmoid outputs, no biases: the textbook's example of backpropagation.
    let backpropagation: Model =
        let input = Model.input None [ Dimension.known 2 ] ElementType.Float32
        Model.create None "Functional" [ input ] [ input |> dense 2 "sigmoid" false |> dense 2 "sigmoid" false ]

    /// A classifier of twenty numbers into three classes, with dropout.
    let classifier: Model =
        let input = Model.input None [ Dimension.known 20 ] ElementType.Float32

        let hidden =
            input
            |> dense 32 "relu" true
            |> apply (Dropout.layer None (Dropout.defaults 0.25))

        Model.create None "Functional" [ input ] [ dense 3 "softmax" true hidden ]

    /// The elements of a tensor of floats.
    let values (tensor: HostTensor) : float32 array = tensor.AsSpan<float32>().ToArray()

    let tensor (shape: int list) (values: float32 seq) : HostTensor =
        HostTensor.Create(ReadOnlySpan(Array.ofList shape), ReadOnlySpan(Array.ofSeq values))

    /// A step of a model with one output.
    let step
        (floating: ElementType)
        (loss: string)
        (optimizer: Optimizer)
        (target: Shape * ElementType)
        (model: Model)
        : TrainingStep =
        let output = model.Outputs.Head

        TrainingStep.create model {
            Outputs = [
                {
                    Loss = Some(Loss.ofName loss)
                    LossWeight = 1.0
                    Metrics = [ "accuracy", MetricRegistry.ofName "accuracy" (fst target) output.Shape ]
                    WeightedMetrics = []
                    Target = Some target
                    SampleWeight = None
                }
            ]
            Optimizer = optimizer
            Trainable = fun _ -> true
            Floating = floating
        }

    /// The initial weights of a model, from a seed.
    let initialWeights (seed: int) (model: Model) : HostTensor array =
        Model.weights model
        |> List.mapi (fun index weight ->
            let dimensions = weight.Specification.Dimensions
            let values = weight.Specification.Initializer.Values (seed + index) dimensions
            tensor dimensions (Seq.map float32 values))
        |> Array.ofList

    /// Rows of a made-up classification problem: inputs and labels.
    let rows (count: int) : HostTensor * HostTensor =
        let random = Random 11
        let inputs = Array.init (count * 20) (fun _ -> random.NextSingle() - 0.5f)

        let labels =
            Array.init count (fun row ->
                let total = Array.sum inputs[row * 20 .. row * 20 + 19]

                if total < -0.5f then 0
                elif total < 0.5f then 1
                else 2)

        tensor [ count; 20 ] inputs, HostTensor.Create(ReadOnlySpan [| count |], ReadOnlySpan labels)

    /// A session on the classifier with its data.
    let internal classifierSession (seed: int) : TrainingSession =
        let target = Shape.create [ Dimension.batch ], ElementType.Int32

        let step =
            step ElementType.Float32 "sparse_categorical_crossentropy" (Optimizer.ofName "adam") target classifier

        let session = new TrainingSession(step, ElementType.Float32, seed)
        session.SetWeights(initialWeights seed classifier)
        session.LearningRate <- 0.01
        let inputs, labels = rows 256
        session.SetData [| inputs; labels |]
        session
