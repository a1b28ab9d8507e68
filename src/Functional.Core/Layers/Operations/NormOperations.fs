namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Norms of vectors and of matrices. keras/src/ops/linalg.py (Norm)
[<RequireQualifiedAccess>]
module NormOperations =

    /// The orders of Keras: null, a number (infinities included), "fro" and "nuc".
    [<RequireQualifiedAccess>]
    type private Order =
        | Default
        | Number of float
        | Frobenius
        | Nuclear

    let private order (config: Config) : Order =
        match Config.tryFind "ord" config with
        | None
        | Some ConfigValue.Null -> Order.Default
        | Some(ConfigValue.String "fro") -> Order.Frobenius
        | Some(ConfigValue.String "nuc") -> Order.Nuclear
        | Some(ConfigValue.String other) ->
            invalidArg "ord" $"ord must be a number, 'fro', 'nuc' or null, but is '{other}'"
        | Some _ -> Order.Number(Arguments.float "ord" config)

    let private euclidean (axes: int list) (node: Node) : Node =
        Ops.sqrt (Ops.sum axes true (Ops.square node))

    let private ofVectors (axis: int) (order: float) (node: Node) : Node =
        let magnitudes = Ops.abs node

        match order with
        | Double.PositiveInfinity -> Ops.max [ axis ] true magnitudes
        | Double.NegativeInfinity -> Ops.min [ axis ] true magnitudes
        | 0.0 -> Ops.sum [ axis ] true (Ops.cast node.ElementType (Ops.notEqual node (node.Number 0.0)))
        | 1.0 -> Ops.sum [ axis ] true magnitudes
        | 2.0 -> euclidean [ axis ] node
        | _ ->
            let powers = Ops.power magnitudes (node.Number order)
            Ops.power (Ops.sum [ axis ] true powers) (node.Number(1.0 / order))

    /// The greatest, least or summed singular values of the matrices over two axes.
    let private ofSingularValues (reduce: Node -> Node) (rows: int) (columns: int) (node: Node) : Node =
        let others =
            Ops.allAxes node |> List.filter (fun axis -> axis <> rows && axis <> columns)

        Ops.transpose (others @ [ rows; columns ]) node
        |> SingularValues.ofMatrices
        |> reduce
        |> Ops.expandDimensions (List.sort [ rows; columns ])

    let private ofMatrices (rows: int) (columns: int) (order: Order) (node: Node) : Node =
        // Sums along one axis and the extremum of them along the other.
        let sumThen extremum summed other =
            Ops.sum [ summed ] true (Ops.abs node) |> extremum [ other ] true

        match order with
        | Order.Default
        | Order.Frobenius -> euclidean [ rows; columns ] node
        | Order.Nuclear -> ofSingularValues (Ops.sum [ -1 ] false) rows columns node
        | Order.Number 2.0 -> ofSingularValues (Ops.max [ -1 ] false) rows columns node
        | Order.Number -2.0 -> ofSingularValues (Ops.min [ -1 ] false) rows columns node
        | Order.Number 1.0 -> sumThen Ops.max rows columns
        | Order.Number -1.0 -> sumThen Ops.min rows columns
        | Order.Number Double.PositiveInfinity -> sumThen Ops.max columns rows
        | Order.Number Double.NegativeInfinity -> sumThen Ops.min columns rows
        | Order.Number other ->
            invalidArg
                "ord"
                $"the norm of a matrix (two axes) has ord 1, -1, 2, -2, an infinity, 'fro' or 'nuc', but ord is {other}; the input has shape {node.Shape}"

    let private norm (config: Config) (node: Node) : Node =
        let axes = OperationDefinition.axes config node

        let result =
            match order config, axes with
            | Order.Default, _ -> euclidean axes node
            | Order.Number order, [ axis ] -> ofVectors axis order node
            | order, [ rows; columns ] when rows <> columns -> ofMatrices rows columns order node
            | order, _ ->
                let name =
                    match order with
                    | Order.Default -> "null"
                    | Order.Number number -> string number
                    | Order.Frobenius -> "'fro'"
                    | Order.Nuclear -> "'nuc'"

                invalidArg
                    "axis"
                    $"there is no norm of ord {name} over {axes.Length} axes: name one axis for vectors, or two for matrices; the input has shape {node.Shape}"

        if Config.bool "keepdims" false config then
            result
        else
            Ops.squeeze axes result

    /// Every operation of this file.
    let definitions: OperationDefinition list = [ OperationDefinition.floating "linalg" "Norm" norm ]
