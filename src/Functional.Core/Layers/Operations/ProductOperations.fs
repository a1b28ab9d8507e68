namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations that sum products: matrix products and what Einstein's convention writes. keras/src/ops/numpy.py
[<RequireQualifiedAccess>]
module ProductOperations =

    let private matmul (left: Node) (right: Node) : Node =
        let requireAxes (node: Node) =
            if Shape.rank node.Shape = 0 then
                invalidArg "inputs" "expects operands with at least one axis, but one is a number"

        requireAxes left
        requireAxes right
        let isRow = Shape.rank left.Shape = 1
        let isColumn = Shape.rank right.Shape = 1
        let left = if isRow then Ops.expandDimensions [ 0 ] left else left

        let right =
            if isColumn then
                Ops.expandDimensions [ -1 ] right
            else
                right

        let leading (node: Node) =
            Shape.dimensions node.Shape |> List.take (Shape.rank node.Shape - 2)

        let trailing (node: Node) =
            Shape.dimensions node.Shape |> List.skip (Shape.rank node.Shape - 2)

        let product =
            if leading right = [] && leading left <> [] then
                Ops.dense right left
            else
                match Shape.tryBroadcast (Shape.create (leading left)) (Shape.create (leading right)) with
                | Ok common ->
                    let stretch node =
                        Ops.broadcastTo (Shape.create (Shape.dimensions common @ trailing node)) node

                    Ops.matMul (stretch left) (stretch right)
                | Error error -> invalidArg "inputs" (ShapeError.explain error)

        let product = if isRow then Ops.squeeze [ -2 ] product else product
        if isColumn then Ops.squeeze [ -1 ] product else product

    /// The product over the axes that are named: labels are positions, of the right operand after those of the left.
    let private contract (leftAxes: int list) (rightAxes: int list) (left: Node) (right: Node) : Node =
        if leftAxes.Length <> rightAxes.Length then
            invalidArg "axes" $"sums over {leftAxes.Length} axes of one operand, but {rightAxes.Length} of the other"

        let leftAxes = leftAxes |> List.map (fun axis -> Expect.axis axis 0 left.Shape)
        let rightAxes = rightAxes |> List.map (fun axis -> Expect.axis axis 1 right.Shape)
        let leftLabels = Ops.allAxes left

        let rightLabels =
            Ops.allAxes right
            |> List.map (fun axis ->
                match List.tryFindIndex ((=) axis) rightAxes with
                | Some index -> leftAxes[index]
                | None -> leftLabels.Length + axis)

        let free = List.filter (fun label -> not (List.contains label leftAxes))
        Einsum.contract leftLabels rightLabels (free leftLabels @ free rightLabels) left right

    let private tensordotAxes (config: Config) (left: Node) (right: Node) : Node =
        match Config.tryFind "axes" config with
        | Some(ConfigValue.List [ first; second ]) ->
            let axes value = Arguments.ints "axes" [ "axes", value ]
            contract (axes first) (axes second) left right
        | Some(ConfigValue.Int count) ->
            let count = int count
            let last = Shape.rank left.Shape
            contract [ last - count .. last - 1 ] [ 0 .. count - 1 ] left right
        | None -> contract [ -2; -1 ] [ 0; 1 ] left right
        | Some axes -> invalidArg "axes" $"axes must be a number of axes, or two lists of axes, but is {axes}"

    let private tensordot =
        OperationDefinition.create "numpy" "Tensordot" [ "x1"; "x2" ] (fun context operands ->
            Operand.promote context.Floating operands
            |> Operand.keepingTruth (fun nodes ->
                match nodes with
                | [ left; right ] -> tensordotAxes context.Config left right
                | nodes -> invalidArg "inputs" $"expects two operands, but got {nodes.Length}"))

    let private dot (left: Node) (right: Node) : Node =
        match Shape.rank left.Shape, Shape.rank right.Shape with
        | 0, _
        | _, 0 -> left * right
        | _, 1 -> contract [ -1 ] [ 0 ] left right
        | _ -> contract [ -1 ] [ -2 ] left right

    let private outer (left: Node) (right: Node) : Node =
        let flat (node: Node) =
            Ops.reshape (Shape.create [ Shape.size node.Shape ]) node

        Ops.expandDimensions [ 1 ] (flat left) * Ops.expandDimensions [ 0 ] (flat right)

    let private einsum =
        OperationDefinition.create "numpy" "Einsum" [] (fun context operands ->
            let subscripts =
                match Config.tryString "subscripts" context.Config with
                | Some subscripts -> subscripts
                | None -> invalidArg "subscripts" "'subscripts' has no default: it must be given."

            Operand.promote context.Floating operands
            |> Operand.keepingTruth (EinsumSubscripts.evaluate subscripts))

    let private product className f =
        OperationDefinition.binary "numpy" className Operand.promote (fun left right ->
            Operand.keepingTruth (fun nodes -> f nodes.Head (List.last nodes)) [ left; right ])

    /// Every operation of this file.
    let definitions: OperationDefinition list = [
        product "Matmul" matmul
        product "Dot" dot
        product "Outer" outer
        tensordot
        einsum
    ]
