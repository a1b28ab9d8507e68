namespace Functional.Compiler.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors

/// Small computations that everybody knows, as their layers and optimizers would write them.
module KnownComputations =

    let private number = ElementType.Float32

    let private leaf name sizes =
        Ops.input name (Shape.ofInts sizes) number

    let private parameter name sizes =
        Ops.parameter name (Shape.ofInts sizes) number

    let private relu (x: Node) =
        Ops.select (Ops.greater x (x.Number 0.0)) x (x.Number 0.0)

    /// relu(x * w + b).
    let denseRelu () : Computation =
        let x = Ops.input "x" (Shape.create [ Dimension.batch; Dimension.known 32 ]) number
        let y = Ops.dense (parameter "w" [ 32; 64 ]) x + parameter "b" [ 64 ]

        {
            Results = [ "y", relu y ]
            Updates = []
        }

    /// The mean cross-entropy of logits + b against labels, and its gradients.
    let softmaxCrossEntropy () : Computation =
        let logits = leaf "logits" [ 32; 10 ]
        let bias = parameter "b" [ 10 ]
        let labels = Ops.input "labels" (Shape.ofInts [ 32 ]) ElementType.Int32
        let expected = Ops.oneHot 10 number labels
        let rows = -(Ops.sum [ -1 ] false (expected * Ops.logSoftmax -1 (logits + bias)))
        let loss = Ops.mean [ 0 ] false rows

        match Gradient.gradients loss [ logits; bias ] with
        | [ ofLogits; ofBias ] -> {
            Results = [ "loss", loss; "gradient", ofLogits; "bias gradient", ofBias ]
            Updates = []
          }
        | _ -> failwith "Two gradients were asked for."

    /// One Adam step of a parameter.
    let adam () : Computation =
        let gradient = leaf "gradient" [ 100; 10 ]
        let value = parameter "value" [ 100; 10 ]
        let momentum = Ops.variable "momentum" value.Shape number
        let velocity = Ops.variable "velocity" value.Shape number
        let step = Ops.variable "step" Shape.scalar number
        let next = step + 1.0

        let correction decay =
            1.0 - Ops.power (step.Number decay) next

        let rate =
            Ops.input "rate" Shape.scalar number * Ops.sqrt (correction 0.999)
            / correction 0.9

        let nextMomentum = momentum + (gradient - momentum) * 0.1
        let nextVelocity = velocity + (Ops.square gradient - velocity) * 0.001

        {
            Results = []
            Updates = [
                step, next
                momentum, nextMomentum
                velocity, nextVelocity
                value, value - nextMomentum * rate / (Ops.sqrt nextVelocity + 1e-7)
            ]
        }

    /// Layer normalization over the last axis with scale and offset.
    let layerNormalization () : Computation =
        let x = leaf "x" [ 4; 8; 16 ]
        let scale = parameter "gamma" [ 16 ]
        let offset = parameter "beta" [ 16 ]

        let normalized =
            (x - Ops.mean [ -1 ] true x) * Ops.rsqrt (Ops.variance [ -1 ] true x + 1e-3)

        {
            Results = [ "y", normalized * scale + offset ]
            Updates = []
        }

    /// A training step on XOR: two dense layers, binary cross-entropy, gradient descent.
    let exclusiveOr () : Computation =
        let x = leaf "x" [ 4; 2 ]
        let y = leaf "y" [ 4; 1 ]
        let rate = leaf "rate" []

        let weights = [
            parameter "w0" [ 2; 4 ]
            parameter "b0" [ 4 ]
            parameter "w1" [ 4; 1 ]
            parameter "b1" [ 1 ]
        ]

        let hidden = Ops.tanh (Ops.dense weights[0] x + weights[1])
        let logits = Ops.dense weights[2] hidden + weights[3]
        let loss = Ops.mean [ 0; 1 ] false (Ops.softplus logits - y * logits)

        {
            Results = [ "loss", loss ]
            Updates =
                List.map2 (fun weight slope -> weight, weight - rate * slope) weights (Gradient.gradients loss weights)
        }

    /// A step of plain gradient descent on one weight.
    let gradientDescent () : Computation =
        let weight = parameter "w" [ 256; 128 ]
        let rate = leaf "rate" []
        let error = Ops.dense weight (leaf "x" [ 32; 256 ]) - leaf "y" [ 32; 128 ]

        let slope =
            (Gradient.gradients (Ops.sum [ 0; 1 ] false (error * error)) [ weight ]).Head

        {
            Results = []
            Updates = [ weight, weight - rate * slope ]
        }

    /// The gradient of a weight that two products use.
    let sharedWeight () : Computation =
        let weight = parameter "w" [ 16; 8 ]

        let loss =
            [ leaf "x0" [ 32; 16 ]; leaf "x1" [ 32; 16 ] ]
            |> List.map (fun x -> Ops.sum [ 0; 1 ] false (Ops.tanh (Ops.dense weight x)))
            |> List.reduce (+)

        {
            Results = [ "slope", (Gradient.gradients loss [ weight ]).Head ]
            Updates = []
        }

    /// A training step of two relu layers and softmax with Adam.
    let classifier () : Computation =
        let x = leaf "x" [ 64; 784 ]
        let labels = Ops.input "labels" (Shape.ofInts [ 64 ]) ElementType.Int32
        let rate = leaf "rate" []
        let sizes = [ 784; 128; 64; 10 ]

        let weights = [
            for position, (rows, columns) in List.indexed (List.pairwise sizes) do
                parameter $"w{position}" [ rows; columns ]
                parameter $"b{position}" [ columns ]
        ]

        let dense position x =
            Ops.dense weights[2 * position] x + weights[2 * position + 1]

        let logits = dense 0 x |> relu |> dense 1 |> relu |> dense 2

        let loss =
            -(Ops.mean [ 0 ] false (Ops.sum [ -1 ] false (Ops.oneHot 10 number labels * Ops.logSoftmax -1 logits)))

        let update (position: int, (weight: Node, gradient: Node)) =
            let momentum = Ops.variable $"momentum{position}" weight.Shape number
            let velocity = Ops.variable $"velocity{position}" weight.Shape number
            let nextMomentum = momentum + (gradient - momentum) * 0.1
            let nextVelocity = velocity + (Ops.square gradient - velocity) * 0.001

            [
                momentum, nextMomentum
                velocity, nextVelocity
                weight, weight - nextMomentum * rate / (Ops.sqrt nextVelocity + 1e-7)
            ]

        {
            Results = [ "loss", loss ]
            Updates =
                List.zip weights (Gradient.gradients loss weights)
                |> List.indexed
                |> List.collect update
        }

    /// The loop of an LSTM layer over five steps and the gradients of a loss on all its outputs.
    let lstm () : Computation =
        let units = 4
        let sequence = leaf "sequence" [ 5; 8; 6 ]
        let kernel = parameter "kernel" [ 6; 4 * units ]
        let recurrent = parameter "recurrent kernel" [ units; 4 * units ]
        let bias = parameter "bias" [ 4 * units ]
        let zeros = Ops.broadcastTo (Shape.ofInts [ 8; units ]) (Ops.scalar number 0.0)

        let gate position (z: Node) =
            Ops.sliceAxis 1 (Dimension.known (position * units)) (Dimension.known ((position + 1) * units)) z

        let _, stacks =
            Scanning.scan false [ zeros; zeros ] [ sequence ] (fun carries current ->
                let z = Ops.matMul current[0] kernel + Ops.matMul carries[0] recurrent + bias

                let input, forget, output =
                    Ops.sigmoid (gate 0 z), Ops.sigmoid (gate 1 z), Ops.sigmoid (gate 3 z)

                let cell = forget * carries[1] + input * Ops.tanh (gate 2 z)
                let state = output * Ops.tanh cell
                [ state; cell ], [ state ])

        let loss = Ops.sum [ 0; 1; 2 ] false (Ops.square stacks[0])

        {
            Results =
                List.zip
                    [ "loss"; "kernel"; "recurrent kernel"; "bias" ]
                    (loss :: Gradient.gradients loss [ kernel; recurrent; bias ])
            Updates = []
        }
