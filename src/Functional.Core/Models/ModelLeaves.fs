namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Tensors

/// The leaves that stand for a model's inputs and weights in the graphs made of it.
[<RequireQualifiedAccess>]
module ModelLeaves =

    /// Seed and step of random numbers: int32 (2,).
    let key: Node = Ops.input "key" (Shape.ofInts [ 2 ]) ElementType.Int32

    /// The type in place of a declared one: float32 stands for the type that the model computes in.
    let elementType (floating: ElementType) (declared: ElementType) : ElementType =
        match declared with
        | ElementType.Float32 -> floating
        | ElementType.Float64
        | ElementType.Int32
        | ElementType.Bool -> declared

    /// The leaf of each weight, in the order of the weights. A weight that the optimizer changes is a Parameter, one that
    /// its layer keeps is a Variable.
    let weights (floating: ElementType) (weights: Weight list) : Node list =
        weights
        |> List.map (fun weight ->
            let specification = weight.Specification

            let leaf =
                if specification.Trainable then
                    Ops.parameter
                else
                    Ops.variable

            leaf weight.Path (Shape.ofInts specification.Dimensions) (elementType floating specification.ElementType))

    /// From a layer to its weights' leaves, in the layer's order.
    let byLayer (weights: Weight list) (leaves: Node list) : Layer -> Node list =
        let table = Dictionary<Layer, List<Node>>(HashIdentity.Reference)

        for weight, leaf in List.zip weights leaves do
            match table.TryGetValue weight.Layer with
            | true, list -> list.Add leaf
            | false, _ -> table[weight.Layer] <- List [ leaf ]

        fun layer ->
            match table.TryGetValue layer with
            | true, list -> List.ofSeq list
            | false, _ -> []

    /// The names of the input leaves, in the order of the model's inputs.
    let inputNames (model: Model) : string list =
        Model.inputNames model |> List.map (fun name -> $"input/{name}")

    /// The input leaves, in the order of the model's inputs.
    let inputs (floating: ElementType) (model: Model) : Node list =
        List.map2
            (fun name (input: SymbolicTensor) -> Ops.input name input.Shape (elementType floating input.ElementType))
            (inputNames model)
            model.Inputs

    /// A model's outputs on its input leaves.
    let lower (context: LoweringContext) (model: Model) : Lowered =
        inputs context.Floating model
        |> List.map Value.ofNode
        |> Lowering.model context model

    /// Why data of these sizes does not go through a model: lengths that turn out to differ, or too few positions for a
    /// window. Raises ArgumentException that names the layer and the lengths where there is a reason.
    let refuseSizes (floating: ElementType) (sizes: Map<string, int>) (model: Model) : unit =
        let inputs =
            inputs floating model
            |> List.map (fun leaf ->
                match leaf.Operation with
                | Operation.Leaf(kind, name, shape, elementType) ->
                    Node.Create(Operation.Leaf(kind, name, Shape.bind sizes shape, elementType))
                | _ -> leaf)

        let given =
            List.map2 (fun name (input: Node) -> $"'{name}' {input.Shape}") (Model.inputNames model) inputs
            |> String.concat ", "

        let context: LoweringContext = {
            Mode = Mode.Inference
            Floating = floating
            Weights = Model.weights model |> (fun all -> byLayer all (weights floating all))
            Trainable = fun _ -> true
            Key = key
        }

        try
            inputs |> List.map Value.ofNode |> Lowering.model context model |> ignore
        with :? System.ArgumentException as error ->
            let reason = error.Message.Replace($" (Parameter '{error.ParamName}')", "")
            raise (System.ArgumentException($"{reason} The inputs have shape {given}.", error))

    /// The sizes that data of these shapes give to the names in the input shapes. Raises ArgumentException when a shape
    /// does not fit: it names the input, what is expected, and what was found.
    let bindSizes (model: Model) (shapes: int list list) : Map<string, int> =
        let bindInput (sizes: Map<string, int>) (name: string, input: SymbolicTensor, shape: int list) =
            let mismatch () =
                invalidArg
                    (nameof shapes)
                    $"Input '{name}' expects data of shape {input.Shape}, but found shape {Shape.ofInts shape}."

            match shape |> List.tryFindIndexBack (fun size -> size = 0) with
            | Some axis when axis > 0 ->
                invalidArg
                    (nameof shapes)
                    $"Input '{name}' expects data of shape {input.Shape}, but the data is empty: its axis {axis} has a length of 0."
            | _ -> ()

            if Shape.rank input.Shape <> shape.Length then
                mismatch ()

            (sizes, List.zip (Shape.dimensions input.Shape) shape |> List.indexed)
            ||> List.fold (fun sizes (axis, (dimension, size)) ->
                match Dimension.tryKnown (Dimension.bind sizes dimension), Dimension.tryName dimension with
                // Data may be several batches of a fixed size.
                | Some known, None when axis = 0 && size % known = 0 -> sizes
                | Some known, _ when known <> size -> mismatch ()
                | Some _, _ -> sizes
                | None, Some free -> Map.add free size sizes
                | None, None -> sizes)

        (Map.empty, List.zip3 (Model.inputNames model) model.Inputs shapes)
        ||> List.fold bindInput
