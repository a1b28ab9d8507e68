namespace Functional.Core.Layers

open Functional.Core.Configuration

/// The arguments of a layer call that the lowering of models understands for every layer, as Keras's call does.
///
/// "training": true makes a call behave as in training always, false as in inference.
///
/// "mask" (of the first input), "query_mask", "value_mask" and "key_mask" (of the first three) are the position of the
/// input that is the mask; masks come after all other inputs. "mask": null takes the masks off all inputs, the others
/// null take it off one input. "mask": "ignored" computes without masks. Masks given or ignored change what a call
/// computes; what it passes on are the inputs' own masks all the same.
[<RequireQualifiedAccess>]
module CallArguments =

    /// Mask arguments, and the input that each one is about.
    let maskNames: (string * int) list = [ "mask", 0; "query_mask", 0; "value_mask", 1; "key_mask", 2 ]

    /// How the call behaves in a model that trains or answers.
    let mode (arguments: Config) (mode: Mode) : Mode =
        match arguments |> List.tryFind (fun (key, _) -> key = "training") with
        | Some(_, ConfigValue.Bool true) -> Mode.Training
        | Some(_, ConfigValue.Bool false) -> Mode.Inference
        | _ -> mode

    /// Layers that go over time steps, which a mask leaves out.
    let internal loops = [
        "RNN"
        "SimpleRNN"
        "LSTM"
        "GRU"
        "Bidirectional"
        "TimeDistributed"
        "ConvLSTM1D"
        "ConvLSTM2D"
        "ConvLSTM3D"
    ]

    /// Whether a layer's inputs after the first are its states before the first step.
    let takesStates (className: string) : bool =
        className <> "TimeDistributed" && List.contains className loops

    let private trains: Set<string> =
        set [
            "Dropout"
            "SpatialDropout1D"
            "SpatialDropout2D"
            "SpatialDropout3D"
            "AlphaDropout"
            "GaussianDropout"
            "GaussianNoise"
            "BatchNormalization"
            "SpectralNormalization"
            "Attention"
            "AdditiveAttention"
            "MultiHeadAttention"
            "GroupQueryAttention"
            yield! loops
        ]

    let private masks: Set<string> =
        set [
            "Softmax"
            "BatchNormalization"
            "GlobalAveragePooling1D"
            "Attention"
            "AdditiveAttention"
            "MultiHeadAttention"
            yield! loops
        ]

    let private isNested (layer: Layer) : bool =
        match layer.Body with
        | LayerBody.Nested _ -> true
        | LayerBody.Input _
        | LayerBody.Function _ -> false

    /// Whether a layer behaves otherwise in training, so that Keras's call takes the argument "training".
    let takesTraining (layer: Layer) : bool =
        isNested layer
        || trains.Contains layer.ClassName
        || layer.ClassName.StartsWith("Random", System.StringComparison.Ordinal)

    /// Whether Keras's call of a layer takes the argument "mask" (or, of attention, masks of the inputs).
    let takesMask (layer: Layer) : bool = masks.Contains layer.ClassName

    /// Whether a layer's call has no default for "training", so that a file that says false tells what a user wanted.
    let keepsInference (className: string) : bool =
        List.contains className [ "BatchNormalization"; "Functional"; "Sequential"; "Model" ]

    let private tryMask (name: string) (arguments: Config) : ConfigValue option =
        arguments |> List.tryFind (fun (key, _) -> key = name) |> Option.map snd

    /// The inputs of the call that are masks: position of the mask, position of the input it is about.
    let maskInputs (arguments: Config) : (int * int) list =
        maskNames
        |> List.choose (fun (name, about) ->
            match tryMask name arguments with
            | Some(ConfigValue.Int position) -> Some(int position, about)
            | _ -> None)

    /// Whether the layer computes without masks.
    let ignoresMasks (arguments: Config) : bool =
        tryMask "mask" arguments = Some(ConfigValue.String "ignored")

    /// Whether the call takes the mask off an input.
    let private dropsMask (arguments: Config) (position: int) : bool =
        tryMask "mask" arguments = Some ConfigValue.Null
        || maskNames
           |> List.exists (fun (name, about) -> about = position && tryMask name arguments = Some ConfigValue.Null)

    /// The inputs that are no masks, each with the mask that it brings itself, unless the call takes it off.
    let own (arguments: Config) (withoutMask: 'Input -> 'Input) (inputs: 'Input list) : 'Input list =
        let masks = maskInputs arguments |> List.map fst

        inputs
        |> List.indexed
        |> List.filter (fun (position, _) -> not (List.contains position masks))
        |> List.mapi (fun position (_, input) ->
            if dropsMask arguments position then
                withoutMask input
            else
                input)

    /// The inputs that are no masks, each with the mask that the layer computes with.
    let seen (arguments: Config) (withMask: 'Input option -> 'Input -> 'Input) (inputs: 'Input list) : 'Input list =
        let masks = maskInputs arguments

        own arguments (withMask None) inputs
        |> List.mapi (fun position input ->
            match masks |> List.tryFind (fun (_, about) -> about = position) with
            | Some(mask, _) -> withMask (Some(List.item mask inputs)) input
            | None when ignoresMasks arguments -> withMask None input
            | None -> input)
