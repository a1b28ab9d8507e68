namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Tensors
open Functional.Core.Graph

/// What a register of a loop holds.
[<RequireQualifiedAccess>]
type RegisterType =
    /// The floating type of the plan, float32 or float64.
    | Float
    | Int32
    | Bool

/// How often a register is computed.
[<RequireQualifiedAccess>]
type LoopLevel =
    /// Once per row; column-level instructions see it at every column.
    | Row
    /// Once per column of every row.
    | Column

/// Whether an operand is read or written; one that is updated in place is two operands with one address.
[<RequireQualifiedAccess>]
type OperandAccess =
    | Read
    | Write

/// Memory that a loop visits: the element at index (i, j, ...) stands at i * Strides[0] + j * Strides[1] + ...
type LoopOperand = {
    ElementType: ElementType
    /// In elements, one per extent; 0 repeats an element along that dimension. The last one is 0 or 1; a dimension of
    /// extent 1 has stride 0.
    Strides: ImmutableArray<int>
    Access: OperandAccess
}

/// One step of a loop. An instruction's register is its position; arguments are registers of earlier instructions.
[<RequireQualifiedAccess>]
type LoopOperation =
    /// Row-level when the operand's last stride is 0.
    | Load of operand: int
    | Constant of value: float
    /// The position along one dimension, as int32.
    | Index of dimension: int
    | Unary of unary: UnaryFunction * argument: int
    | Binary of binary: BinaryFunction * left: int * right: int
    | Compare of comparison: Comparison * left: int * right: int
    | Select of condition: int * ifTrue: int * ifFalse: int
    /// To the instruction's own type; to int32 truncates toward zero, to bool is "not zero", from bool is 0 or 1.
    | Cast of argument: int
    /// Combines a column-level register over the columns of the row. Row-level; what uses it belongs to a later phase.
    | Reduce of reduction: Reduction * argument: int
    /// Writes once per column, or once per row where the operand's last stride is 0. Defines no register.
    | Store of operand: int * argument: int
    /// Combines over all outer dimensions in which the operand's stride is 0: the first visit of an element stores,
    /// every later one combines. A row-level argument goes with a last stride of 0. Defines no register.
    | Accumulate of reduction: Reduction * operand: int * argument: int

/// One step with the type and level of its register (of the stored value, where it stores).
type LoopInstruction = {
    Operation: LoopOperation
    Type: RegisterType
    Level: LoopLevel
}

/// What one pass over an iteration space does: the last extent counts columns, the product of the others counts rows. Each
/// row runs in phases, one more for every Reduce that a value has behind it.
///
/// A written operand may be the same memory as a read operand of equal strides; the program then reads each element for
/// the last time in the phase that writes it, before it writes. No other overlap is legal.
type LoopProgram = {
    Extents: ImmutableArray<int>
    Operands: ImmutableArray<LoopOperand>
    Instructions: ImmutableArray<LoopInstruction>
}

[<RequireQualifiedAccess>]
module LoopProgram =

    /// The registers that a step reads.
    let arguments (operation: LoopOperation) : int list =
        match operation with
        | LoopOperation.Load _
        | LoopOperation.Constant _
        | LoopOperation.Index _ -> []
        | LoopOperation.Unary(_, argument)
        | LoopOperation.Cast argument
        | LoopOperation.Reduce(_, argument)
        | LoopOperation.Store(_, argument)
        | LoopOperation.Accumulate(_, _, argument) -> [ argument ]
        | LoopOperation.Binary(_, left, right)
        | LoopOperation.Compare(_, left, right) -> [ left; right ]
        | LoopOperation.Select(condition, ifTrue, ifFalse) -> [ condition; ifTrue; ifFalse ]

    /// The register type that holds elements of a type.
    let registerType (elementType: ElementType) : RegisterType =
        match elementType with
        | ElementType.Float32
        | ElementType.Float64 -> RegisterType.Float
        | ElementType.Int32 -> RegisterType.Int32
        | ElementType.Bool -> RegisterType.Bool

    /// The number of columns of a row.
    let columns (program: LoopProgram) : int =
        program.Extents[program.Extents.Length - 1]

    /// The number of rows.
    let rows (program: LoopProgram) : int =
        Seq.fold (*) 1 program.Extents / columns program

    /// The phase of every instruction: 0, or one more than the reductions that its arguments wait for.
    let phases (program: LoopProgram) : int array =
        let phases = Array.zeroCreate program.Instructions.Length

        program.Instructions
        |> Seq.iteri (fun position instruction ->
            for argument in arguments instruction.Operation do
                let available =
                    match program.Instructions[argument].Operation with
                    | LoopOperation.Reduce _ -> phases[argument] + 1
                    | _ -> phases[argument]

                phases[position] <- max phases[position] available)

        phases

    /// The number of phases.
    let phaseCount (program: LoopProgram) : int = 1 + Array.max (phases program)
