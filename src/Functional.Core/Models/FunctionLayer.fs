namespace Functional.Core.Models

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Tensors

/// Layers whose call is a function of symbolic tensors that users write: Lambda, and layers of their own with weights.
/// The function must give the same for the same shapes; it is called again whenever the layer becomes nodes.
[<RequireQualifiedAccess>]
module FunctionLayer =

    /// A symbolic tensor that stands for a value inside a function.
    let placeholder (shape: Shape) (elementType: ElementType) : SymbolicTensor =
        let layer = {
            ClassName = "InputLayer"
            Module = Layer.layersModule
            Name = None
            Config = []
            Body = LayerBody.Input(shape, elementType)
        }

        Lowering.apply layer [] |> List.exactlyOne

    let private standsFor (node: Node) : SymbolicTensor =
        let elementType =
            if ElementType.isFloating node.ElementType then
                ElementType.Float32
            else
                node.ElementType

        placeholder node.Shape elementType

    let private checkWeights (model: Model) : unit =
        match Model.weights model with
        | [] -> ()
        | weight :: _ ->
            invalidArg
                "function"
                $"calls a layer with weights ('{weight.Path}'), which would not be trained: call that layer outside"

    /// A layer from its weights, each with the tensor that stands for it, and a function of the inputs that may use these
    /// tensors. The results have no masks. Raises ArgumentException when a layer with weights is called inside.
    let create
        (className: string)
        (name: string option)
        (config: Config)
        (build: InputSpecification list -> (WeightSpecification * SymbolicTensor) list)
        (f: SymbolicTensor list -> SymbolicTensor list)
        : Layer =
        Layer.create className name config (build >> List.map fst) (fun context inputs ->
            let weights =
                inputs
                |> List.map (fun input -> {
                    Shape = input.Node.Shape
                    ElementType = input.Node.ElementType
                    MaskShape = input.Mask |> Option.map _.Shape
                })
                |> build
                |> List.map snd

            let given = inputs |> List.map (fun input -> standsFor input.Node)
            let model = Model.create None "Functional" (given @ weights) (f given)
            checkWeights model

            let lowered =
                inputs
                |> List.map _.Node
                |> fun nodes -> nodes @ context.Weights
                |> List.map Value.ofNode
                |> Lowering.inside
                    context
                    {
                        Mode = context.Mode
                        Floating = context.Floating
                        Weights = fun _ -> []
                        Trainable = fun _ -> context.Trainable
                        Key = context.Key
                    }
                    model

            {
                Outputs = lowered.Outputs |> List.map (fun output -> { output with Mask = None })
                Updates = []
                Losses = lowered.Losses
            })
