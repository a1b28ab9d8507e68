namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// How layers write whole numbers below a limit: Keras's "output_mode".
[<RequireQualifiedAccess>]
type CategoryMode =
    /// Every number becomes a vector with a one at its place: one axis more, or in place of a last axis of length 1.
    | OneHot
    /// The numbers along the last axis become one vector with ones at their places.
    | MultiHot
    /// The numbers along the last axis become one vector of how often each occurs.
    | Count

[<RequireQualifiedAccess>]
module CategoryMode =

    let private names = [
        "one_hot", CategoryMode.OneHot
        "multi_hot", CategoryMode.MultiHot
        "count", CategoryMode.Count
    ]

    /// Keras's text.
    let name (mode: CategoryMode) : string =
        names |> List.find (snd >> (=) mode) |> fst

    /// The mode of a Keras text. Raises ArgumentException with the nearest ones, "int" among them where layers know it.
    let ofName (others: string list) (text: string) : CategoryMode =
        match List.tryFind (fst >> (=) text) names with
        | Some(_, mode) -> mode
        | None -> invalidArg "output_mode" (Names.unknown "output_mode" text (others @ List.map fst names))

    /// Whole numbers (int32) written in a mode; a number outside 0 .. length-1 is nowhere. Weights, shaped as the numbers,
    /// are counted instead of ones in Count.
    let encode
        (mode: CategoryMode)
        (length: int)
        (floating: ElementType)
        (weights: Node option)
        (indices: Node)
        : Node =
        let vectors = Ops.oneHot length floating

        let isOneNumber =
            Shape.rank indices.Shape > 1 && Dimension.isKnown 1 (Shape.last indices.Shape)

        if mode <> CategoryMode.OneHot then
            Expect.minimumRank 2 0 indices.Shape

        match mode, weights with
        | CategoryMode.OneHot, _ when isOneNumber -> vectors (Ops.squeeze [ -1 ] indices)
        | CategoryMode.OneHot, _ -> vectors indices
        | CategoryMode.MultiHot, _ -> Ops.max [ -2 ] false (vectors indices)
        | CategoryMode.Count, None -> Ops.sum [ -2 ] false (vectors indices)
        | CategoryMode.Count, Some weights ->
            Ops.sum [ -2 ] false (vectors indices * Ops.expandDimensions [ -1 ] weights)

/// Whole numbers from 0 to numTokens - 1 as ones, or as counts of a sample's numbers: (batch, ..., n) becomes (batch, ...,
/// n, numTokens) in mode one_hot, but (batch, ..., numTokens) where n is 1, and in the other modes. In mode count a second
/// input, shaped as the first, weighs every number. keras/src/layers/preprocessing/category_encoding.py
type CategoryEncoding = {
    NumTokens: int
    OutputMode: CategoryMode
}

[<RequireQualifiedAccess>]
module CategoryEncoding =

    /// Keras's defaults for a number of tokens: multi_hot.
    let defaults (numTokens: int) : CategoryEncoding = {
        NumTokens = numTokens
        OutputMode = CategoryMode.MultiHot
    }

    /// Keras's arguments.
    let toConfig (settings: CategoryEncoding) : Config = [
        "num_tokens", Arguments.ofInt settings.NumTokens
        "output_mode", ConfigValue.String(CategoryMode.name settings.OutputMode)
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : CategoryEncoding = {
        NumTokens = Arguments.int "num_tokens" config
        OutputMode = Config.string "output_mode" "multi_hot" config |> CategoryMode.ofName []
    }

    let private call (settings: CategoryEncoding) (context: CallContext) (inputs: Value list) : CallResult =
        let numbers, weights =
            match inputs with
            | [ numbers ] -> numbers.Node, None
            | [ numbers; weights ] when settings.OutputMode = CategoryMode.Count ->
                if not (Shape.mayEqual weights.Node.Shape numbers.Node.Shape) then
                    invalidArg
                        (nameof inputs)
                        $"expects count weights of the shape of the numbers, but input 0 has shape {numbers.Node.Shape} and input 1 has shape {weights.Node.Shape}"

                numbers.Node, Some(Ops.cast context.Floating weights.Node)
            | _ ->
                invalidArg
                    (nameof inputs)
                    $"expects one input, or count weights as a second one in output_mode 'count', but got {inputs.Length} in output_mode '{CategoryMode.name settings.OutputMode}'"

        Ops.cast ElementType.Int32 numbers
        |> CategoryMode.encode settings.OutputMode settings.NumTokens context.Floating weights
        |> Value.ofNode
        |> Layer.output

    /// The layer. Raises ArgumentException when there is no token.
    let layer (name: string option) (settings: CategoryEncoding) : Layer =
        Expect.positive "CategoryEncoding" "num_tokens" settings.NumTokens
        Layer.create "CategoryEncoding" name (toConfig settings) (fun _ -> []) (call settings)
