namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Attention with several heads in which groups of query heads share a key and a value head. Inputs, call arguments, masks
/// and weights as MultiHeadAttention, over one axis. Ainslie et al. 2023;
/// keras/src/layers/attention/grouped_query_attention.py
type GroupQueryAttention = {
    HeadDim: int
    QueryHeadCount: int
    KeyValueHeadCount: int
    /// The probability that a weight is dropped in training.
    Dropout: float
    Projection: Projection
    Seed: int option
}

[<RequireQualifiedAccess>]
module GroupQueryAttention =

    /// Keras's arguments.
    let toConfig (settings: GroupQueryAttention) : Config =
        [
            "head_dim", Arguments.ofInt settings.HeadDim
            "num_query_heads", Arguments.ofInt settings.QueryHeadCount
            "num_key_value_heads", Arguments.ofInt settings.KeyValueHeadCount
            "use_bias", ConfigValue.Bool settings.Projection.UseBias
            "dropout", ConfigValue.Float settings.Dropout
        ]
        @ Projection.toConfig settings.Projection

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : GroupQueryAttention = {
        HeadDim = Arguments.int "head_dim" config
        QueryHeadCount = Arguments.int "num_query_heads" config
        KeyValueHeadCount = Arguments.int "num_key_value_heads" config
        Dropout = Config.float "dropout" 0.0 config
        Projection = Projection.ofConfig config
        Seed = Config.tryInt "seed" config
    }

    /// Keras's defaults for heads of a size.
    let defaults (headDim: int) (queryHeadCount: int) (keyValueHeadCount: int) : GroupQueryAttention =
        ofConfig [
            "head_dim", Arguments.ofInt headDim
            "num_query_heads", Arguments.ofInt queryHeadCount
            "num_key_value_heads", Arguments.ofInt keyValueHeadCount
        ]

    let private build (settings: GroupQueryAttention) (inputs: InputSpecification list) : WeightSpecification list =
        let (query, value, key), _ = AttentionScores.inputs inputs _.ElementType
        let features index (input: InputSpecification) = [ Expect.lastLength index input.Shape ]
        let queryHeads = [ settings.QueryHeadCount; settings.HeadDim ]
        let keyHeads = [ settings.KeyValueHeadCount; settings.HeadDim ]

        Projection.weights "query" (features 0 query) queryHeads settings.Projection
        @ Projection.weights "key" (features 2 key) keyHeads settings.Projection
        @ Projection.weights "value" (features 1 value) keyHeads settings.Projection
        @ Projection.weights "attention_output" queryHeads (features 0 query) settings.Projection

    let private call (settings: GroupQueryAttention) (context: CallContext) (inputs: Value list) : CallResult =
        let (query, value, key), given = AttentionScores.inputs inputs _.Node.ElementType

        for index, input in List.indexed [ query; value; key ] do
            Expect.rank 3 index input.Node.Shape

        match Projection.maps settings.Projection context.Weights with
        | [ queryMap; keyMap; valueMap; outputMap ] ->
            // Query heads as (key heads, queries per key head): heads that share a key are neighbours.
            let grouped =
                Shape.create [
                    Shape.dimension 0 query.Node.Shape
                    Shape.dimension 1 query.Node.Shape
                    Dimension.known settings.KeyValueHeadCount
                    Dimension.known (settings.QueryHeadCount / settings.KeyValueHeadCount)
                    Dimension.known settings.HeadDim
                ]

            let projectedQuery =
                Projection.apply 1 queryMap query.Node * (1.0 / sqrt (float settings.HeadDim))

            let scores =
                Einsum.contract
                    [ "batch"; "query"; "group"; "head"; "feature" ]
                    [ "batch"; "key"; "group"; "feature" ]
                    [ "batch"; "group"; "head"; "query"; "key" ]
                    (Ops.reshape grouped projectedQuery)
                    (Projection.apply 1 keyMap key.Node)

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
                | Some mask -> Masks.suppress (Ops.broadcastTo scores.Shape (Ops.expandDimensions [ 1; 2 ] mask)) scores
                | None -> scores

            let weights = Ops.softmax 4 masked

            let together =
                Shape.create [
                    Shape.dimension 0 query.Node.Shape
                    Shape.dimension 1 query.Node.Shape
                    Dimension.known settings.QueryHeadCount
                    Dimension.known settings.HeadDim
                ]

            let result =
                Einsum.contract
                    [ "batch"; "group"; "head"; "query"; "key" ]
                    [ "batch"; "key"; "group"; "feature" ]
                    [ "batch"; "query"; "group"; "head"; "feature" ]
                    (AttentionScores.dropout settings.Dropout settings.Seed context weights)
                    (Projection.apply 1 valueMap value.Node)
                |> Ops.reshape together
                |> Projection.apply 2 outputMap

            let allHeads =
                Shape.create [
                    Shape.dimension 0 query.Node.Shape
                    Dimension.known settings.QueryHeadCount
                    Shape.dimension 1 query.Node.Shape
                    Shape.dimension 1 key.Node.Shape
                ]

            AttentionScores.output context query result (Ops.reshape allHeads weights)
        | maps -> invalidArg (nameof inputs) $"expects four linear maps, but has {maps.Length}"

    /// The layer; Keras's class is GroupQueryAttention. Raises ArgumentException when a size is not positive, the query
    /// heads cannot be shared out evenly, or the dropout is not from 0 to 1.
    let layer (name: string option) (settings: GroupQueryAttention) : Layer =
        let className = "GroupQueryAttention"
        Expect.positive className "head_dim" settings.HeadDim
        Expect.positive className "num_query_heads" settings.QueryHeadCount
        Expect.positive className "num_key_value_heads" settings.KeyValueHeadCount
        Expect.fraction className "dropout" settings.Dropout

        (settings.QueryHeadCount % settings.KeyValueHeadCount = 0)
        |> Expect.argument
            className
            "num_query_heads"
            settings.QueryHeadCount
            $"a multiple of num_key_value_heads, {settings.KeyValueHeadCount}"

        Layer.create className name (toConfig settings) (build settings) (call settings)
        |> LayerWeight.withActivityPenalty settings.Projection.ActivityRegularizer
