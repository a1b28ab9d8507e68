namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers

/// Masks as tensors that Keras's operations compute. Keras passes the mask of a tensor on by itself where a layer is called
/// on that tensor alone; a layer that is called with its first states is told its mask, or has none
/// (keras/src/layers/layer.py, __call__). So such calls are saved with the mask as an argument.
[<RequireQualifiedAccess>]
module internal StatedMasks =

    let private operate className config arguments (inputs: SymbolicTensor list) : SymbolicTensor =
        let positional =
            (inputs |> List.mapi (fun position _ -> OperationCall.input position))
            @ arguments

        Lowering.applyWith
            (OperationCall.arguments positional [])
            (OperationRegistry.create className None config)
            inputs
        |> List.exactlyOne

    let private isNotEqual (value: ConfigValue) (tensor: SymbolicTensor) : SymbolicTensor =
        operate "NotEqual" [] [ value ] [ tensor ]

    let private isAny (tensor: SymbolicTensor) : SymbolicTensor =
        operate "Any" [ "axis", ConfigValue.Int -1L; "keepdims", ConfigValue.Bool false ] [] [ tensor ]

    /// The mask that comes with a tensor, computed as Keras does; None where it has no mask, or one that is made in another
    /// way.
    let rec tryOf (tensor: SymbolicTensor) : SymbolicTensor option =
        let call = tensor.Call

        let masked =
            CallArguments.own call.Arguments id call.Inputs |> List.filter _.HasMask

        match call.Layer.Body, call.Layer.ClassName, masked with
        | _ when not tensor.HasMask -> None
        | LayerBody.Input _, _, _
        | LayerBody.Nested _, _, _ -> None
        | LayerBody.Function _, "Masking", _ ->
            let value = Config.float "mask_value" 0.0 call.Layer.Config
            Some(isAny (isNotEqual (ConfigValue.Float value) call.Inputs.Head))
        | LayerBody.Function _, "Embedding", _ -> Some(isNotEqual (ConfigValue.Int 0L) call.Inputs.Head)
        | LayerBody.Function _, "Concatenate", _ -> None
        | LayerBody.Function _, ("Add" | "Subtract" | "Multiply" | "Average" | "Maximum" | "Minimum"), first :: others ->
            (tryOf first, others)
            ||> List.fold (fun mask other ->
                Option.map2 (fun left right -> operate "LogicalOr" [] [] [ left; right ]) mask (tryOf other))
        | LayerBody.Function _, _, first :: _ when first.MaskShape = tensor.MaskShape -> tryOf first
        | LayerBody.Function _, _, _ -> None

    /// Whether two tensors are the same operations of the same tensors.
    let areEqual (left: SymbolicTensor) (right: SymbolicTensor) : bool =
        let leaves = Dictionary<struct (LayerCall * int), Node>(HashIdentity.Structural)

        let rec node (tensor: SymbolicTensor) : Node =
            match tensor.Call.Layer.Body with
            | LayerBody.Function(_, call) when Layer.isOperation tensor.Call.Layer ->
                let context = {
                    Cell.shapesOnly [] with
                        Arguments = tensor.Call.Arguments
                }

                let inputs = tensor.Call.Inputs |> List.map (node >> Value.ofNode)
                (call context inputs).Outputs[tensor.Index].Node
            | LayerBody.Function _
            | LayerBody.Input _
            | LayerBody.Nested _ ->
                let key = struct (tensor.Call, tensor.Index)

                match leaves.TryGetValue key with
                | true, leaf -> leaf
                | false, _ ->
                    let leaf = Ops.input $"{leaves.Count}" tensor.Shape tensor.ElementType
                    leaves[key] <- leaf
                    leaf

        let graph = Graph.create [ node left; node right ]
        obj.ReferenceEquals(graph.Outputs[0], graph.Outputs[1])

    /// Whether Keras has to be told the mask of a call's first input.
    let private isUnstated (call: LayerCall) : bool =
        let masks = CallArguments.maskInputs call.Arguments

        CallArguments.takesStates call.Layer.ClassName
        && call.Inputs.Head.HasMask
        && call.Inputs.Length > masks.Length + 1
        && not (List.exists (fst >> (=) "mask") call.Arguments)

    let private stated (call: LayerCall) (inputs: SymbolicTensor list) : SymbolicTensor list =
        match tryOf inputs.Head with
        | Some mask ->
            let arguments = call.Arguments @ [ "mask", Arguments.ofInt inputs.Length ]
            Lowering.applyWith arguments call.Layer (inputs @ [ mask ])
        | None ->
            let name = Layer.displayName call.Layer
            let origin = Layer.displayName inputs.Head.Call.Layer

            invalidArg
                "model"
                $"Layer '{name}' ({call.Layer.ClassName}) is called with first states on a sequence whose mask comes from '{origin}' ({inputs.Head.Call.Layer.ClassName}). Files of Keras hold no mask of that kind beside first states: give the call its mask as an argument."

    /// Layers keep their names, and operations that came in get names that are free.
    let private named (original: Model) (changed: Model) : Model =
        let taken = HashSet<string>(original.Layers |> Seq.map snd)

        let fresh (layer: Layer) =
            let stem = Layer.snakeCase layer.ClassName

            Seq.initInfinite (fun index -> if index = 0 then stem else $"{stem}_{index}")
            |> Seq.find taken.Add

        let name (layer: Layer) =
            original.Layers
            |> List.tryFind (fun (candidate, _) -> obj.ReferenceEquals(candidate, layer))
            |> Option.map snd
            |> Option.defaultWith (fun () -> fresh layer)

        {
            changed with
                Layers = changed.Layers |> List.map (fun (layer, _) -> layer, name layer)
        }

    /// The model with all masks as arguments that Keras would not pass on by itself. Raises ArgumentException where a mask
    /// cannot be stated.
    let ofModel (model: Model) : Model =
        let replaced = Dictionary<LayerCall, SymbolicTensor list>(HashIdentity.Reference)

        let current (tensor: SymbolicTensor) : SymbolicTensor =
            match replaced.TryGetValue tensor.Call with
            | true, results -> results[tensor.Index]
            | false, _ -> tensor

        for call in model.Calls do
            let inputs = call.Inputs |> List.map current

            if isUnstated call then
                replaced[call] <- stated call inputs
            elif not (List.forall2 (fun one other -> obj.ReferenceEquals(one, other)) inputs call.Inputs) then
                replaced[call] <- Lowering.applyWith call.Arguments call.Layer inputs

        if replaced.Count = 0 then
            model
        else
            model.Outputs
            |> List.map current
            |> Model.create model.ModelName model.ModelClass model.Inputs
            |> named model
