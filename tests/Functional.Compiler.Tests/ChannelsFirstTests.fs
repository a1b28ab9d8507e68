namespace Functional.Compiler.Tests

open Functional.Compiler.Passes
open Functional.Core.Configuration
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Tensors
open Xunit

/// Layers with channels first turn their values to channels last and back; between layers the turns cancel.
module ChannelsFirstTests =

    let private int value = ConfigValue.Int value

    let private make className (config: Config) =
        LayerRegistry.create className None (("data_format", ConfigValue.String "channels_first") :: config)

    let private stack: Layer list = [
        make "Conv2D" [
            "filters", int 4L
            "kernel_size", int 3L
            "activation", ConfigValue.String "relu"
        ]
        make "MaxPooling2D" []
        make "SeparableConv2D" [
            "filters", int 6L
            "kernel_size", int 3L
            "padding", ConfigValue.String "same"
            "activation", ConfigValue.String "tanh"
        ]
        make "Conv2DTranspose" [ "filters", int 2L; "kernel_size", int 2L; "strides", int 2L ]
        make "AveragePooling2D" [ "pool_size", int 3L; "padding", ConfigValue.String "same" ]
    ]

    let private isTurn (node: Node) =
        match node.Operation with
        | Operation.Transpose _ -> Shape.rank node.Shape = 4
        | _ -> false

    /// The transposes of images in a graph, after every pass.
    let private turns (nodes: Node list) : int =
        (Graph.create nodes, Pipeline.passes)
        ||> List.fold (fun graph (_, pass) -> pass graph)
        |> _.Nodes
        |> Seq.filter isTurn
        |> Seq.length

    let private lowered () : Node * Node list * Node =
        let input = Ops.input "x" (Shape.ofInts [ 2; 3; 12; 12 ]) ElementType.Float32

        let apply (node: Node, parameters: Node list) (position, layer: Layer) =
            match layer.Body with
            | LayerBody.Function(build, call) ->
                let weights =
                    build [
                        {
                            Shape = node.Shape
                            ElementType = node.ElementType
                            MaskShape = None
                        }
                    ]
                    |> List.map (fun weight ->
                        Ops.parameter $"{position}/{weight.Name}" (Shape.ofInts weight.Dimensions) ElementType.Float32)

                let context = {
                    Mode = Mode.Training
                    Trainable = true
                    Weights = weights
                    Key = Ops.input "key" (Shape.ofInts [ 2 ]) ElementType.Int32
                    Stream = 0
                    Repetition = 0
                    Floating = ElementType.Float32
                    Arguments = []
                }

                (call context [ Value.ofNode node ]).Outputs.Head.Node, parameters @ weights
            | body -> invalidOp $"A layer of this test computes, but this is %A{body}."

        let output, parameters = ((input, []), List.indexed stack) ||> List.fold apply
        input, parameters, output

    [<Fact>]
    let ``only the first and the last turn stay in prediction`` () =
        let _, _, output = lowered ()
        Assert.Equal(2, turns [ output ])

    [<Fact>]
    let ``a training step turns its input and its result, and nothing on the way back`` () =
        let _, parameters, output = lowered ()
        let loss = Ops.mean (Ops.allAxes output) false (Ops.square output)
        Assert.Equal(2, turns (loss :: Gradient.gradients loss parameters))
