namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Attention with several heads: queries, keys and values are mapped linearly for every head, softmax(query . key /
/// sqrt(keyDim)) . value is made for every head, and a last linear map joins the heads. Inputs: query (batch, ...queries,
/// features), value (batch, ...keys, features), if it is not the value key, and if wanted an attention mask (bool, true
/// where a query may look). Call arguments: use_causal_mask, return_attention_scores. Weights: query, key, value and
/// attention_output, each kernel and bias. Masks of the inputs count. Passes the query's mask on.
/// Vaswani et al. 2017; keras/src/layers/attention/multi_head_attention.py
type MultiHeadAttention = {
    HeadCount: int
    KeyDim: int
    /// The length of a head's values; None for the length of its keys.
    ValueDim: int option
    /// The probability that a weight is dropped in training.
    Dropout: float
    /// The features of the result; None for those of the query.
    OutputShape: int list option
    /// The axes attention goes over; None for all between batch and features.
    AttentionAxes: int list option
    Projection: Projection
    Seed: int option
}

[<RequireQualifiedAccess>]
module MultiHeadAttention =

    /// Keras's arguments.
    let toConfig (settings: MultiHeadAttention) : Config =
        [
            "num_heads", Arguments.ofInt settings.HeadCount
            "key_dim", Arguments.ofInt settings.KeyDim
            "value_dim", Arguments.ofInt (settings.ValueDim |> Option.defaultValue settings.KeyDim)
            "dropout", ConfigValue.Float settings.Dropout
            "use_bias", ConfigValue.Bool settings.Projection.UseBias
            "output_shape", Arguments.ofOption Arguments.ofInts settings.OutputShape
            "attention_axes", Arguments.ofOption Arguments.ofInts settings.AttentionAxes
        ]
        @ Projection.toConfig settings.Projection

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : MultiHeadAttention = {
        HeadCount = Arguments.int "num_heads" config
        KeyDim = Arguments.int "key_dim" config
        ValueDim = Config.tryInt "value_dim" config
        Dropout = Config.float "dropout" 0.0 config
        OutputShape = Config.tryInts "output_shape" config
        AttentionAxes = Config.tryInts "attention_axes" config
        Projection = Projection.ofConfig config
        Seed = Config.tryInt "seed" config
    }

    /// Keras's defaults for a number of heads and their size.
    let defaults (headCount: int) (keyDim: int) : MultiHeadAttention =
        ofConfig [ "num_heads", Arguments.ofInt headCount; "key_dim", Arguments.ofInt keyDim ]

    let private build (settings: MultiHeadAttention) (inputs: InputSpecification list) : WeightSpecification list =
        let (query, value, key), _ = AttentionScores.inputs inputs _.ElementType
        let features index (input: InputSpecification) = [ Expect.lastLength index input.Shape ]
        let valueDim = settings.ValueDim |> Option.defaultValue settings.KeyDim
        let heads = settings.HeadCount
        let outputs = settings.OutputShape |> Option.defaultValue (features 0 query)

        Projection.weights "query" (features 0 query) [ heads; settings.KeyDim ] settings.Projection
        @ Projection.weights "key" (features 2 key) [ heads; settings.KeyDim ] settings.Projection
        @ Projection.weights "value" (features 1 value) [ heads; valueDim ] settings.Projection
        @ Projection.weights "attention_output" [ heads; valueDim ] outputs settings.Projection

    /// A mask (..., queries, keys) with axes of length 1 for the heads, and for what is between, of the scores.
    let private spreadMask (axisCount: int) (scores: Node) (mask: Node) : Node =
        let missing = Shape.rank scores.Shape - Shape.rank mask.Shape
        let position = Shape.rank mask.Shape - 2 * axisCount

        if missing < 0 || position < 0 then
            invalidArg
                "attention_mask"
                $"expects an attention mask (..., queries, keys), but scores have shape {scores.Shape} and the mask {mask.Shape}"

        mask
        |> Ops.expandDimensions [ position .. position + missing - 1 ]
        |> Ops.broadcastTo scores.Shape

    let private softmax (axisCount: int) (scores: Node) : Node =
        let rank = Shape.rank scores.Shape

        if axisCount = 1 then
            Ops.softmax (rank - 1) scores
        else
            Ops.exp (scores - Ops.logSumExp [ rank - axisCount .. rank - 1 ] true scores)

    let private call (settings: MultiHeadAttention) (context: CallContext) (inputs: Value list) : CallResult =
        let (query, value, key), given = AttentionScores.inputs inputs _.Node.ElementType
        let rank = Shape.rank query.Node.Shape

        for index, input in List.indexed [ query; value; key ] do
            Expect.minimumRank 3 index input.Node.Shape

        let axes =
            settings.AttentionAxes
            |> Option.map (List.map (fun axis -> Expect.axis axis 0 query.Node.Shape))
            |> Option.defaultValue [ 1 .. rank - 2 ]

        match Projection.maps settings.Projection context.Weights with
        | [ queryMap; keyMap; valueMap; outputMap ] ->
            let projectedQuery =
                Projection.apply 1 queryMap query.Node * (1.0 / sqrt (float settings.KeyDim))

            let projectedKey = Projection.apply 1 keyMap key.Node
            let projectedValue = Projection.apply 1 valueMap value.Node
            let isAttended axis = List.contains axis axes
            // Axes of queries and of keys have different labels where attention goes over them, else the same.
            let queryAxes = [ for axis in 0 .. rank - 2 -> $"t{axis}" ]

            let keyAxes = [
                for axis in 0 .. rank - 2 -> if isAttended axis then $"s{axis}" else $"t{axis}"
            ]

            let outside = [
                for axis in 0 .. rank - 2 do
                    if not (isAttended axis) then
                        $"t{axis}"
            ]

            let scoreAxes =
                outside
                @ [ "head" ]
                @ [ for axis in axes -> $"t{axis}" ]
                @ [ for axis in axes -> $"s{axis}" ]

            let scores =
                Einsum.contract
                    (queryAxes @ [ "head"; "feature" ])
                    (keyAxes @ [ "head"; "feature" ])
                    scoreAxes
                    projectedQuery
                    projectedKey

            let mask =
                AttentionScores.mask
                    context
                    (Shape.dimension 1 query.Node.Shape)
                    (Shape.dimension 1 key.Node.Shape)
                    query.Mask
                    value.Mask
                    (if obj.ReferenceEquals(key, value) then None else key.Mask)
                    (given |> Option.map (fun mask -> Ops.cast ElementType.Bool mask.Node))

            let masked =
                match mask with
                | Some mask -> Masks.suppress (spreadMask axes.Length scores mask) scores
                | None -> scores

            let weights = softmax axes.Length masked

            let result =
                Einsum.contract
                    scoreAxes
                    (keyAxes @ [ "head"; "feature" ])
                    (queryAxes @ [ "head"; "feature" ])
                    (AttentionScores.dropout settings.Dropout settings.Seed context weights)
                    projectedValue
                |> Projection.apply 2 outputMap

            AttentionScores.output context query result weights
        | maps -> invalidArg (nameof inputs) $"expects four linear maps, but has {maps.Length}"

    /// The layer. Raises ArgumentException when a size is not positive or the dropout not from 0 to 1.
    let layer (name: string option) (settings: MultiHeadAttention) : Layer =
        Expect.positive "MultiHeadAttention" "num_heads" settings.HeadCount
        Expect.positive "MultiHeadAttention" "key_dim" settings.KeyDim
        Expect.fraction "MultiHeadAttention" "dropout" settings.Dropout

        settings.ValueDim
        |> Option.iter (Expect.positive "MultiHeadAttention" "value_dim")

        Layer.create "MultiHeadAttention" name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.Projection.ActivityRegularizer
