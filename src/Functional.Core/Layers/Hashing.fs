namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// The bin of each whole number by a hash of its decimal text, as int32, or written as CategoryEncoding does. Texts, which
/// Keras's layer takes as well, are no data of a graph. keras/src/layers/preprocessing/hashing.py
type Hashing = {
    NumBins: int
    /// A number that always falls in bin 0; the others share the rest.
    MaskValue: int option
    /// The key of the hash; None for a hash without a key.
    Salt: (int64 * int64) option
    /// None for the bin's number.
    OutputMode: CategoryMode option
}

[<RequireQualifiedAccess>]
module Hashing =

    /// Keras's arguments.
    let toConfig (settings: Hashing) : Config = [
        "num_bins", Arguments.ofInt settings.NumBins
        "salt",
        settings.Salt
        |> Arguments.ofOption (fun (first, second) ->
            ConfigValue.List [ ConfigValue.Int first; ConfigValue.Int second ])
        "mask_value", settings.MaskValue |> Arguments.ofOption Arguments.ofInt
        "output_mode",
        settings.OutputMode
        |> Option.map CategoryMode.name
        |> Option.defaultValue "int"
        |> ConfigValue.String
        "sparse", ConfigValue.Bool false
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when a mask is a text, sparse results are wanted, or the salt
    /// is not one or two numbers.
    let ofConfig (config: Config) : Hashing =
        Expect.argument
            "Hashing"
            "sparse"
            "true"
            "false: there are no sparse tensors"
            (not (Config.bool "sparse" false config))

        {
            NumBins = Arguments.int "num_bins" config
            MaskValue =
                match Config.tryFind "mask_value" config with
                | Some(ConfigValue.String text) ->
                    invalidArg "mask_value" $"Hashing: mask_value must be a whole number, but is the text '{text}'."
                | _ -> Config.tryInt "mask_value" config
            Salt =
                match Config.tryFind "salt" config with
                | None -> None
                | Some(ConfigValue.Int salt) -> Some(salt, salt)
                | Some(ConfigValue.List [ ConfigValue.Int first; ConfigValue.Int second ]) -> Some(first, second)
                | Some value -> invalidArg "salt" $"Hashing: salt must be one whole number or two, but is {value}."
            OutputMode =
                match Config.string "output_mode" "int" config with
                | "int" -> None
                | text -> Some(CategoryMode.ofName [ "int" ] text)
        }

    /// Keras's defaults for a number of bins.
    let defaults (numBins: int) : Hashing =
        ofConfig [ "num_bins", Arguments.ofInt numBins ]

    let private hash (bins: int) (settings: Hashing) (numbers: Node) : Node =
        let key =
            settings.Salt |> Option.map (fun (first, second) -> uint64 first, uint64 second)

        Node.Create(Operation.Hash(bins, key), numbers)

    let private call (settings: Hashing) (context: CallContext) (node: Node) : Node =
        if node.ElementType <> ElementType.Int32 then
            invalidArg "inputs" $"expects whole numbers (int32), but input 0 is {ElementType.name node.ElementType}"

        let indices =
            match settings.MaskValue with
            | None -> hash settings.NumBins settings node
            | Some mask ->
                let others = hash (max 1 (settings.NumBins - 1)) settings node + 1.0
                Ops.select (Ops.equal node (node.Number(float mask))) (node.Number 0.0) others

        match settings.OutputMode with
        | None -> indices
        | Some mode -> CategoryMode.encode mode settings.NumBins context.Floating None indices

    /// The layer. Raises ArgumentException when there is no bin.
    let layer (name: string option) (settings: Hashing) : Layer =
        Expect.positive "Hashing" "num_bins" settings.NumBins
        Layer.ofUnmaskedFunction "Hashing" name (toConfig settings) (call settings)
