namespace Functional.Core.Layers

open Functional.Core.Configuration

/// The arguments of a layer call that the lowering of models understands for every layer, as Keras's call does.
/// "training": true makes a call behave as in training always. A mask argument ("mask" of the first input, or
/// "query_mask", "value_mask", "key_mask" of the first three) holds the position of the input that is the mask.
/// "mask": null calls the layer as if its inputs had no masks; "mask": "ignored" computes without the masks and passes
/// them on all the same.
[<RequireQualifiedAccess>]
module CallArguments =

    /// Mask arguments, and the input that each one is about.
    let private maskNames: (string * int) list = [ "mask", 0; "query_mask", 0; "value_mask", 1; "key_mask", 2 ]

    /// Whether the call behaves as in training whatever the model does.
    let isTraining (arguments: Config) : bool = Config.bool "training" false arguments

    /// The inputs of the call that are masks: position of the mask, position of the input it is about.
    let maskInputs (arguments: Config) : (int * int) list =
        maskNames
        |> List.choose (fun (name, about) ->
            match Config.tryFind name arguments with
            | Some(ConfigValue.Int position) -> Some(int position, about)
            | _ -> None)

    /// Whether the inputs' masks are dropped before the call.
    let dropsMasks (arguments: Config) : bool =
        List.contains ("mask", ConfigValue.Null) arguments

    /// Whether the layer computes without masks, but passes them on.
    let ignoresMasks (arguments: Config) : bool =
        List.contains ("mask", ConfigValue.String "ignored") arguments

    /// The inputs that a layer sees: without those that are masks, and each with the mask that the call gives it.
    let arrange (arguments: Config) (withMask: 'Input option -> 'Input -> 'Input) (inputs: 'Input list) : 'Input list =
        let masks = maskInputs arguments
        let positions = List.map fst masks

        let given =
            inputs
            |> List.indexed
            |> List.filter (fun (position, _) -> not (List.contains position positions))
            |> List.map snd

        given
        |> List.mapi (fun position input ->
            match masks |> List.tryFind (fun (_, about) -> about = position) with
            | Some(mask, _) -> withMask (Some(List.item mask inputs)) input
            | None when dropsMasks arguments -> withMask None input
            | None -> input)
