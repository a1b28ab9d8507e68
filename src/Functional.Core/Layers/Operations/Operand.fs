namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// What the call of an operation is given for one of its arguments.
[<RequireQualifiedAccess; ReferenceEquality>]
type Operand =
    | Tensor of Node
    | Several of Operand list
    /// A number, null, or anything else that is not a tensor.
    | Constant of ConfigValue

/// What operations make of their operands: nodes of one element type, by Keras's rules of promotion. Whole numbers become
/// floating beside floating ones; a number without a type of its own (2, 0.5) takes that of the tensors where it can.
[<RequireQualifiedAccess>]
module Operand =

    /// The element type that Keras's name stands for: float32 and what is shorter is the floating type that the model
    /// computes in, and every whole type is int32.
    let elementType (floating: ElementType) (name: string) : ElementType =
        match name with
        | "bool" -> ElementType.Bool
        | "float16"
        | "bfloat16"
        | "float32" -> floating
        | "float64" -> ElementType.Float64
        | "int8"
        | "int16"
        | "int32"
        | "int64"
        | "uint8"
        | "uint16"
        | "uint32" -> ElementType.Int32
        | _ -> invalidArg "dtype" $"dtype must be 'float32', 'float64', 'int32' or 'bool', but is '{name}'"

    /// Whether nothing was given.
    let isMissing (operand: Operand) : bool =
        match operand with
        | Operand.Constant ConfigValue.Null -> true
        | _ -> false

    /// The value of a number: whether it has decimals, and what it is.
    let private tryNumber (value: ConfigValue) : (ElementType * float) option =
        match value with
        | ConfigValue.Bool flag -> Some(ElementType.Bool, (if flag then 1.0 else 0.0))
        | ConfigValue.Int whole -> Some(ElementType.Int32, float whole)
        | ConfigValue.Float real -> Some(ElementType.Float32, real)
        | _ -> None

    let private rankOf (elementType: ElementType) : int =
        match elementType with
        | ElementType.Bool -> 0
        | ElementType.Int32 -> 1
        | ElementType.Float32 -> 2
        | ElementType.Float64 -> 3

    /// Lengths, numbers and the greatest type of nested lists.
    let rec private nested (value: ConfigValue) : int list * (ElementType * float) list =
        match value, tryNumber value with
        | _, Some number -> [], [ number ]
        | ConfigValue.List [], None -> invalidArg "value" "an array needs at least one number"
        | ConfigValue.List items, None ->
            let parts = List.map nested items

            if parts |> List.distinctBy fst |> List.length > 1 then
                invalidArg "value" "the rows of an array must have one length"

            items.Length :: fst parts.Head, List.collect snd parts
        | _, None -> invalidArg "value" $"expects a number, an array or a tensor, but got {value}"

    let private array (floating: ElementType) (typeName: string option) (value: ConfigValue) : Node =
        let lengths, numbers = nested value

        // A fixed array of doubles is one of the model's numbers, as C# writes them.
        let elementType =
            match typeName with
            | Some "float64" -> floating
            | Some name -> elementType floating name
            | None ->
                match numbers |> List.map fst |> List.maxBy rankOf with
                | found when ElementType.isFloating found -> floating
                | found -> found

        Ops.constant (Literal.create elementType lengths (List.map snd numbers))

    /// A fixed array as Keras saves it ("__numpy__", "__tensor__"), or a list of numbers.
    let private ofConstant (floating: ElementType) (value: ConfigValue) : Node =
        match value with
        | ConfigValue.Object content ->
            match Config.tryFind "class_name" content, Config.tryFind "config" content with
            | Some(ConfigValue.String("__numpy__" | "__tensor__")), Some(ConfigValue.Object config) ->
                Config.tryFind "value" config
                |> Option.defaultValue ConfigValue.Null
                |> array floating (Config.tryString "dtype" config)
            | Some(ConfigValue.String className), _ ->
                invalidArg "value" $"expects a number, an array or a tensor, but got a saved '{className}'"
            | _ -> invalidArg "value" "expects a number, an array or a tensor, but got another object"
        | _ -> array floating None value

    /// The value of an operand, whole numbers and truth values in their own type.
    let node (floating: ElementType) (operand: Operand) : Node =
        match operand with
        | Operand.Tensor node -> node
        | Operand.Constant value -> ofConstant floating value
        | Operand.Several _ -> invalidArg "inputs" "expects one tensor, but got a list of them"

    /// The parts of a list, or the operand alone.
    let parts (operand: Operand) : Operand list =
        match operand with
        | Operand.Several parts -> parts
        | Operand.Constant(ConfigValue.List items) -> List.map Operand.Constant items
        | Operand.Tensor _
        | Operand.Constant _ -> [ operand ]

    /// Numbers of a type in floating ones.
    let toFloating (floating: ElementType) (node: Node) : Node =
        if ElementType.isFloating node.ElementType then
            node
        else
            Ops.cast floating node

    /// Truth values as whole numbers, other values as they are.
    let toNumber (node: Node) : Node =
        if node.ElementType = ElementType.Bool then
            Ops.cast ElementType.Int32 node
        else
            node

    /// An operation on numbers, truth values included: their result is a truth value again, whether it is not 0. So a sum
    /// is "or" and a product is "and".
    let keepingTruth (f: Node list -> Node) (nodes: Node list) : Node =
        if nodes |> List.forall (fun node -> node.ElementType = ElementType.Bool) then
            nodes |> List.map toNumber |> f |> Ops.cast ElementType.Bool
        else
            f nodes

    /// The operands in the one type that holds them all. A number with decimals makes whole numbers floating and takes
    /// the type of floating ones.
    let promote (floating: ElementType) (operands: Operand list) : Node list =
        let loose operand =
            match operand with
            | Operand.Constant value -> tryNumber value
            | Operand.Tensor _
            | Operand.Several _ -> None

        let isOfTensor operand = Option.isNone (loose operand)

        let typeOf operand =
            match loose operand with
            | Some(elementType, _) -> elementType
            | None -> (node floating operand).ElementType

        let greatest = List.map typeOf >> List.maxBy rankOf

        let common =
            match List.filter isOfTensor operands with
            | [] when ElementType.isFloating (greatest operands) -> floating
            | [] -> greatest operands
            | tensors when ElementType.isFloating (greatest tensors) -> greatest tensors
            | _ when ElementType.isFloating (greatest operands) -> floating
            | _ -> greatest operands

        operands
        |> List.map (fun operand ->
            match loose operand with
            | Some(_, number) -> Ops.scalar common number
            | None -> Ops.cast common (node floating operand))

    /// The operands as floating numbers.
    let promoteFloating (floating: ElementType) (operands: Operand list) : Node list =
        promote floating operands |> List.map (toFloating floating)
