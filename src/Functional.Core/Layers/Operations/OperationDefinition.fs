namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// What an operation knows besides its operands.
type OperationContext = {
    /// The floating type that the model computes in.
    Floating: ElementType
    /// The arguments that Keras's class of the operation was made with: "axis", "keepdims"...
    Config: Config
}

/// One of Keras's operations (keras.ops), which stands between layers as a layer without weights. Its result has no mask.
[<NoEquality; NoComparison>]
type OperationDefinition = {
    /// Keras's class name: "GetItem".
    ClassName: string
    /// The module of keras.src.ops: "numpy", "nn", "math", "core", "linalg".
    Module: string
    /// The names of what a call takes; none where it takes any number of tensors.
    Parameters: string list
    Apply: OperationContext -> Operand list -> Value list
}

/// The ways in which operations are defined.
[<RequireQualifiedAccess>]
module OperationDefinition =

    /// An operation with one result.
    let create moduleName className parameters (apply: OperationContext -> Operand list -> Node) = {
        ClassName = className
        Module = moduleName
        Parameters = parameters
        Apply = fun context operands -> [ Value.ofNode (apply context operands) ]
    }

    /// An operation with several results.
    let several moduleName className parameters (apply: OperationContext -> Operand list -> Node list) = {
        ClassName = className
        Module = moduleName
        Parameters = parameters
        Apply = fun context operands -> apply context operands |> List.map Value.ofNode
    }

    /// An operation on one tensor, which keeps its element type.
    let unary moduleName className (f: Config -> Node -> Node) =
        create moduleName className [ "x" ] (fun context operands ->
            f context.Config (Operand.node context.Floating (List.head operands)))

    /// An operation on one tensor of floating numbers; whole ones become floating before.
    let floating moduleName className (f: Config -> Node -> Node) =
        create moduleName className [ "x" ] (fun context operands ->
            Operand.node context.Floating (List.head operands)
            |> Operand.toFloating context.Floating
            |> f context.Config)

    /// An operation on two operands, of which `prepare` makes nodes of one type.
    let binary moduleName className (prepare: ElementType -> Operand list -> Node list) (f: Node -> Node -> Node) =
        create moduleName className [ "x1"; "x2" ] (fun context operands ->
            if List.exists Operand.isMissing operands then
                invalidArg "inputs" "expects two operands, but got one"

            match prepare context.Floating operands with
            | [ left; right ] -> f left right
            | nodes -> invalidArg "inputs" $"expects two operands, but got {nodes.Length}")

    /// Axes of a node as positions: the argument "axis"; all axes where it is null.
    let axes (config: Config) (node: Node) : int list =
        match Config.tryInts "axis" config with
        | Some axes -> axes |> List.map (fun axis -> Expect.axis axis 0 node.Shape)
        | None -> Ops.allAxes node
