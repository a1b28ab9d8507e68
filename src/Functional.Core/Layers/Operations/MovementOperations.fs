namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations that move numbers without changing them. Axes count the batch, which is axis 0.
/// keras/src/ops/numpy.py, core.py
[<RequireQualifiedAccess>]
module MovementOperations =

    let private movement className (f: Config -> Node -> Node) =
        OperationDefinition.unary "numpy" className f

    let private unknown (length: int option) : string =
        match length with
        | None
        | Some -1 -> "None"
        | Some known -> string known

    /// The shape that lengths name: one may be -1 (or null) and takes what is left of the elements.
    let private target (lengths: int option list) (shape: Shape) : Shape =
        let isOpen length = length = None || length = Some -1
        let fixedLengths = lengths |> List.filter (isOpen >> not) |> List.choose id

        let fit () =
            let wanted = lengths |> List.map unknown |> String.concat ", "
            invalidArg "newshape" $"cannot give shape ({wanted}) to input 0 of shape {shape}"

        if fixedLengths |> List.exists (fun length -> length < 1) then
            fit ()

        let given = Dimension.known (List.fold (*) 1 fixedLengths)

        match lengths |> List.filter isOpen |> List.length with
        | 0 -> Shape.ofInts fixedLengths
        | 1 ->
            match Dimension.tryDivide (Shape.size shape) given with
            | Some rest ->
                lengths
                |> List.map (fun length ->
                    if isOpen length then
                        rest
                    else
                        Dimension.known (Option.defaultValue 1 length))
                |> Shape.create
            | None -> fit ()
        | _ -> fit ()

    let private reshape (config: Config) (node: Node) : Node =
        let key =
            if Config.tryFind "shape" config = None then
                "newshape"
            else
                "shape"

        match Arguments.tryOpenInts key config with
        | Some lengths -> Ops.reshape (target lengths node.Shape) node
        | None -> Ops.reshape (target [ Some(Arguments.int key config) ] node.Shape) node

    let private ravel (node: Node) : Node =
        Ops.reshape (Shape.create [ Shape.size node.Shape ]) node

    /// A new shape with the lengths of the input where a length is null or -1; aligned at the right.
    let private broadcastTo (config: Config) (node: Node) : Node =
        let lengths =
            Arguments.tryOpenInts "shape" config
            |> Option.defaultWith (fun () -> invalidArg "shape" "'shape' has no default: it must be given.")

        let missing = lengths.Length - Shape.rank node.Shape

        lengths
        |> List.mapi (fun position length ->
            match length with
            | Some size when size >= 1 -> Dimension.known size
            | _ when position >= missing -> Shape.dimension (position - missing) node.Shape
            | _ -> invalidArg "shape" $"length {position} must be known; input 0 has shape {node.Shape}")
        |> fun lengths -> Ops.broadcastTo (Shape.create lengths) node

    let private transpose (config: Config) (node: Node) : Node =
        match Config.tryInts "axes" config with
        | Some axes -> Ops.transpose (axes |> List.map (fun axis -> Expect.axis axis 0 node.Shape)) node
        | None -> Ops.transpose (List.rev (Ops.allAxes node)) node

    let private moveAxis (config: Config) (node: Node) : Node =
        let positions key =
            Arguments.ints key config
            |> List.map (fun axis -> Expect.axis axis 0 node.Shape)

        let source, destination = positions "source", positions "destination"

        if source.Length <> destination.Length then
            invalidArg "source" $"moves {source.Length} axes to {destination.Length} places"

        let places = List.zip destination source |> Map.ofList

        let others =
            Ops.allAxes node |> List.filter (fun axis -> not (List.contains axis source))

        let rec order position others =
            if position = Shape.rank node.Shape then
                []
            else
                match Map.tryFind position places, others with
                | Some axis, _ -> axis :: order (position + 1) others
                | None, first :: rest -> first :: order (position + 1) rest
                | None, [] -> []

        Ops.transpose (order 0 others) node

    let private swapAxes (config: Config) (node: Node) : Node =
        let position key =
            Expect.axis (Arguments.int key config) 0 node.Shape

        let first, second = position "axis1", position "axis2"

        Ops.allAxes node
        |> List.map (fun axis ->
            if axis = first then second
            elif axis = second then first
            else axis)
        |> fun order -> Ops.transpose order node

    let private squeeze (config: Config) (node: Node) : Node =
        let axes =
            match Config.tryInts "axis" config with
            | Some axes -> axes |> List.map (fun axis -> Expect.axis axis 0 node.Shape)
            | None ->
                Ops.allAxes node
                |> List.filter (fun axis -> Dimension.isKnown 1 (Shape.dimension axis node.Shape))

        match
            axes
            |> List.tryFind (fun axis -> not (Dimension.isKnown 1 (Shape.dimension axis node.Shape)))
        with
        | Some axis ->
            invalidArg
                "axis"
                $"removes axes of length 1 only, but axis {axis} of input 0 of shape {node.Shape} has another"
        | None -> Ops.squeeze axes node

    let private flip (config: Config) (node: Node) : Node =
        Ops.reverse (OperationDefinition.axes config node) node

    /// Every operation of this file.
    let definitions: OperationDefinition list = [
        movement "Reshape" reshape
        movement "Ravel" (fun _ -> ravel)
        movement "BroadcastTo" broadcastTo
        movement "Transpose" transpose
        movement "Moveaxis" moveAxis
        movement "Swapaxes" swapAxes
        movement "ExpandDims" (fun config node -> Ops.expandDimensions (Arguments.ints "axis" config) node)
        movement "Squeeze" squeeze
        movement "Flip" flip
    ]
