namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations that put axes together: "axis" is one axis, several, or all where it is null; with "keepdims" the axes stay
/// with length 1. keras/src/ops/numpy.py, math.py, linalg.py
[<RequireQualifiedAccess>]
module ReductionOperations =

    let private overAxes (f: int list -> bool -> Node -> Node) (config: Config) (node: Node) : Node =
        f (OperationDefinition.axes config node) (Config.bool "keepdims" false config) node

    let private floating className f =
        OperationDefinition.floating "numpy" className (overAxes f)

    let private number className (f: int list -> bool -> Node -> Node) =
        OperationDefinition.unary "numpy" className (fun config node -> overAxes f config (Operand.toNumber node))

    let private truth className (f: int list -> bool -> Node -> Node) =
        OperationDefinition.unary "numpy" className (fun config node ->
            overAxes f config (Ops.cast ElementType.Bool node))

    let private all (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        Ops.logicalNot (Masks.any axes keepDimensions (Ops.logicalNot node))

    /// With the argument "initial" as one more element.
    let private extremum className (reduce: int list -> bool -> Node -> Node) (combine: Node -> Node -> Node) =
        OperationDefinition.unary "numpy" className (fun config node ->
            [ node ]
            |> Operand.keepingTruth (fun nodes ->
                let reduced = overAxes reduce config nodes.Head

                match Arguments.tryFloat "initial" config with
                | Some initial when node.ElementType = ElementType.Bool && initial <> 0.0 ->
                    combine reduced (reduced.Number 1.0)
                | Some initial -> combine reduced (reduced.Number initial)
                | None -> reduced))

    /// The position of the first greatest (or, of the negative, least) element along one axis, or among all.
    let private position className (prepare: Node -> Node) =
        OperationDefinition.unary "numpy" className (fun config node ->
            let node = prepare (Operand.toNumber node)
            let keepDimensions = Config.bool "keepdims" false config

            match Config.tryInt "axis" config with
            | Some axis ->
                let axis = Expect.axis axis 0 node.Shape
                let found = Ops.argMax axis node

                if keepDimensions then
                    Ops.expandDimensions [ axis ] found
                else
                    found
            | None ->
                let found = Ops.argMax 0 (Ops.reshape (Shape.create [ Shape.size node.Shape ]) node)

                if keepDimensions then
                    Ops.expandDimensions (Ops.allAxes node) found
                else
                    found)

    let private standardDeviation (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        Ops.sqrt (Ops.variance axes keepDimensions node)

    let private countNonzero (axes: int list) (keepDimensions: bool) (node: Node) : Node =
        Ops.sum axes keepDimensions (Ops.cast ElementType.Int32 node)

    let private average =
        OperationDefinition.create "numpy" "Average" [ "x"; "weights" ] (fun context operands ->
            let present = operands |> List.filter (Operand.isMissing >> not)

            match Operand.promoteFloating context.Floating present with
            | [ values; weights ] ->
                let axes = OperationDefinition.axes context.Config values

                // Weights of one axis belong to the axis that is averaged over.
                let aligned =
                    match axes with
                    | [ axis ] when Shape.rank weights.Shape = 1 ->
                        let others = Ops.allAxes values |> List.filter ((<>) axis)
                        Ops.expandDimensions others weights
                    | _ -> weights

                let aligned = Ops.broadcastTo values.Shape aligned
                Ops.sum axes false (values * aligned) / Ops.sum axes false aligned
            | nodes ->
                let values = List.head nodes
                Ops.mean (OperationDefinition.axes context.Config values) false values)

    let private moments =
        OperationDefinition.several "nn" "Moments" [ "x" ] (fun context operands ->
            if Config.bool "synchronized" false context.Config then
                invalidArg "synchronized" "synchronized must be false: there is one replica"

            let node =
                Operand.node context.Floating operands.Head
                |> Operand.toFloating context.Floating

            let axes =
                Arguments.ints "axes" context.Config
                |> List.map (fun axis -> Expect.axis axis 0 node.Shape)

            let keepDimensions = Config.bool "keepdims" false context.Config
            [ Ops.mean axes keepDimensions node; Ops.variance axes keepDimensions node ])

    /// Every operation of this file.
    let definitions: OperationDefinition list = [
        number "Sum" Ops.sum
        number "Prod" Ops.product
        floating "Mean" Ops.mean
        floating "Var" Ops.variance
        floating "Std" standardDeviation
        extremum "Max" Ops.max Ops.maximum
        extremum "Min" Ops.min Ops.minimum
        extremum "Amax" Ops.max Ops.maximum
        extremum "Amin" Ops.min Ops.minimum
        truth "Any" Masks.any
        truth "All" all
        truth "CountNonzero" countNonzero
        position "Argmax" id
        position "Argmin" (fun node -> -node)
        average
        OperationDefinition.floating "math" "Logsumexp" (overAxes Ops.logSumExp)
        moments
    ]
