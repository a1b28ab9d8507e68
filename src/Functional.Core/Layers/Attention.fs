namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Naming
open Functional.Core.Tensors

/// How alike a query and a key are.
[<RequireQualifiedAccess>]
type ScoreMode =
    /// query . key
    | Dot
    /// weight * sum(tanh(query + key))
    | Concat

/// Luong's attention: softmax(scores) . value. Inputs: query (batch, queries, d), value (batch, keys, d) and, if it is not
/// the value, key (batch, keys, d); result (batch, queries, d). Call arguments: use_causal_mask, return_attention_scores.
/// Masked steps of the value get no weight, masked steps of the query a result of 0. Passes the query's mask on.
/// keras/src/layers/attention/attention.py
type Attention = {
    /// Whether scores are multiplied by a learned number.
    UseScale: bool
    ScoreMode: ScoreMode
    /// The probability that a weight is dropped in training.
    Dropout: float
    Seed: int option
}

[<RequireQualifiedAccess>]
module Attention =

    /// Dot products, no scale, no dropout.
    let defaults: Attention = {
        UseScale = false
        ScoreMode = ScoreMode.Dot
        Dropout = 0.0
        Seed = None
    }

    /// Keras's arguments.
    let toConfig (settings: Attention) : Config = [
        "use_scale", ConfigValue.Bool settings.UseScale
        "score_mode",
        ConfigValue.String(
            match settings.ScoreMode with
            | ScoreMode.Dot -> "dot"
            | ScoreMode.Concat -> "concat"
        )
        "dropout", ConfigValue.Float settings.Dropout
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Attention = {
        UseScale = Config.bool "use_scale" false config
        ScoreMode =
            match Config.string "score_mode" "dot" config with
            | "dot" -> ScoreMode.Dot
            | "concat" -> ScoreMode.Concat
            | other -> invalidArg "score_mode" (Names.unknown "score_mode" other [ "dot"; "concat" ])
        Dropout = Config.float "dropout" 0.0 config
        Seed = Config.tryInt "seed" config
    }

    /// query + key for every pair of steps: (batch, queries, keys, d).
    let private pairs (query: Node) (key: Node) : Node =
        Ops.expandDimensions [ 2 ] query + Ops.expandDimensions [ 1 ] key

    /// Attention with scores made by a function of weights, query and key.
    let private call (dropout: float) seed scores (context: CallContext) (inputs: Value list) : CallResult =
        let (query, value, key), given = AttentionScores.inputs inputs _.Node.ElementType

        for index, input in List.indexed [ query; value; key ] do
            Expect.rank 3 index input.Node.Shape

        let length (input: Value) = Shape.dimension 1 input.Node.Shape

        let mask =
            AttentionScores.mask
                context
                (length query)
                (length key)
                None
                value.Mask
                None
                (given |> Option.map (fun mask -> Ops.cast ElementType.Bool mask.Node))

        let found: Node = scores context.Weights query.Node key.Node

        let masked =
            match mask with
            | Some mask -> Masks.suppress (Ops.broadcastTo found.Shape mask) found
            | None -> found

        let weights = Ops.softmax 2 masked |> AttentionScores.dropout dropout seed context

        let result = Ops.matMul weights value.Node

        let counted =
            match query.Mask with
            | Some mask -> result * Masks.weights result mask
            | None -> result

        AttentionScores.output context query counted weights

    let private scores (settings: Attention) (weights: Node list) (query: Node) (key: Node) : Node =
        let scaled x =
            if settings.UseScale then x * List.head weights else x

        match settings.ScoreMode with
        | ScoreMode.Dot -> scaled (Ops.matMulWith false true query key)
        | ScoreMode.Concat -> List.last weights * Ops.sum [ 3 ] false (Ops.tanh (scaled (pairs query key)))

    /// The layer. Raises ArgumentException when the dropout is not from 0 to 1.
    let layer (name: string option) (settings: Attention) : Layer =
        Expect.fraction "Attention" "dropout" settings.Dropout

        let number weightName =
            LayerWeight.trained weightName [] Initializer.ones None None

        let build _ = [
            if settings.UseScale then
                number "scale"
            if settings.ScoreMode = ScoreMode.Concat then
                number "concat_score_weight"
        ]

        Layer.create "Attention" name (toConfig settings) build (call settings.Dropout settings.Seed (scores settings))

    /// Bahdanau's attention: scores are sum(scale * tanh(query + key)), with scale (d,) learned or all 1.
    /// keras/src/layers/attention/additive_attention.py
    let additive (name: string option) (useScale: bool) (dropout: float) : Layer =
        Expect.fraction "AdditiveAttention" "dropout" dropout

        let config = [ "use_scale", ConfigValue.Bool useScale; "dropout", ConfigValue.Float dropout ]

        let build (inputs: InputSpecification list) =
            match inputs with
            | query :: _ when useScale -> [
                LayerWeight.trained
                    "scale"
                    [ Expect.lastLength 0 query.Shape ]
                    (Initializer.ofName "glorot_uniform")
                    None
                    None
              ]
            | _ -> []

        let scores (weights: Node list) query key =
            let values = Ops.tanh (pairs query key)

            match weights with
            | [ scale ] -> Ops.sum [ 3 ] false (values * scale)
            | _ -> Ops.sum [ 3 ] false values

        Layer.create "AdditiveAttention" name config build (call dropout None scores)
