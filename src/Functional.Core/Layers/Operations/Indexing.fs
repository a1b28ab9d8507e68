namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Parts of a value by Python's rules of indexing: x[0], x[:, 1:], x[..., -1], x[:, None], x[::2], x[::-1].
/// keras/src/ops/numpy.py (GetItem)
[<RequireQualifiedAccess>]
module Indexing =

    [<RequireQualifiedAccess>]
    type private Key =
        /// One position: the axis goes.
        | Position of int
        | Part of start: int option * stop: int option * step: int
        /// As many whole axes as are left.
        | Ellipsis
        /// A new axis of length 1.
        | NewAxis

    let private part (config: Config) : Key =
        let step = Config.int "step" 1 config

        if step = 0 then
            invalidArg "key" "a slice has a step of 0; it must be another number"

        Key.Part(Config.tryInt "start" config, Config.tryInt "stop" config, step)

    let private key (value: ConfigValue) : Key =
        match value with
        | ConfigValue.Int position -> Key.Position(Config.whole "key" position)
        | ConfigValue.Null -> Key.NewAxis
        | ConfigValue.String "..." -> Key.Ellipsis
        | ConfigValue.Object content ->
            match Config.tryFind "class_name" content, Config.tryFind "config" content with
            | Some(ConfigValue.String "__slice__"), Some(ConfigValue.Object config) -> part config
            | Some(ConfigValue.String "__ellipsis__"), _ -> Key.Ellipsis
            | _ -> invalidArg "key" $"a key is a position, a slice, an ellipsis or null, but here it is {value}"
        | _ -> invalidArg "key" $"a key is a position, a slice, an ellipsis or null, but here it is {value}"

    let private isAxis (key: Key) : bool =
        match key with
        | Key.Position _
        | Key.Part _ -> true
        | Key.Ellipsis
        | Key.NewAxis -> false

    let private wholeAxis = Key.Part(None, None, 1)

    /// A key for every axis: what an ellipsis, or nothing at the end, stands for is written out.
    let private complete (shape: Shape) (keys: Key list) : Key list =
        let missing = Shape.rank shape - (keys |> List.filter isAxis |> List.length)

        if missing < 0 then
            invalidArg "key" $"has {keys |> List.filter isAxis |> List.length} keys, but input 0 has shape {shape}"

        let whole = List.replicate missing wholeAxis

        match keys |> List.filter (fun key -> key.IsEllipsis) |> List.length with
        | 0 -> keys @ whole
        | 1 -> keys |> List.collect (fun key -> if key.IsEllipsis then whole else [ key ])
        | _ -> invalidArg "key" "has more than one ellipsis"

    /// A bound of a slice as a length: counted from the end when negative, and at most the axis where that is known.
    let private bound (length: Dimension) (fallback: Dimension) (value: int option) : Dimension =
        match value, Dimension.tryKnown length with
        | None, _ -> fallback
        | Some value, Some size -> Dimension.known (if value < 0 then max 0 (size + value) else min size value)
        | Some value, None when value < 0 -> length - Dimension.known -value
        | Some value, None -> Dimension.known value

    let private sliceOf (shape: Shape) (axis: int) (key: Key) : SliceAxis =
        let length = Shape.dimension axis shape

        match key with
        | Key.Position position ->
            let start =
                if position < 0 then
                    length - Dimension.known -position
                else
                    Dimension.known position

            let isOutside =
                match Dimension.tryKnown length with
                | Some size -> position >= size || position < -size
                | None -> false

            if isOutside then
                invalidArg "key" $"position {position} is outside axis {axis} of input 0, which has shape {shape}"

            {
                Start = start
                Stop = start + Dimension.known 1
                Stride = 1
            }
        | Key.Part(start, stop, step) when step > 0 ->
            let first = bound length (Dimension.known 0) start
            let last = bound length length stop

            if Dimension.tryKnown (last - first) |> Option.exists (fun size -> size < 1) then
                invalidArg "key" $"the slice of axis {axis} is empty; input 0 has shape {shape}"

            {
                Start = first
                Stop = last
                Stride = step
            }
        | _ -> Ops.wholeAxis length

    /// What a slice with a negative step takes of the reversed axis.
    let private reversed (length: Dimension) (start: int option) (stop: int option) (step: int) : Key =
        let mirror value =
            match value, Dimension.tryKnown length with
            | None, _ -> None
            | Some value, _ when value < 0 -> Some(-value - 1)
            | Some value, Some size -> Some(max 0 (size - 1 - value))
            | Some _, None ->
                invalidArg "key" "a slice backwards of an axis whose length is not known takes bounds from the end only"

        Key.Part(mirror start, mirror stop, -step)

    /// The part of a value that a key of a saved call names: one key, or a list of keys for several axes.
    let item (key': ConfigValue) (node: Node) : Node =
        let keys =
            match key' with
            | ConfigValue.List keys -> List.map key keys
            | single -> [ key single ]
            |> complete node.Shape

        let perAxis = List.filter isAxis keys

        let backwards =
            perAxis
            |> List.indexed
            |> List.choose (fun (axis, key) ->
                match key with
                | Key.Part(_, _, step) when step < 0 -> Some axis
                | _ -> None)

        let forwards =
            perAxis
            |> List.mapi (fun axis key ->
                match key with
                | Key.Part(start, stop, step) when step < 0 ->
                    reversed (Shape.dimension axis node.Shape) start stop step
                | _ -> key)

        let turned =
            if backwards.IsEmpty then
                node
            else
                Ops.reverse backwards node

        let sliced = Ops.slice (List.mapi (sliceOf turned.Shape) forwards) turned

        let rec lengths keys dimensions =
            match keys, dimensions with
            | Key.NewAxis :: rest, _ -> Dimension.known 1 :: lengths rest dimensions
            | Key.Position _ :: rest, _ :: others -> lengths rest others
            | _ :: rest, length :: others -> length :: lengths rest others
            | _, [] -> []
            | [], _ -> []

        Ops.reshape (Shape.create (lengths keys (Shape.dimensions sliced.Shape))) sliced
