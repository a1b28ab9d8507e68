namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations of neural networks: activations, one-hot codes, normalization. keras/src/ops/nn.py
[<RequireQualifiedAccess>]
module NeuralOperations =

    /// An activation; arguments of Keras's class are those of the activation, given where they are missing.
    let private activation className name (defaults: Config) : OperationDefinition = {
        ClassName = className
        Module = "nn"
        Parameters = [ "x" ]
        Apply =
            fun context operands ->
                let given =
                    defaults
                    |> List.map (fun (key, fallback) ->
                        key, Config.tryFind key context.Config |> Option.defaultValue fallback)

                let node =
                    Operand.node context.Floating operands.Head
                    |> Operand.toFloating context.Floating

                [ Activated.value (Activation.ofNameWith name given) None node ]
    }

    /// An activation that is made of choices only: whole numbers stay whole.
    let private choice className name : OperationDefinition =
        OperationDefinition.unary "nn" className (fun _ node ->
            Operand.keepingTruth (List.head >> (Activation.ofName name).Apply) [ node ])

    let private oneHot =
        OperationDefinition.create "nn" "OneHot" [ "x" ] (fun context operands ->
            let indices =
                Operand.node context.Floating operands.Head |> Ops.cast ElementType.Int32

            let classes = Arguments.int "num_classes" context.Config
            Expect.positive "OneHot" "num_classes" classes

            let elementType =
                Config.string "dtype" "float32" context.Config
                |> Operand.elementType context.Floating

            let codes = Ops.oneHot classes elementType indices
            let rank = Shape.rank codes.Shape
            let axis = Expect.axis (Config.int "axis" -1 context.Config) 0 codes.Shape

            let order =
                [ 0 .. rank - 1 ]
                |> List.map (fun position ->
                    if position = axis then rank - 1
                    elif position < axis then position
                    else position - 1)

            Ops.transpose order codes)

    /// The codes of several classes together: 1 where any index of the last axis is the class.
    let private multiHot =
        OperationDefinition.create "nn" "MultiHot" [ "inputs" ] (fun context operands ->
            let indices =
                Operand.node context.Floating operands.Head |> Ops.cast ElementType.Int32

            Expect.minimumRank 1 0 indices.Shape

            let elementType =
                Config.string "dtype" "float32" context.Config
                |> Operand.elementType context.Floating

            let codes =
                Ops.oneHot (Arguments.int "num_classes" context.Config) elementType indices

            Ops.max [ Shape.rank codes.Shape - 2 ] false codes)

    /// Vectors of length 1 (in the Euclidean norm, or another) along an axis.
    let private normalize (config: Config) (node: Node) : Node =
        let axis = Expect.axis (Config.int "axis" -1 config) 0 node.Shape
        let order = Config.float "order" 2.0 config
        Expect.argument "Normalize" "order" order "at least 1" (order >= 1.0)
        let epsilon = 1e-12

        if order = 2.0 then
            let squares = Ops.sum [ axis ] true (Ops.square node)
            node * Ops.rsqrt (Ops.maximum squares (node.Number epsilon))
        else
            let powers = Ops.power (Ops.abs node) (node.Number order)

            let norm = Ops.power (Ops.sum [ axis ] true powers) (node.Number(1.0 / order))

            node / Ops.maximum norm (node.Number epsilon)

    let private axis = [ "axis", ConfigValue.Int -1L ]

    /// Every operation of this file.
    let definitions: OperationDefinition list = [
        choice "Relu" "relu"
        choice "Relu6" "relu6"
        activation "Sigmoid" "sigmoid" []
        activation "Softplus" "softplus" []
        activation "Softsign" "softsign" []
        activation "Silu" "silu" []
        activation "LogSigmoid" "log_sigmoid" []
        activation "HardSigmoid" "hard_sigmoid" []
        activation "HardSilu" "hard_silu" []
        activation "Selu" "selu" []
        activation "LeakyRelu" "leaky_relu" [ "negative_slope", ConfigValue.Float 0.2 ]
        activation "Elu" "elu" [ "alpha", ConfigValue.Float 1.0 ]
        activation "Gelu" "gelu" [ "approximate", ConfigValue.Bool true ]
        activation "Softmax" "softmax" axis
        activation "LogSoftmax" "log_softmax" axis
        oneHot
        multiHot
        OperationDefinition.floating "nn" "Normalize" normalize
    ]
