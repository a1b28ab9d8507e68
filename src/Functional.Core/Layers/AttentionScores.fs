namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// What attention layers share: masks of scores, and weights with dropout.
[<RequireQualifiedAccess>]
module AttentionScores =

    /// Query, value, key (the value where none is given) and attention mask (the input that is not floating).
    let inputs (values: 'Input list) (elementType: 'Input -> ElementType) : ('Input * 'Input * 'Input) * 'Input option =
        let floating, masks =
            values |> List.partition (elementType >> ElementType.isFloating)

        match floating, masks with
        | [ query; value ], ([] | [ _ ]) -> (query, value, value), List.tryHead masks
        | [ query; value; key ], ([] | [ _ ]) -> (query, value, key), List.tryHead masks
        | _ ->
            invalidArg
                "inputs"
                $"expects a query, a value, and if wanted a key and a mask (bool), but got {values.Length} inputs"

    /// True where a step of the query may look: at steps up to its own. Shape (1, queries, keys).
    let private causal (queries: Dimension) (keys: Dimension) : Node =
        let shape = Shape.create [ Dimension.known 1; queries; keys ]
        Ops.greaterOrEqual (Ops.iota ElementType.Int32 1 shape) (Ops.iota ElementType.Int32 2 shape)

    /// Whether steps of the query look at earlier steps only.
    let isCausal (context: CallContext) : bool =
        Config.bool "use_causal_mask" false context.Arguments

    /// Whether the call wants the scores besides the result.
    let returnsScores (context: CallContext) : bool =
        Config.bool "return_attention_scores" false context.Arguments

    /// The and of the masks that are there.
    let all (masks: Node option list) : Node option =
        match List.choose id masks with
        | [] -> None
        | some -> Some(List.reduce Ops.logicalAnd some)

    /// The mask of scores (batch, queries, keys) from the masks of query, value and key, one given for all, and the
    /// order of time.
    let mask
        (context: CallContext)
        (queries: Dimension)
        (keys: Dimension)
        (query: Node option)
        (value: Node option)
        (key: Node option)
        (given: Node option)
        : Node option =
        let asColumn = Option.map (Ops.expandDimensions [ 2 ])
        let asRow = Option.map (Ops.expandDimensions [ 1 ])

        all [
            asColumn query
            asRow value
            asRow key
            given
            if isCausal context then
                Some(causal queries keys)
        ]

    /// In training, sets weights to 0 with probability rate and divides the others by 1 - rate.
    let dropout (rate: float) (seed: int option) (context: CallContext) (weights: Node) : Node =
        match context.Mode with
        | Mode.Training when rate > 0.0 ->
            let kept = Dropout.kept rate seed weights.Shape context weights
            Ops.select kept (weights * (1.0 / (1.0 - rate))) (weights.Number 0.0)
        | _ -> weights

    /// The result under the query's mask, and the scores when the call wants them.
    let output (context: CallContext) (query: Value) (result: Node) (weights: Node) : CallResult = {
        Outputs = [
            Value.withNode result query
            if returnsScores context then
                Value.ofNode weights
        ]
        Updates = []
        Losses = []
    }
