namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// What layers expect of their arguments and inputs; each function raises ArgumentException that says what was expected
/// and what was found. The layer's name is put in front of it where the layer is called.
[<RequireQualifiedAccess>]
module Expect =

    /// That an argument of a layer is allowed.
    let argument (className: string) (name: string) (value: obj) (allowed: string) (isAllowed: bool) : unit =
        if not isAllowed then
            invalidArg name $"{className}: {name} must be {allowed}, but is {value}."

    /// That a number of things is at least 1.
    let positive (className: string) (name: string) (value: int) : unit =
        argument className name value "at least 1" (value >= 1)

    /// That a number is in [0, 1].
    let fraction (className: string) (name: string) (value: float) : unit =
        argument className name value "from 0 to 1" (value >= 0.0 && value <= 1.0)

    /// The one input of a layer.
    let single (inputs: Value list) : Value =
        match inputs with
        | [ value ] -> value
        | _ -> invalidArg (nameof inputs) $"expects one input, but got {inputs.Length}"

    /// The first input of a layer as its specification sees it.
    let singleSpecification (inputs: InputSpecification list) : Shape =
        match inputs with
        | [ input ] -> input.Shape
        | _ -> invalidArg (nameof inputs) $"expects one input, but got {inputs.Length}"

    /// That an input has this many axes.
    let rank (expected: int) (index: int) (shape: Shape) : unit =
        if Shape.rank shape <> expected then
            invalidArg "inputs" $"expects {expected} axes, but input {index} has shape {shape}"

    /// That an input has at least this many axes.
    let minimumRank (expected: int) (index: int) (shape: Shape) : unit =
        if Shape.rank shape < expected then
            invalidArg "inputs" $"expects at least {expected} axes, but input {index} has shape {shape}"

    /// An axis, counted from the end when negative, as a position.
    let axis (axis: int) (index: int) (shape: Shape) : int =
        match Shape.tryAxis axis shape with
        | Ok position -> position
        | Error _ -> invalidArg "axis" $"expects an axis {axis}, but input {index} has shape {shape}"

    /// The length of an axis, which must be known before data arrives.
    let length (axis: int) (index: int) (shape: Shape) : int =
        match Dimension.tryKnown (Shape.dimension axis shape) with
        | Some size -> size
        | None ->
            invalidArg
                "inputs"
                $"needs to know the length of axis {axis} before data arrives, but input {index} has shape {shape}"

    /// The length of the last axis, which must be known before data arrives.
    let lastLength (index: int) (shape: Shape) : int =
        length (Shape.rank shape - 1) index shape
