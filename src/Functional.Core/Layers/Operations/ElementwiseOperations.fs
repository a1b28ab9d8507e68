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

    let private keepingTruth (f: Node -> Node) (node: Node) : Node =
        Operand.keepingTruth (List.head >> f) [ node ]

    /// Keeps whole numbers whole, and truth values true or false.
    let private number className (f: Node -> Node) =
        OperationDefinition.unary "numpy" className (fun _ -> keepingTruth f)

    let private refuseTruth (what: string) (instead: string) (nodes: Node list) : Node list =
        if nodes |> List.forall (fun node -> node.ElementType = ElementType.Bool) then
            invalidArg
                "inputs"
                $"cannot {what} truth values: {instead}, or Cast them to numbers; input 0 has shape {nodes.Head.Shape}"

        nodes

    let private numbers (element: ElementType) (operands: Operand list) : Node list =
        Operand.promote element operands |> List.map Operand.toNumber

    let private truths (element: ElementType) (operands: Operand list) : Node list =
        operands |> List.map (Operand.node element >> Ops.cast ElementType.Bool)

    let private arithmetic className f =
        OperationDefinition.binary "numpy" className Operand.promote (fun left right ->
            Operand.keepingTruth (fun nodes -> f nodes.Head (List.last nodes)) [ left; right ])

    let private subtract =
        OperationDefinition.binary
            "numpy"
            "Subtract"
            (fun element ->
                Operand.promote element
                >> refuseTruth "subtract" "LogicalXor says where two differ")
            (fun left right -> left - right)

    /// Whole numbers stay whole; truth values are 0 and 1.
    let private whole className f =
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

    /// Powers of whole numbers are whole: squares of squares for the binary digits of the exponent. Powers above the 31st
    /// are out of range unless the base is -1, 0 or 1, for which only the last digit counts. Those of exponents below 0
    /// are cut towards 0.
    let private wholePower (left: Node) (right: Node) : Node =
        let exponent = Ops.abs right
        let isLarge = Ops.greater exponent (right.Number 31.0)

        let digits =
            Ops.select isLarge (Ops.remainder exponent (right.Number 2.0) + 30.0) exponent

        let powers, _, _ =
            ((left.Number 1.0, left, digits), [ 1..5 ])
            ||> List.fold (fun (result, square, digits) _ ->
                let isOdd = Ops.equal (Ops.remainder digits (digits.Number 2.0)) (digits.Number 1.0)
                Ops.select isOdd (result * square) result, square * square, digits / digits.Number 2.0)

        let isUnit = Ops.equal (Ops.abs left) (left.Number 1.0)
        let reciprocal = Ops.select isUnit powers (left.Number 0.0)
        Ops.select (Ops.less right (right.Number 0.0)) reciprocal powers

    let private power (left: Node) (right: Node) : Node =
        if ElementType.isFloating left.ElementType then
            Ops.power left right
        else
            wholePower left right

    let private isInfinite (node: Node) : Node =
        Ops.equal (Ops.abs node) (node.Number Double.PositiveInfinity)

    /// Every comparison with NaN is false.
    let private isNaN (node: Node) : Node =
        Ops.logicalNot (Ops.lessOrEqual node (node.Number Double.PositiveInfinity))

    let private isFinite (node: Node) : Node =
        Ops.less (Ops.abs node) (node.Number Double.PositiveInfinity)

    let private round (config: Config) (node: Node) : Node =
        let decimals = Config.int "decimals" 0 config

        match ElementType.isFloating node.ElementType with
        | true when decimals = 0 -> Ops.round node
        | true when decimals > 0 ->
            let factor = Math.Pow(10.0, float decimals)
            Ops.round (node * factor) / factor
        | false when decimals >= 0 -> node
        | _ ->
            // To tens and hundreds: a power of ten is exact, but its reciprocal is not.
            let unit = node.Number(Math.Pow(10.0, float -decimals))

            if ElementType.isFloating node.ElementType then
                Ops.round (node / unit) * unit
            else
                let below = floorDivide node unit
                let twice = (node - below * unit) * 2.0
                let isOdd = Ops.equal (Ops.remainder below (below.Number 2.0)) (below.Number 1.0)

                let isUp =
                    Ops.logicalOr (Ops.greater twice unit) (Ops.logicalAnd (Ops.equal twice unit) isOdd)

                (below + Ops.cast below.ElementType isUp) * unit

    /// A bound in the type of what it bounds: for whole numbers it is cut towards 0.
    let private bound (elementType: ElementType) (operand: Operand) : Node =
        match operand with
        | Operand.Constant(ConfigValue.Float real) when elementType = ElementType.Int32 ->
            Ops.scalar elementType (Math.Clamp(Math.Truncate real, float Int32.MinValue, float Int32.MaxValue))
        | _ -> Operand.node elementType operand |> Ops.cast elementType

    let private clip (config: Config) (node: Node) : Node =
        let bounds = [
            for key in [ "x_min"; "x_max" ] ->
                match Config.tryFind key config with
                | Some value -> Operand.Constant value
                | None -> invalidArg key $"'{key}' has no default: it must be given."
        ]

        match bounds |> List.map (bound node.ElementType) with
        | [ low; high ] -> Ops.minimum (Ops.maximum node low) high
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
        OperationDefinition.create "numpy" className [ "x" ] (fun context operands ->
            let node = Operand.node context.Floating operands.Head

            let elementType =
                match Config.tryString "dtype" context.Config with
                | Some name -> Operand.elementType context.Floating name
                | None -> node.ElementType

            Ops.broadcastTo node.Shape (Ops.scalar elementType (value context.Config)))

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
        OperationDefinition.unary "numpy" "NanToNum" (fun config node ->
            if ElementType.isFloating node.ElementType then
                nanToNum config node
            else
                node)
        number "Absolute" Ops.abs
        number "Abs" Ops.abs
        OperationDefinition.unary "numpy" "Negative" (fun _ node ->
            -(refuseTruth "negate" "LogicalNot turns them round" [ node ]).Head)
        number "Sign" Ops.sign
        OperationDefinition.unary "numpy" "Square" (fun _ -> Operand.toNumber >> Ops.square)
        OperationDefinition.unary "numpy" "Round" (fun config -> keepingTruth (round config))
        OperationDefinition.unary "numpy" "Copy" (fun _ node -> node)
        OperationDefinition.unary "numpy" "LogicalNot" (fun _ node -> Ops.logicalNot (Ops.cast ElementType.Bool node))
        OperationDefinition.unary "numpy" "Clip" (fun config node -> clip config (Operand.toNumber node))
        filled (fun _ -> 0.0) "ZerosLike"
        filled (fun _ -> 1.0) "OnesLike"
        arithmetic "Add" (fun left right -> left + right)
        subtract
        arithmetic "Multiply" (fun left right -> left * right)
        arithmetic "Maximum" Ops.maximum
        arithmetic "Minimum" Ops.minimum
        whole "Mod" Ops.remainder
        whole "FloorDivide" floorDivide
        real "Divide" (fun left right -> left / right)
        real "TrueDivide" (fun left right -> left / right)
        real "DivideNoNan" divideNoNan
        real "Arctan2" Ops.atan2
        arithmetic "Power" power
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
