namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// A recurrent layer forwards and another backwards through the same sequence, their outputs put together; a sequence from
/// the backward layer is turned round first. Inputs: a sequence (batch, time, ...), and if wanted the first states of the
/// forward layer, then of the backward layer. Outputs: one, or two with merge_mode None; then the last states. Weights:
/// those of the forward layer, then of the backward layer, under their names.
/// keras/src/layers/rnn/bidirectional.py
[<RequireQualifiedAccess>]
module Bidirectional =

    let private flag (key: string) (layer: Layer) : bool = Config.bool key false layer.Config

    let private withPrefix (prefix: string) (name: string) : string =
        if name.StartsWith(prefix, System.StringComparison.Ordinal) then
            name
        else
            prefix + name

    let private set key value (config: Config) : Config =
        config
        |> List.map (fun (other, old) -> other, (if other = key then ConfigValue.Bool value else old))

    let private requireRecurrent argument (layer: Layer) : unit =
        let isRecurrent =
            List.exists (fun (key, _) -> key = "go_backwards") layer.Config
            && List.exists (fun (key, _) -> key = "return_sequences") layer.Config

        if not isRecurrent then
            invalidArg
                argument
                $"Bidirectional: {argument} must be a recurrent layer (RNN, SimpleRNN, LSTM, GRU, ConvLSTM), but is {layer.ClassName}."

    /// The two layers: `make` is the registry. Masked steps of sequences give 0, so that both directions agree.
    let private directions (make: string -> string option -> Config -> Layer) (layer: Layer) (backward: Layer option) =
        let made (layer: Layer) name goBackwards =
            let config =
                set "go_backwards" goBackwards layer.Config
                |> set "zero_output_for_mask" (flag "return_sequences" layer)

            make layer.ClassName (Some name) config

        let name = Layer.displayName layer

        let backward =
            match backward with
            | Some backward -> made backward (Layer.displayName backward) (flag "go_backwards" backward)
            | None -> made layer (withPrefix "backward_" name) (not (flag "go_backwards" layer))

        made layer (withPrefix "forward_" name) (flag "go_backwards" layer), backward

    let private merge (mode: string option) (forward: Node) (backward: Node) : Node list =
        match mode with
        | Some "concat" -> [ Ops.concatenate (Shape.rank forward.Shape - 1) [ forward; backward ] ]
        | Some "sum" -> [ forward + backward ]
        | Some "ave" -> [ (forward + backward) * 0.5 ]
        | Some "mul" -> [ forward * backward ]
        | _ -> [ forward; backward ]

    /// The inputs of both layers.
    let private split (inputs: 'Input list) : 'Input list * 'Input list =
        match inputs with
        | [] -> invalidArg (nameof inputs) "expects a sequence, but got no input"
        | sequence :: states ->
            if states.Length % 2 <> 0 then
                invalidArg
                    (nameof inputs)
                    $"expects as many initial states for the forward layer as for the backward layer, but got {states.Length}"

            let forward, backward = List.splitAt (states.Length / 2) states
            sequence :: forward, sequence :: backward

    let private call mode (forward: Layer) (backward: Layer) (context: CallContext) (inputs: Value list) : CallResult =
        let forwardInputs, backwardInputs = split inputs

        let count =
            (InnerLayer.weights forward (List.map InnerLayer.specification forwardInputs)).Length

        let forwardWeights, backwardWeights = List.splitAt count context.Weights

        let run index layer weights inputs =
            let context = {
                Cell.part index context with
                    Weights = weights
                    Arguments = []
            }

            InnerLayer.call context layer inputs

        let first = run 0 forward forwardWeights forwardInputs
        let second = run 1 backward backwardWeights backwardInputs

        let turned =
            if flag "return_sequences" forward then
                Ops.reverse [ 1 ] second.Outputs.Head.Node
            else
                second.Outputs.Head.Node

        {
            Outputs =
                (merge mode first.Outputs.Head.Node turned
                 |> List.map (fun node -> Value.withNode node first.Outputs.Head))
                @ first.Outputs.Tail
                @ second.Outputs.Tail
            Updates =
                first.Updates
                @ (second.Updates |> List.map (fun (index, next) -> count + index, next))
            Losses = first.Losses @ second.Losses
        }

    let private build (forward: Layer) (backward: Layer) (inputs: InputSpecification list) : WeightSpecification list =
        let forwardInputs, backwardInputs = split inputs

        InnerLayer.namedWeights forward forwardInputs
        @ InnerLayer.namedWeights backward backwardInputs

    /// The layer. `make` makes a layer of a class name, a name and Keras's arguments; `mode` is "concat", "sum", "mul",
    /// "ave" or None. Without a backward layer it is the forward one the other way round. Raises ArgumentException when
    /// the mode is another, a layer is not recurrent, or the two do not fit together.
    let layer
        (make: string -> string option -> Config -> Layer)
        (name: string option)
        (mode: string option)
        (inner: Layer)
        (backward: Layer option)
        : Layer =
        let modes = [ "concat"; "sum"; "mul"; "ave" ]

        mode
        |> Option.iter (fun mode ->
            Expect.argument
                "Bidirectional"
                "merge_mode"
                mode
                "concat, sum, mul, ave or None"
                (List.contains mode modes))

        requireRecurrent "layer" inner
        Option.iter (requireRecurrent "backward_layer") backward
        let forward, backward = directions make inner backward

        if flag "go_backwards" forward = flag "go_backwards" backward then
            invalidArg
                "backward_layer"
                "Bidirectional: layer and backward_layer must go through time in different directions: one of them needs go_backwards."

        for key in [ "return_sequences"; "return_state"; "stateful"; "zero_output_for_mask" ] do
            if flag key forward <> flag key backward then
                invalidArg
                    "backward_layer"
                    $"Bidirectional: layer and backward_layer must have the same {key}, but it is {flag key forward} and {flag key backward}."

        let saved (layer: Layer) =
            ConfigValue.Object [
                "module", ConfigValue.String "keras.layers"
                "class_name", ConfigValue.String layer.ClassName
                "config",
                ConfigValue.Object(
                    [
                        "name", ConfigValue.String(Layer.displayName layer)
                        "trainable", ConfigValue.Bool(Layer.isTrainable layer)
                        "dtype", ConfigValue.String "float32"
                    ]
                    @ (layer.Config |> List.filter (fun (key, _) -> key <> "trainable"))
                )
                "registered_name", ConfigValue.Null
            ]

        let config = [
            "merge_mode", Arguments.ofOption ConfigValue.String mode
            "layer", saved forward
            "backward_layer", saved backward
        ]

        Layer.create "Bidirectional" name config (build forward backward) (call mode forward backward)
