namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations that join, cut, repeat and choose parts of tensors. Axes count the batch, which is axis 0.
/// keras/src/ops/numpy.py, core.py
[<RequireQualifiedAccess>]
module PartOperations =

    let private movement className (f: Config -> Node -> Node) =
        OperationDefinition.unary "numpy" className f

    let private ravel (node: Node) : Node =
        Ops.reshape (Shape.create [ Shape.size node.Shape ]) node

    /// Positions that go out at the end come in at the beginning.
    let private rollAxis (axis: int) (shift: int) (node: Node) : Node =
        let length = Shape.dimension axis node.Shape

        let shift =
            match Dimension.tryKnown length with
            | Some size -> ((shift % size) + size) % size
            | None -> shift

        if shift = 0 then
            node
        else
            let border =
                if shift > 0 then
                    length - Dimension.known shift
                else
                    Dimension.known -shift

            Ops.concatenate axis [
                Ops.sliceAxis axis border length node
                Ops.sliceAxis axis (Dimension.known 0) border node
            ]

    let private roll (config: Config) (node: Node) : Node =
        let shifts = Arguments.ints "shift" config

        match Config.tryInts "axis" config with
        | Some axes when axes.Length = shifts.Length || shifts.Length = 1 ->
            let shifts =
                if shifts.Length = 1 then
                    List.replicate axes.Length shifts.Head
                else
                    shifts

            (node, List.zip axes shifts)
            ||> List.fold (fun node (axis, shift) -> rollAxis (Expect.axis axis 0 node.Shape) shift node)
        | Some axes -> invalidArg "shift" $"has {shifts.Length} shifts for {axes.Length} axes"
        | None -> Ops.reshape node.Shape (rollAxis 0 (List.sum shifts) (ravel node))

    /// Every part of an axis several times before the next one.
    let private repeatAxis (axis: int) (count: int) (node: Node) : Node =
        let expanded = Ops.expandDimensions [ axis + 1 ] node

        Ops.broadcastTo (Shape.withDimension (axis + 1) (Dimension.known count) expanded.Shape) expanded
        |> Ops.reshape (Shape.withDimension axis (Shape.dimension axis node.Shape * Dimension.known count) node.Shape)

    let private repeat (config: Config) (node: Node) : Node =
        let count = Arguments.int "repeats" config

        if count < 1 then
            invalidArg "repeats" $"repeats must be at least 1, but is {count}"

        match Config.tryInt "axis" config with
        | Some axis -> repeatAxis (Expect.axis axis 0 node.Shape) count node
        | None -> repeatAxis 0 count (ravel node)

    /// The whole of an axis several times.
    let private tileAxis (axis: int) (count: int) (node: Node) : Node =
        if count < 1 then
            invalidArg "repeats" $"repeats must be at least 1, but hold {count}"

        let expanded = Ops.expandDimensions [ axis ] node

        Ops.broadcastTo (Shape.withDimension axis (Dimension.known count) expanded.Shape) expanded
        |> Ops.reshape (Shape.withDimension axis (Dimension.known count * Shape.dimension axis node.Shape) node.Shape)

    let private tile (config: Config) (node: Node) : Node =
        let repeats = Arguments.ints "repeats" config
        let rank = max repeats.Length (Shape.rank node.Shape)
        let repeats = List.replicate (rank - repeats.Length) 1 @ repeats

        let node = Ops.expandDimensions [ 0 .. rank - Shape.rank node.Shape - 1 ] node

        (node, List.indexed repeats)
        ||> List.fold (fun node (axis, count) -> tileAxis axis count node)

    let private parts (context: OperationContext) (operands: Operand list) : Node list =
        match operands with
        | [ single ] -> Operand.promote context.Floating (Operand.parts single)
        | several -> Operand.promote context.Floating several

    let private joining className (join: Config -> Node list -> Node) =
        OperationDefinition.create "numpy" className [ "xs" ] (fun context operands ->
            join context.Config (parts context operands))

    let private concatenate (axis: int) (nodes: Node list) : Node =
        Ops.concatenate (Expect.axis axis 0 nodes.Head.Shape) nodes

    let private stack (config: Config) (nodes: Node list) : Node =
        let rank = Shape.rank nodes.Head.Shape + 1
        let axis = Config.int "axis" 0 config
        let position = if axis < 0 then axis + rank else axis

        if position < 0 || position >= rank then
            invalidArg "axis" $"expects an axis of {rank} axes, but is {axis}; input 0 has shape {nodes.Head.Shape}"

        Ops.concatenate position (nodes |> List.map (Ops.expandDimensions [ position ]))

    let private horizontal (nodes: Node list) : Node =
        concatenate (if Shape.rank nodes.Head.Shape = 1 then 0 else 1) nodes

    let private vertical (nodes: Node list) : Node =
        nodes
        |> List.map (fun node ->
            match Shape.rank node.Shape with
            | 0 -> Ops.expandDimensions [ 0; 1 ] node
            | 1 -> Ops.expandDimensions [ 0 ] node
            | _ -> node)
        |> concatenate 0

    /// The borders of parts: of one length, or at these positions.
    let private borders (config: Config) (axis: int) (node: Node) : Dimension list =
        let length = Shape.dimension axis node.Shape

        match Config.tryFind "indices_or_sections" config with
        | Some(ConfigValue.Int sections) ->
            match Dimension.tryDivide length (Dimension.known (int sections)) with
            | Some part -> [ for index in 0 .. int sections -> Dimension.known index * part ]
            | None ->
                invalidArg
                    "indices_or_sections"
                    $"cannot be split into {sections} equal parts along axis {axis}; input 0 has shape {node.Shape}"
        | _ ->
            let inner = Arguments.ints "indices_or_sections" config |> List.map Dimension.known
            Dimension.known 0 :: inner @ [ length ]

    let private split =
        OperationDefinition.several "numpy" "Split" [ "x" ] (fun context operands ->
            let node = Operand.node context.Floating operands.Head
            let axis = Expect.axis (Config.int "axis" 0 context.Config) 0 node.Shape

            borders context.Config axis node
            |> List.pairwise
            |> List.map (fun (start, stop) -> Ops.sliceAxis axis start stop node))

    let private unstack =
        OperationDefinition.several "core" "Unstack" [ "x" ] (fun context operands ->
            let node = Operand.node context.Floating operands.Head
            let axis = Expect.axis (Config.int "axis" 0 context.Config) 0 node.Shape

            let count =
                match Config.tryInt "num" context.Config with
                | Some count -> count
                | None -> Expect.length axis 0 node.Shape

            [
                for index in 0 .. count - 1 ->
                    Ops.sliceAxis axis (Dimension.known index) (Dimension.known (index + 1)) node
                    |> Ops.squeeze [ axis ]
            ])

    let private pad =
        OperationDefinition.create "numpy" "Pad" [ "x"; "constant_values" ] (fun context operands ->
            let node = Operand.node context.Floating operands.Head
            let mode = Config.string "mode" "constant" context.Config

            let value =
                match operands |> List.tryItem 1 with
                | Some(Operand.Constant(ConfigValue.Int value)) -> float value
                | Some(Operand.Constant(ConfigValue.Float value)) -> value
                | _ -> 0.0

            let width =
                Arguments.tryPairs "pad_width" (Shape.rank node.Shape) context.Config
                |> Option.defaultWith (fun () ->
                    invalidArg "pad_width" "'pad_width' has no default: it must be given.")

            if width |> List.exists (fun (before, after) -> before < 0 || after < 0) then
                invalidArg
                    "pad_width"
                    $"pads by 0 or more, but pad_width has %A{width}; input 0 has shape {node.Shape}"

            match mode with
            | "constant" ->
                let axes =
                    width
                    |> List.map (fun (before, after) -> {
                        Low = Dimension.known before
                        High = Dimension.known after
                        Interior = 0
                    })

                Ops.pad axes value node
            | "reflect" -> Mirroring.pad 1 width node
            | "symmetric" -> Mirroring.pad 0 width node
            | _ -> invalidArg "mode" $"mode must be 'constant', 'reflect' or 'symmetric', but is '{mode}'")

    let private take =
        OperationDefinition.create "numpy" "Take" [ "x"; "indices"; "axis" ] (fun context operands ->
            match operands with
            | x :: indices :: _ when not (Operand.isMissing indices) ->
                let indices = Operand.node context.Floating indices |> Ops.cast ElementType.Int32
                let node = Operand.node context.Floating x

                let axis, values =
                    match Config.tryInt "axis" context.Config with
                    | Some axis -> Expect.axis axis 0 node.Shape, node
                    | None -> 0, ravel node

                // As in NumPy, positions below 0 count from the end.
                let length = Ops.size ElementType.Int32 (Shape.dimension axis values.Shape)
                let isNegative = Ops.less indices (indices.Number 0.0)
                let indices = Ops.select isNegative (indices + length) indices
                Ops.gather axis indices values
            | _ -> invalidArg "indices" "expects a tensor and indices")

    /// The elements of a matrix at and below (or above) a diagonal; others are 0.
    let private triangle className (keeps: Node -> Node -> Node) =
        movement className (fun config node ->
            Expect.minimumRank 2 0 node.Shape
            let rank = Shape.rank node.Shape
            let rows = Ops.iota ElementType.Int32 (rank - 2) node.Shape
            let columns = Ops.iota ElementType.Int32 (rank - 1) node.Shape
            let diagonal = rows + float (Config.int "k" 0 config)
            Ops.select (keeps columns diagonal) node (Ops.broadcastTo node.Shape (node.Number 0.0)))

    let private getItem =
        OperationDefinition.create "numpy" "GetItem" [ "x"; "key" ] (fun context operands ->
            let node = Operand.node context.Floating operands.Head

            match operands[1] with
            | Operand.Constant key -> Indexing.item key node
            | Operand.Tensor indices -> Ops.gather 0 (Ops.cast ElementType.Int32 indices) node
            | Operand.Several _ -> invalidArg "key" "a key is made of positions and slices, but one is a tensor")

    /// Every operation of this file.
    let definitions: OperationDefinition list = [
        movement "Roll" roll
        movement "Repeat" repeat
        movement "Tile" tile
        triangle "Tril" Ops.lessOrEqual
        triangle "Triu" Ops.greaterOrEqual
        joining "Concatenate" (fun config -> concatenate (Config.int "axis" 0 config))
        joining "Stack" stack
        joining "Hstack" (fun _ -> horizontal)
        joining "Vstack" (fun _ -> vertical)
        split
        unstack
        pad
        take
        getItem
    ]
