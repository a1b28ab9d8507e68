namespace Functional.Runtime.Interop

open System
open System.Text.Json.Nodes
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// How the facade makes layers, calls them, and asks about them.
[<AbstractClass; Sealed>]
type internal LayerInterop =

    /// The layer of a Keras class with Keras's arguments. Raises ArgumentException when class or arguments are wrong.
    static member Create(className: string, name: string | null, config: JsonObject) : Layer =
        LayerRegistry.create className (Option.ofObj name) (ConfigJson.toConfig config)

    /// A model input. Lengths of null are decided by data; each such axis has a name of its own, made from the prefix,
    /// so that inputs may have different lengths there.
    static member Input
        (
            name: string | null,
            axisPrefix: string,
            batchSize: Nullable<int>,
            dimensions: Nullable<int> array,
            elementType: ElementKind
        ) : SymbolicTensor =
        let named axis (length: Nullable<int>) =
            if length.HasValue then
                Dimension.known length.Value
            else
                Dimension.unnamed $"{axisPrefix}{axis + 1}"

        Model.inputOfBatch
            (Option.ofObj name)
            (Option.ofNullable batchSize)
            (dimensions |> Seq.mapi named |> List.ofSeq)
            (ElementKinds.toCore elementType)

    /// The results of calling a layer. Raises ArgumentException with the layer's name when the inputs do not fit.
    static member Apply(layer: Layer, inputs: SymbolicTensor array) : SymbolicTensor array =
        Lowering.apply layer (List.ofArray inputs) |> Array.ofList

    /// The results of calling a layer with Keras's call arguments: values under their names, and inputs under the names of
    /// the arguments that they are ("mask", "attention_mask"...), which come after all other inputs. Raises
    /// ArgumentException with the layer's name when the inputs do not fit, or it takes no such arguments.
    static member ApplyWith
        (layer: Layer, inputs: SymbolicTensor array, tensors: struct (string * SymbolicTensor) array, values: JsonObject) : SymbolicTensor array =
        let refuse argument =
            invalidArg
                argument
                $"Layer '{Layer.displayName layer}' ({layer.ClassName}): its call takes no argument '{argument}'."

        let values = ConfigJson.toConfig values

        if
            List.exists (fst >> (=) "training") values
            && not (CallArguments.takesTraining layer)
        then
            refuse "training"

        let given =
            tensors
            |> Seq.mapi (fun index struct (name, _) -> name, Arguments.ofInt (inputs.Length + index))
            |> List.ofSeq

        match given |> List.tryFind (fun (name, _) -> name <> "attention_mask") with
        | Some(name, _) when not (CallArguments.takesMask layer) -> refuse name
        | _ -> ()

        [ yield! inputs; for struct (_, tensor) in tensors -> tensor ]
        |> Lowering.applyWith (values @ given) layer
        |> Array.ofList

    /// The weights of the layer whose call made a tensor.
    static member Weights(result: SymbolicTensor) : WeightDescription array =
        let layer = result.Call.Layer
        let path = Layer.displayName layer

        Lowering.callWeights result.Call
        |> Seq.mapi (fun index specification ->
            WeightDescription(layer, index, $"{path}/{specification.Name}", specification))
        |> Array.ofSeq

    /// Whether the layer's weights are trained unless told otherwise.
    static member IsTrainable(layer: Layer) : bool = Layer.isTrainable layer

    /// The user's name, or the name the layer would get.
    static member DisplayName(layer: Layer) : string = Layer.displayName layer

    /// The name that a layer of a class gets where nobody gave it one.
    static member AutomaticName(className: string) : string = Layer.snakeCase className

    /// Keras's class name.
    static member ClassName(layer: Layer) : string = layer.ClassName

    /// Keras's constructor arguments.
    static member Config(layer: Layer) : JsonObject = ConfigJson.ofConfig layer.Config

    /// Whether it is one of Keras's operations, which are not counted among the layers.
    static member IsOperation(layer: Layer) : bool = Layer.isOperation layer

    /// Whether it stands for a model input.
    static member IsInput(layer: Layer) : bool =
        match layer.Body with
        | LayerBody.Input _ -> true
        | LayerBody.Function _
        | LayerBody.Nested _ -> false

    /// An input's lengths, batch first; null where data decides. Nothing for other layers.
    static member InputShape(layer: Layer) : Nullable<int> array =
        match layer.Body with
        | LayerBody.Input(shape, _) -> SymbolicInterop.DimensionsOf shape
        | LayerBody.Function _
        | LayerBody.Nested _ -> [||]

    /// The type of an input's elements; float32 for other layers.
    static member InputElementType(layer: Layer) : ElementKind =
        match layer.Body with
        | LayerBody.Input(_, elementType) -> ElementKinds.ofCore elementType
        | LayerBody.Function _
        | LayerBody.Nested _ -> ElementKind.Float32

    /// What Keras saves of a layer inside another one: class, name and arguments.
    static member Saved(layer: Layer) : JsonObject =
        ConfigJson.ofConfig (LayerRegistry.toConfig (Layer.displayName layer) layer)
