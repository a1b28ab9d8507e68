namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Initializers
open Functional.Core.Tensors

/// (x - mean) / max(sqrt(variance), 1e-7) with a mean and a variance for every place along axes, or the inverse of it.
/// They are given, or they are weights that data decides: mean and variance, shaped as the axes, and count (a number that
/// old files have), none of them trained. Passes the mask on. keras/src/layers/preprocessing/normalization.py
type Normalization = {
    /// The axes that keep statistics of their own; none for one mean and one variance of everything.
    Axes: int list
    /// Given numbers and the lengths of their axes; none for weights.
    Given: (Literal * Literal) option
    /// From normalized to original values.
    Invert: bool
}

[<RequireQualifiedAccess>]
module Normalization =

    // Keras's backend.epsilon().
    let private smallestDeviation = 1e-7

    let rec private lengths (value: ConfigValue) : int list =
        match value with
        | ConfigValue.List(first :: _ as items) -> items.Length :: lengths first
        | _ -> []

    let rec private numbers (key: string) (value: ConfigValue) : float list =
        match value with
        | ConfigValue.List items -> List.collect (numbers key) items
        | _ -> [ Arguments.float key [ key, value ] ]

    let private read (key: string) (config: Config) : Literal option =
        Config.tryFind key config
        |> Option.map (fun value -> Literal.create ElementType.Float64 (lengths value) (numbers key value))

    let rec private write (dimensions: int list) (values: float list) : ConfigValue =
        match dimensions with
        | [] -> ConfigValue.Float values.Head
        | length :: inner -> values |> List.splitInto length |> List.map (write inner) |> ConfigValue.List

    let private writeGiven (literal: Literal option) : ConfigValue =
        literal
        |> Arguments.ofOption (fun literal -> write (List.ofSeq literal.Dimensions) (List.ofSeq literal.Values))

    /// Keras's arguments.
    let toConfig (settings: Normalization) : Config = [
        "axis", Arguments.ofInts settings.Axes
        "invert", ConfigValue.Bool settings.Invert
        "mean", writeGiven (Option.map fst settings.Given)
        "variance", writeGiven (Option.map snd settings.Given)
    ]

    /// Settings from Keras's arguments. A missing axis is the last one; null is none. Raises ArgumentException when only one
    /// of mean and variance is given, or when their shapes differ.
    let ofConfig (config: Config) : Normalization = {
        Axes =
            match List.tryFind (fst >> (=) "axis") config with
            | Some(_, ConfigValue.Null) -> []
            | Some _ -> Config.tryInts "axis" config |> Option.defaultValue []
            | None -> [ -1 ]
        Given =
            match read "mean" config, read "variance" config with
            | None, None -> None
            | Some mean, Some variance when Seq.forall2 (=) mean.Dimensions variance.Dimensions -> Some(mean, variance)
            | mean, variance ->
                let shape (literal: Literal option) =
                    literal |> Option.map (Literal.shape >> string) |> Option.defaultValue "none"

                invalidArg
                    "mean"
                    $"Normalization: mean and variance must be given together and have one shape, but they are {shape mean} and {shape variance}."
        Invert = Config.bool "invert" false config
    }

    /// Statistics of the last axis, decided by data.
    let defaults: Normalization = ofConfig []

    let private axesOf (settings: Normalization) (shape: Shape) : int list =
        settings.Axes |> List.map (fun axis -> Expect.axis axis 0 shape) |> List.sort

    let private build (settings: Normalization) (inputs: InputSpecification list) : WeightSpecification list =
        let shape = Expect.singleSpecification inputs

        let size =
            axesOf settings shape |> List.map (fun axis -> Expect.length axis 0 shape)

        if settings.Given.IsSome then
            []
        else
            [
                LayerWeight.statistic "mean" size Initializer.zeros
                LayerWeight.statistic "variance" size Initializer.ones
                {
                    LayerWeight.statistic "count" [] Initializer.zeros with
                        ElementType = ElementType.Int32
                }
            ]

    /// Statistics shaped as the kept axes, aligned with them at their ends, for a value of this shape.
    let private spread (axes: int list) (shape: Shape) (statistic: Node) : Node =
        let missing = axes.Length - Shape.rank statistic.Shape

        if missing < 0 then
            invalidArg
                "mean"
                $"mean and variance must have at most {axes.Length} axes, one for every normalized axis, but they have shape {statistic.Shape}"

        let others = [ 0 .. Shape.rank shape - 1 ] |> List.except (List.skip missing axes)
        Ops.expandDimensions others statistic

    let private call (settings: Normalization) (context: CallContext) (inputs: Value list) : CallResult =
        let value = Expect.single inputs
        let x = Ops.cast context.Floating value.Node
        let axes = axesOf settings x.Shape

        let mean, variance =
            match settings.Given, context.Weights with
            | Some(mean, variance), _ ->
                let constant (literal: Literal) =
                    Ops.constant {
                        literal with
                            ElementType = context.Floating
                    }

                constant mean, constant variance
            | None, mean :: variance :: _ -> mean, variance
            | None, _ ->
                invalidArg (nameof context) "Bug in Functional: Normalization got no weights. Please report it."

        let mean = spread axes x.Shape mean

        let deviation =
            spread axes x.Shape (Ops.maximum (Ops.sqrt variance) (x.Number smallestDeviation))

        let result =
            if settings.Invert then
                mean + x * deviation
            else
                (x - mean) / deviation

        Layer.output (Value.withNode result value)

    /// The layer. Raises ArgumentException when an axis is there twice.
    let layer (name: string option) (settings: Normalization) : Layer =
        let isDistinct = (List.distinct settings.Axes).Length = settings.Axes.Length
        Expect.argument "Normalization" "axis" settings.Axes "axes that differ" isDistinct
        Layer.create "Normalization" name (toConfig settings) (build settings) (call settings)

    /// Mean and variance of data (row-major, float64) for every place along the axes.
    let adapt (settings: Normalization) (data: Literal) : Literal * Literal =
        let shape = Literal.shape data
        let axes = axesOf settings shape
        let kept = axes |> List.map (fun axis -> data.Dimensions[axis])
        let places = List.fold (*) 1 kept

        let strides =
            List.scanBack (*) (List.ofSeq data.Dimensions) 1 |> List.tail |> Array.ofList

        let place (index: int) =
            (0, List.zip axes kept)
            ||> List.fold (fun place (axis, length) -> place * length + index / strides[axis] % length)

        let totals (f: int -> float -> float) =
            let sums = Array.zeroCreate<float> places

            data.Values
            |> Seq.iteri (fun index value -> sums[place index] <- sums[place index] + f (place index) value)

            sums
            |> Array.map (fun sum -> sum * float places / float (Math.Max(1, data.Values.Length)))

        let mean = totals (fun _ value -> value)
        let variance = totals (fun place value -> (value - mean[place]) ** 2.0)
        Literal.create data.ElementType kept mean, Literal.create data.ElementType kept variance
