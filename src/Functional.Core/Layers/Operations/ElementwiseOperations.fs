namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations on every number by itself, with broadcasting. keras/src/ops/numpy.py, core.py, math.py
[<RequireQualifiedAccess>]
module ElementwiseOperations =

    let private floating className (f: Node -> Node) =
        OperationDefinition.floating "numpy" className (fun _ -> f)

    /// Keeps whole numbers whole; truth values become 0 and 1.
    let private number className (f: Node -> Node) =
        OperationDefinition.unary "numpy" className (fun _ node -> f (Operand.toNumber node))

    let private numbers (element: ElementType) (operands: Operand list) : Node list =
        Operand.promote element operands |> List.map Operand.toNumber

    let private truths (element: ElementType) (operands: Operand list) : Node list =
        operands |> List.map (Operand.node element >> Ops.cast ElementType.Bool)

    let private arithmetic className f =
        OperationDefinition.binary "numpy" className numbers f

    let private real className f =
        OperationDefinition.binary "numpy" className Operand.promoteFloating f

    let private comparison className f =
        OperationDefinition.binary "numpy" className numbers f

    let private logical className f =
        OperationDefinition.binary "numpy" className truths f

    let private divideNoNan (left: Node) (right: Node) : Node =
        let isZero = Ops.equal right (right.Number 0.0)
        // The divisor is replaced before the division, so that no gradient is lost in an infinite one.
        let divisor = Ops.select isZero (right.Number 1.0) right
        Ops.select isZero (left.Number 0.0) (left / divisor)

    let private floorDivide (left: Node) (right: Node) : Node =
        if ElementType.isFloating left.ElementType then
            Ops.floor (left / right)
        else
            (left - Ops.remainder left right) / right

    let private power (element: ElementType) (operands: Operand list) : Node list =
        Operand.promoteFloating element operands

    let private isInfinite (node: Node) : Node =
        Ops.equal (Ops.abs node) (node.Number Double.PositiveInfinity)

    /// Every comparison with NaN is false.
    let private isNaN (node: Node) : Node =
        Ops.logicalNot (Ops.lessOrEqual node (node.Number Double.PositiveInfinity))

    let private isFinite (node: Node) : Node =
        Ops.less (Ops.abs node) (node.Number Double.PositiveInfinity)

    let private round (config: Config) (node: Node) : Node =
        match Config.int "decimals" 0 config with
        | 0 when not (ElementType.isFloating node.ElementType) -> node
        | 0 -> Ops.round node
        | decimals when ElementType.isFloating node.ElementType ->
            let factor = Math.Pow(10.0, float decimals)
            Ops.round (node * factor) / factor
        | _ -> invalidArg "decimals" $"rounds whole numbers to 0 decimals only; the input has shape {node.Shape}"

    let private clip (config: Config) (node: Node) : Node =
        let bounds = [
            for key in [ "x_min"; "x_max" ] ->
                match Config.tryFind key config with
                | Some value -> Operand.Constant value
                | None -> invalidArg key $"'{key}' has no default: it must be given."
        ]

        match numbers node.ElementType (Operand.Tensor node :: bounds) with
        | [ value; low; high ] -> Ops.minimum (Ops.maximum value low) high
        | _ -> node

    let private where =
        OperationDefinition.create "numpy" "Where" [ "condition"; "x1"; "x2" ] (fun context operands ->
            match operands with
            | [ condition; ifTrue; ifFalse ] when not (Operand.isMissing ifTrue || Operand.isMissing ifFalse) ->
                match Operand.promote context.Floating [ ifTrue; ifFalse ] with
                | [ first; second ] ->
                    let condition = Operand.node context.Floating condition |> Ops.cast ElementType.Bool
                    Ops.select condition first second
                | nodes -> invalidArg "inputs" $"expects two values to choose from, but got {nodes.Length}"
            | _ -> invalidArg "inputs" "expects a condition and two values to choose from")

    let private nanToNum (config: Config) (node: Node) : Node =
        let largest =
            match node.ElementType with
            | ElementType.Float64 -> Double.MaxValue
            | _ -> float Single.MaxValue

        let limit key fallback = Config.float key fallback config

        let finite =
            node
            |> fun value ->
                Ops.select
                    (Ops.equal node (node.Number Double.PositiveInfinity))
                    (node.Number(limit "posinf" largest))
                    value
            |> fun value ->
                Ops.select
                    (Ops.equal node (node.Number Double.NegativeInfinity))
                    (node.Number(limit "neginf" -largest))
                    value

        Ops.select (isNaN node) (node.Number(limit "nan" 0.0)) finite

    let private cast =
        OperationDefinition.create "core" "Cast" [ "x" ] (fun context operands ->
            Operand.node context.Floating operands.Head
            |> Ops.cast (Operand.elementType context.Floating (Arguments.string "dtype" context.Config)))

    let private filled (value: Config -> float) className =
        OperationDefinition.unary "numpy" className (fun config node ->
            let elementType =
                match Config.tryString "dtype" config with
                | Some name -> Operand.elementType ElementType.Float32 name
                | None -> node.ElementType

            Ops.broadcastTo node.Shape (Ops.scalar elementType (value config)))

    /// Every operation of this file.
    let definitions: OperationDefinition list = [
        floating "Exp" Ops.exp
        floating "Expm1" Ops.expm1
        floating "Log" Ops.log
        floating "Log1p" Ops.log1p
        floating "Log2" (fun node -> Ops.log node / Math.Log 2.0)
        floating "Log10" (fun node -> Ops.log node / Math.Log 10.0)
        floating "Sqrt" Ops.sqrt
        floating "Sin" Ops.sin
        floating "Cos" Ops.cos
        floating "Tan" Ops.tan
        floating "Arcsin" Ops.asin
        floating "Arccos" Ops.acos
        floating "Arctan" Ops.atan
        floating "Sinh" Ops.sinh
        floating "Cosh" Ops.cosh
        floating "Tanh" Ops.tanh
        floating "Arcsinh" Ops.asinh
        floating "Arccosh" Ops.acosh
        floating "Arctanh" Ops.atanh
        floating "Floor" Ops.floor
        floating "Ceil" Ops.ceiling
        floating "Reciprocal" (fun node -> 1.0 / node)
        floating "Isnan" isNaN
        floating "Isinf" isInfinite
        floating "Isfinite" isFinite
        OperationDefinition.floating "numpy" "NanToNum" nanToNum
        number "Absolute" Ops.abs
        number "Abs" Ops.abs
        number "Negative" (fun node -> -node)
        number "Sign" Ops.sign
        number "Square" Ops.square
        OperationDefinition.unary "numpy" "Round" (fun config node -> round config (Operand.toNumber node))
        OperationDefinition.unary "numpy" "Copy" (fun _ node -> node)
        OperationDefinition.unary "numpy" "LogicalNot" (fun _ node -> Ops.logicalNot (Ops.cast ElementType.Bool node))
        OperationDefinition.unary "numpy" "Clip" (fun config node -> clip config (Operand.toNumber node))
        filled (fun _ -> 0.0) "ZerosLike"
        filled (fun _ -> 1.0) "OnesLike"
        arithmetic "Add" (fun left right -> left + right)
        arithmetic "Subtract" (fun left right -> left - right)
        arithmetic "Multiply" (fun left right -> left * right)
        arithmetic "Maximum" Ops.maximum
        arithmetic "Minimum" Ops.minimum
        arithmetic "Mod" Ops.remainder
        arithmetic "FloorDivide" floorDivide
        real "Divide" (fun left right -> left / right)
        real "TrueDivide" (fun left right -> left / right)
        real "DivideNoNan" divideNoNan
        real "Arctan2" Ops.atan2
        OperationDefinition.binary "numpy" "Power" power Ops.power
        real "Logaddexp" (fun left right -> Ops.maximum left right + Ops.softplus (-(Ops.abs (left - right))))
        comparison "Equal" Ops.equal
        comparison "NotEqual" Ops.notEqual
        comparison "Less" Ops.less
        comparison "LessEqual" Ops.lessOrEqual
        comparison "Greater" Ops.greater
        comparison "GreaterEqual" Ops.greaterOrEqual
        logical "LogicalAnd" Ops.logicalAnd
        logical "LogicalOr" Ops.logicalOr
        logical "LogicalXor" (fun left right ->
            Ops.notEqual (Ops.cast ElementType.Int32 left) (Ops.cast ElementType.Int32 right))
        where
        cast
        OperationDefinition.unary "core" "StopGradient" (fun _ node -> Ops.stopGradient node)
        OperationDefinition.floating "math" "Rsqrt" (fun _ node -> Ops.rsqrt node)
        OperationDefinition.floating "math" "Erf" (fun _ node -> Ops.erf node)
    ]
