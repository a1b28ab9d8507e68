namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// The bin that each number falls in: how many boundaries are not above it, as int32, or written as CategoryEncoding
/// does. Boundaries are given, or data decides them. keras/src/layers/preprocessing/discretization.py
type Discretization = {
    /// Ascending; none before data was seen.
    BinBoundaries: float list option
    /// How many bins data is to be parted into.
    NumBins: int option
    /// The share of the data that a boundary may be off by.
    Epsilon: float
    /// None for the bin's number.
    OutputMode: CategoryMode option
}

[<RequireQualifiedAccess>]
module Discretization =

    /// Keras's arguments.
    let toConfig (settings: Discretization) : Config = [
        "bin_boundaries",
        settings.BinBoundaries
        |> Arguments.ofOption (List.map ConfigValue.Float >> ConfigValue.List)
        "num_bins", settings.NumBins |> Arguments.ofOption Arguments.ofInt
        "epsilon", ConfigValue.Float settings.Epsilon
        "output_mode",
        settings.OutputMode
        |> Option.map CategoryMode.name
        |> Option.defaultValue "int"
        |> ConfigValue.String
        "sparse", ConfigValue.Bool false
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when sparse results are wanted.
    let ofConfig (config: Config) : Discretization =
        Expect.argument
            "Discretization"
            "sparse"
            "true"
            "false: there are no sparse tensors"
            (not (Config.bool "sparse" false config))

        {
            BinBoundaries =
                match Config.tryFind "bin_boundaries" config with
                | None -> None
                | Some(ConfigValue.List values) ->
                    values
                    |> List.map (fun value -> Arguments.float "bin_boundaries" [ "bin_boundaries", value ])
                    |> Some
                | Some value -> invalidArg "bin_boundaries" $"'bin_boundaries' must be a list, but is {value}."
            NumBins = Config.tryInt "num_bins" config
            Epsilon = Config.float "epsilon" 0.01 config
            OutputMode =
                match Config.string "output_mode" "int" config with
                | "int" -> None
                | text -> Some(CategoryMode.ofName [ "int" ] text)
        }

    /// Keras's defaults for given boundaries.
    let ofBoundaries (boundaries: float list) : Discretization = {
        BinBoundaries = Some boundaries
        NumBins = None
        Epsilon = 0.01
        OutputMode = None
    }

    /// Keras's defaults for boundaries that data decides.
    let ofBinCount (count: int) : Discretization = {
        BinBoundaries = None
        NumBins = Some count
        Epsilon = 0.01
        OutputMode = None
    }

    /// The settings with boundaries that part data into bins of about one size. Raises ArgumentException when boundaries
    /// were given instead of a number of bins.
    let adapt (data: float list) (settings: Discretization) : Discretization =
        match settings.NumBins with
        | None ->
            invalidArg
                "data"
                "Discretization: its boundaries were given (bin_boundaries); only a layer made with num_bins takes them from data."
        | Some count -> {
            settings with
                BinBoundaries =
                    QuantileSummary.empty
                    |> QuantileSummary.add settings.Epsilon data
                    |> QuantileSummary.boundaries count
                    |> Some
          }

    let private bins (boundaries: float list) (floating: ElementType) (node: Node) : Node =
        match boundaries with
        | [] -> Ops.cast ElementType.Int32 node * 0.0
        | _ ->
            let limits = Ops.constant (Literal.create floating [ boundaries.Length ] boundaries)

            Ops.greaterOrEqual (Ops.expandDimensions [ -1 ] (Ops.cast floating node)) limits
            |> Ops.cast ElementType.Int32
            |> Ops.sum [ -1 ] false

    let private encode (settings: Discretization) (context: CallContext) (node: Node) : Node =
        match settings.BinBoundaries with
        | None ->
            invalidArg
                "bin_boundaries"
                "has no bin boundaries yet: give bin_boundaries, or adapt the layer to data before it is called"
        | Some boundaries ->
            let indices = bins boundaries context.Floating node

            match settings.OutputMode with
            | None -> indices
            | Some mode -> CategoryMode.encode mode (boundaries.Length + 1) context.Floating None indices

    /// The layer. Raises ArgumentException when neither boundaries nor a number of bins are given, when boundaries do not
    /// ascend, or when epsilon is not between 0 and 1.
    let layer (name: string option) (settings: Discretization) : Layer =
        let argument name (value: obj) allowed isAllowed =
            Expect.argument "Discretization" name value allowed isAllowed

        let isGiven = settings.BinBoundaries.IsSome || settings.NumBins.IsSome
        argument "bin_boundaries" "null" "given where num_bins is not" isGiven

        settings.BinBoundaries
        |> Option.iter (fun values ->
            argument
                "bin_boundaries"
                values
                "ascending numbers"
                (values |> List.pairwise |> List.forall (fun (a, b) -> a <= b)))

        settings.NumBins |> Option.iter (Expect.positive "Discretization" "num_bins")

        argument
            "epsilon"
            settings.Epsilon
            "more than 0 and less than 1"
            (settings.Epsilon > 0.0 && settings.Epsilon < 1.0)

        Layer.ofUnmaskedFunction "Discretization" name (toConfig settings) (encode settings)
