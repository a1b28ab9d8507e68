namespace Functional.Core.Models

open System.Collections.Generic
open Functional.Core.Configuration
open Functional.Core.Layers

/// From a saved call to the inputs of a layer and the other arguments of its call.
[<RequireQualifiedAccess>]
module internal ReadCall =

    /// Whether a class's own call has training=True as default, which says nothing about what a user wanted.
    let private trainsByDefault (className: string) : bool =
        className.StartsWith("Random", System.StringComparison.Ordinal)

    /// The names of tensor arguments that come before others, in the order of the layer's inputs.
    let private inputNames: string list = [ "inputs"; "query"; "value"; "key" ]

    /// A list of masks is one for query, value and key each.
    let private maskPerInput (name: string, argument: SavedArgument) : (string * SavedArgument) list =
        let names = [ "query_mask"; "value_mask"; "key_mask" ]

        match argument with
        | SavedArgument.Tensors parts -> List.zip (List.truncate parts.Length names) parts
        | SavedArgument.Value(ConfigValue.List parts) ->
            List.zip (List.truncate parts.Length names) (List.map SavedArgument.Value parts)
        | SavedArgument.Tensor _
        | SavedArgument.Value _ -> [ name, argument ]

    /// The inputs of a saved call, and its other arguments.
    let arguments
        (className: string)
        (isOperation: SavedTensor -> bool)
        (find: SavedTensor -> SymbolicTensor)
        (saved: SavedCall)
        : SymbolicTensor list * Config =
        let isMask name =
            List.exists (fun (mask, _) -> mask = name) CallArguments.maskNames

        let masks, others = saved.Named |> List.partition (fst >> isMask)
        let masks = List.collect maskPerInput masks
        let named = others |> List.filter (snd >> SavedCall.tensors >> List.isEmpty >> not)

        let first =
            (saved.Positional |> List.collect SavedCall.tensors)
            @ (inputNames
               |> List.collect (fun name ->
                   named
                   |> List.filter (fst >> (=) name)
                   |> List.collect (snd >> SavedCall.tensors)))

        let later =
            named |> List.filter (fun (name, _) -> not (List.contains name inputNames))

        let inputs =
            first @ (later |> List.collect (snd >> SavedCall.tensors)) |> List.map find

        let positions =
            later
            |> List.map (snd >> SavedCall.tensors >> List.length)
            |> List.scan (+) first.Length

        let laterArguments =
            List.zip later (List.take later.Length positions)
            |> List.filter (fun ((name, _), _) -> name = "attention_mask")
            |> List.map (fun ((name, _), position) -> name, Arguments.ofInt position)

        let values =
            others
            |> List.choose (fun (name, argument) ->
                match argument with
                | SavedArgument.Value ConfigValue.Null
                | SavedArgument.Tensor _
                | SavedArgument.Tensors _ -> None
                | SavedArgument.Value(ConfigValue.Bool false) when
                    not (name = "training" && CallArguments.keepsInference className)
                    ->
                    None
                | SavedArgument.Value _ when name = "training" && trainsByDefault className -> None
                | SavedArgument.Value value -> Some(name, value))

        let hasMask position =
            match List.tryItem position inputs with
            | Some input -> input.HasMask
            | None -> false

        // Keras writes the operations that make a mask also where it passes the mask on by itself.
        let isAutomatic (tensor: SavedTensor) about =
            isOperation tensor
            && hasMask about
            && (match StatedMasks.tryOf inputs[about] with
                | Some own -> StatedMasks.areEqual own (find tensor)
                | None -> true)

        // Masks that follow from the inputs are computed again; others are inputs at the end.
        let explicit =
            masks
            |> List.choose (fun (name, argument) ->
                let about = CallArguments.maskNames |> List.find (fst >> (=) name) |> snd

                match SavedCall.tensors argument with
                | [ tensor ] when not (isAutomatic tensor about) -> Some(name, find tensor)
                | _ -> None)

        let dropped =
            masks
            |> List.choose (fun (name, argument) ->
                let about = CallArguments.maskNames |> List.find (fst >> (=) name) |> snd

                match argument with
                | SavedArgument.Value ConfigValue.Null when hasMask about -> Some(name, ConfigValue.Null)
                | _ -> None)

        // Keras 3.3.3 gives a layer no mask when it is called with a state besides its input.
        let ignored =
            if hasMask 0 && masks.IsEmpty && List.exists (fst >> (=) "initial_state") named then
                [ "mask", ConfigValue.String "ignored" ]
            else
                []

        let maskArguments =
            explicit
            |> List.mapi (fun index (name, _) -> name, Arguments.ofInt (inputs.Length + index))

        inputs @ List.map snd explicit, values @ laterArguments @ maskArguments @ dropped @ ignored

    /// The inputs of a saved call of an operation, and its arguments with positions in their place.
    let ofOperation (find: SavedTensor -> SymbolicTensor) (saved: SavedCall) : SymbolicTensor list * Config =
        let inputs = List<SymbolicTensor>()

        let rec argument saved =
            match saved with
            | SavedArgument.Tensor tensor ->
                inputs.Add(find tensor)
                OperationCall.input (inputs.Count - 1)
            | SavedArgument.Tensors parts -> ConfigValue.List(List.map argument parts)
            | SavedArgument.Value value -> value

        let positional = List.map argument saved.Positional

        let named = saved.Named |> List.map (fun (name, value) -> name, argument value)

        List.ofSeq inputs, OperationCall.arguments positional named
