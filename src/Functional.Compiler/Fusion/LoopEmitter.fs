namespace Functional.Compiler.Fusion

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Planning

/// Writes the program of one group. Its operands are values; buffers take their place when memory is planned.
type internal LoopEmitter
    (
        table: ValueTable,
        accesses: Accesses,
        roleOf: IReadOnlyDictionary<int, Role>,
        placements: IReadOnlyDictionary<int, Placement>,
        group: LoopGroup,
        extents: int array
    ) =

    let members = HashSet<int>(group.Members)
    let instructions = List<LoopInstruction>()
    let operands = List<LoopOperand>()
    let values = List<Operand<value>>()
    let computed = Dictionary<struct (int * Layout), int>()
    let loaded = Dictionary<struct (int * Layout), int>()
    let constants = Dictionary<struct (RegisterType * int64), int>()

    let registerTypeOf value =
        LoopProgram.registerType table.Nodes[value].ElementType

    let append operation registerType level =
        instructions.Add {
            Operation = operation
            Type = registerType
            Level = level
        }

        instructions.Count - 1

    let levelOf (register: int) = instructions[register].Level

    let appendOf operation registerType =
        let isColumn =
            LoopProgram.arguments operation
            |> List.exists (fun argument -> levelOf argument = LoopLevel.Column)

        append operation registerType (if isColumn then LoopLevel.Column else LoopLevel.Row)

    let constant registerType (value: float) =
        let key = struct (registerType, System.BitConverter.DoubleToInt64Bits value)

        match constants.TryGetValue key with
        | true, register -> register
        | false, _ ->
            let register = append (LoopOperation.Constant value) registerType LoopLevel.Row
            constants[key] <- register
            register

    let stridesOf (layout: Layout) : int array =
        match Layout.tryStrides extents layout with
        | Some strides -> strides
        | None -> invalidOp "Bug in Functional: a layout does not fit its loop. Please report it."

    let addOperand value access (layout: Layout) =
        let layout =
            match placements.TryGetValue value with
            | true, placement -> Layout.tryCompose layout placement.Layout |> Option.defaultValue layout
            | false, _ -> layout

        operands.Add {
            ElementType = table.Nodes[value].ElementType
            Strides = ImmutableArray.Create<int>(stridesOf layout)
            Access = access
        }

        values.Add {
            Operand.ofValue value with
                OffsetInElements = layout.Offset
        }

        operands.Count - 1

    let load value (layout: Layout) =
        match loaded.TryGetValue(struct (value, layout)) with
        | true, register -> register
        | false, _ ->
            let operand = addOperand value OperandAccess.Read layout
            let strides = operands[operand].Strides

            let level =
                if strides[strides.Length - 1] = 0 then
                    LoopLevel.Row
                else
                    LoopLevel.Column

            let register = append (LoopOperation.Load operand) (registerTypeOf value) level
            loaded[struct (value, layout)] <- register
            register

    let index dimension =
        let level =
            if dimension = extents.Length - 1 then
                LoopLevel.Column
            else
                LoopLevel.Row

        append (LoopOperation.Index dimension) RegisterType.Int32 level

    let position (layout: Layout) registerType =
        let integer = RegisterType.Int32

        let terms = [
            for dimension, stride in Array.indexed (stridesOf layout) do
                if stride = 1 then
                    index dimension
                elif stride <> 0 then
                    let factor = constant integer (float stride)
                    appendOf (LoopOperation.Binary(BinaryFunction.Multiply, index dimension, factor)) integer
        ]

        let add left right =
            appendOf (LoopOperation.Binary(BinaryFunction.Add, left, right)) integer

        let sum =
            match terms with
            | [] -> constant integer (float layout.Offset)
            | _ when layout.Offset = 0 -> List.reduce add terms
            | _ -> List.reduce add (terms @ [ constant integer (float layout.Offset) ])

        if registerType = integer then
            sum
        else
            appendOf (LoopOperation.Cast sum) registerType

    /// A register at column level with the same value: what a reduction needs.
    let toColumn (register: int) =
        if levelOf register = LoopLevel.Column then
            register
        else
            let column = index (extents.Length - 1)

            let always =
                appendOf
                    (LoopOperation.Compare(Comparison.GreaterOrEqual, column, constant RegisterType.Int32 0.0))
                    RegisterType.Bool

            appendOf (LoopOperation.Select(always, register, register)) instructions[register].Type

    /// A layout over rows as one over all positions.
    let lift perRow (layout: Layout) : Layout =
        if perRow then
            Layout.tryCompose (LoopGroup.layout group Role.Row) layout
            |> Option.defaultValue layout
        else
            layout

    let rec read (perRow: bool) (value: int) (found: Access) : int =
        match found with
        | Access.Number number -> constant (registerTypeOf value) number
        | Access.Position layout -> position (lift perRow layout) (registerTypeOf value)
        | Access.Inline(inlined, layout) ->
            match computed.TryGetValue(struct (inlined, layout)) with
            | true, register -> register
            | false, _ ->
                let register =
                    apply inlined [
                        for input in table.Inputs[inlined] -> read perRow input (accesses.Of(input, layout))
                    ]

                computed[struct (inlined, layout)] <- register
                register
        | Access.Element(source, layout) ->
            let layout = lift perRow layout

            if
                members.Contains source
                && roleOf[source] <> Role.Output
                && layout = LoopGroup.layout group roleOf[source]
            then
                compute source
            else
                load source layout

    and apply (value: int) (arguments: int list) : int =
        let registerType = registerTypeOf value

        match table.Nodes[value].Operation, arguments with
        | Operation.Unary f, [ argument ] -> appendOf (LoopOperation.Unary(f, argument)) registerType
        | Operation.Binary f, [ left; right ] -> appendOf (LoopOperation.Binary(f, left, right)) registerType
        | Operation.Compare f, [ left; right ] -> appendOf (LoopOperation.Compare(f, left, right)) registerType
        | Operation.Select, [ condition; ifTrue; ifFalse ] ->
            appendOf (LoopOperation.Select(condition, ifTrue, ifFalse)) registerType
        | Operation.Cast _, [ argument ] when instructions[argument].Type = registerType -> argument
        | Operation.Cast _, [ argument ] -> appendOf (LoopOperation.Cast argument) registerType
        | operation, _ -> invalidOp $"Bug in Functional: %A{operation} is not part of loops. Please report it."

    /// The registers of a member's inputs.
    and inputsOf (value: int) : int list =
        let count =
            if table.Kinds[value] = ValueKind.Reduction then
                table.Sizes[table.Inputs[value][0]]
            else
                table.Sizes[value]

        [
            for input in table.Inputs[value] ->
                accesses.OfInput(value, input, Layout.identity count)
                |> read (count <> group.Size) input
        ]

    /// The register of a member.
    and compute (value: int) : int =
        let key = struct (value, LoopGroup.layout group roleOf[value])

        match computed.TryGetValue key with
        | true, register -> register
        | false, _ ->
            let register =
                match table.Nodes[value].Operation with
                | Operation.Iota(_, axis, _) ->
                    position (LoopGroup.alongAxis table.Dimensions[value] axis) (registerTypeOf value)
                | Operation.Reduce(reduction, _) ->
                    let argument = toColumn (List.head (inputsOf value))
                    append (LoopOperation.Reduce(reduction, argument)) (registerTypeOf value) LoopLevel.Row
                | _ -> apply value (inputsOf value)

            computed[key] <- register
            register

    /// Reduces over the columns, then over the rows that share an element of the result.
    let accumulate (value: int) (reduction: Reduction) (result: Layout) =
        let perRow = table.Sizes[table.Inputs[value][0]] <> group.Size
        let layout = lift perRow result
        let strides = stridesOf layout
        let last = extents.Length - 1
        let argument = List.head (inputsOf value)

        let argument =
            if not perRow && strides[last] = 0 && extents[last] > 1 then
                append (LoopOperation.Reduce(reduction, toColumn argument)) (registerTypeOf value) LoopLevel.Row
            else
                argument

        let operand = addOperand value OperandAccess.Write layout

        let repeats =
            Seq.exists (fun axis -> strides[axis] = 0 && extents[axis] > 1) [ 0 .. last - 1 ]

        let operation =
            if repeats then
                LoopOperation.Accumulate(reduction, operand, argument)
            else
                LoopOperation.Store(operand, argument)

        operation, operand

    /// Makes a value the first operand, whether or not the loop reads it first.
    member _.LoadFirst(value: int) : unit =
        load value (Layout.identity group.Size) |> ignore

    /// Computes members that other kernels need, and stores them. A reduction comes with the layout of its result.
    member _.Emit(stored: (int * Layout) list) : LoopProgram * ImmutableArray<Operand<value>> =
        let stores = [
            for value, result in stored do
                match table.Nodes[value].Operation with
                | Operation.Reduce(reduction, _) when roleOf[value] = Role.Output ->
                    value, accumulate value reduction result
                | _ ->
                    let register = compute value
                    let layout = LoopGroup.layout group roleOf[value]
                    let operand = addOperand value OperandAccess.Write layout
                    value, (LoopOperation.Store(operand, register), operand)
        ]

        // Stores stand last: whatever a phase reads, it reads before it writes.
        for value, (operation, operand) in stores do
            let strides = operands[operand].Strides

            let level =
                if strides[strides.Length - 1] = 0 then
                    LoopLevel.Row
                else
                    LoopLevel.Column

            append operation (registerTypeOf value) level |> ignore

        {
            Extents = ImmutableArray.Create<int> extents
            Operands = operands.ToImmutableArray()
            Instructions = instructions.ToImmutableArray()
        },
        values.ToImmutableArray()
