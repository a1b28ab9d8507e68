namespace Functional.Runtime.Execution

open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Kernels.Loops
open Functional.Compiler.Planning

type private KernelInstruction = Functional.Kernels.Loops.LoopInstruction

/// From a plan's loop program to the kernels' twin of it, case by case.
[<RequireQualifiedAccess>]
module LoopTranslation =

    let private unary (f: UnaryFunction) : LoopUnary =
        match f with
        | UnaryFunction.Negate -> LoopUnary.Negate
        | UnaryFunction.Abs -> LoopUnary.Abs
        | UnaryFunction.Sign -> LoopUnary.Sign
        | UnaryFunction.Exp -> LoopUnary.Exp
        | UnaryFunction.Expm1 -> LoopUnary.Expm1
        | UnaryFunction.Log -> LoopUnary.Log
        | UnaryFunction.Log1p -> LoopUnary.Log1p
        | UnaryFunction.Sqrt -> LoopUnary.Sqrt
        | UnaryFunction.Rsqrt -> LoopUnary.Rsqrt
        | UnaryFunction.Tanh -> LoopUnary.Tanh
        | UnaryFunction.Sigmoid -> LoopUnary.Sigmoid
        | UnaryFunction.Softplus -> LoopUnary.Softplus
        | UnaryFunction.Erf -> LoopUnary.Erf
        | UnaryFunction.Sin -> LoopUnary.Sin
        | UnaryFunction.Cos -> LoopUnary.Cos
        | UnaryFunction.Tan -> LoopUnary.Tan
        | UnaryFunction.Asin -> LoopUnary.Asin
        | UnaryFunction.Acos -> LoopUnary.Acos
        | UnaryFunction.Atan -> LoopUnary.Atan
        | UnaryFunction.Sinh -> LoopUnary.Sinh
        | UnaryFunction.Cosh -> LoopUnary.Cosh
        | UnaryFunction.Asinh -> LoopUnary.Asinh
        | UnaryFunction.Acosh -> LoopUnary.Acosh
        | UnaryFunction.Atanh -> LoopUnary.Atanh
        | UnaryFunction.Floor -> LoopUnary.Floor
        | UnaryFunction.Ceiling -> LoopUnary.Ceiling
        | UnaryFunction.Round -> LoopUnary.Round
        | UnaryFunction.Not -> LoopUnary.Not

    let private binary (f: BinaryFunction) : LoopBinary =
        match f with
        | BinaryFunction.Add -> LoopBinary.Add
        | BinaryFunction.Subtract -> LoopBinary.Subtract
        | BinaryFunction.Multiply -> LoopBinary.Multiply
        | BinaryFunction.Divide -> LoopBinary.Divide
        | BinaryFunction.Power -> LoopBinary.Power
        | BinaryFunction.Maximum -> LoopBinary.Maximum
        | BinaryFunction.Minimum -> LoopBinary.Minimum
        | BinaryFunction.Remainder -> LoopBinary.Remainder
        | BinaryFunction.Atan2 -> LoopBinary.Atan2
        | BinaryFunction.And -> LoopBinary.And
        | BinaryFunction.Or -> LoopBinary.Or

    let private comparison (f: Comparison) : LoopComparison =
        match f with
        | Comparison.Equal -> LoopComparison.Equal
        | Comparison.NotEqual -> LoopComparison.NotEqual
        | Comparison.Less -> LoopComparison.Less
        | Comparison.LessOrEqual -> LoopComparison.LessOrEqual
        | Comparison.Greater -> LoopComparison.Greater
        | Comparison.GreaterOrEqual -> LoopComparison.GreaterOrEqual

    let private reduction (f: Reduction) : LoopReduction =
        match f with
        | Reduction.Sum -> LoopReduction.Sum
        | Reduction.Maximum -> LoopReduction.Maximum
        | Reduction.Minimum -> LoopReduction.Minimum
        | Reduction.Product -> LoopReduction.Product

    let private element (registerType: RegisterType) : LoopElement =
        match registerType with
        | RegisterType.Float -> LoopElement.Float
        | RegisterType.Int32 -> LoopElement.Int32
        | RegisterType.Bool -> LoopElement.Bool

    let private instruction (instruction: LoopInstruction) : KernelInstruction =
        match instruction.Operation with
        | LoopOperation.Load operand -> KernelInstruction.Load operand
        | LoopOperation.Constant value -> KernelInstruction.Constant(element instruction.Type, value)
        | LoopOperation.Index dimension -> KernelInstruction.Index dimension
        | LoopOperation.Unary(f, argument) -> KernelInstruction.Unary(unary f, argument)
        | LoopOperation.Binary(f, left, right) -> KernelInstruction.Binary(binary f, left, right)
        | LoopOperation.Compare(f, left, right) -> KernelInstruction.Compare(comparison f, left, right)
        | LoopOperation.Select(condition, ifTrue, ifFalse) -> KernelInstruction.Select(condition, ifTrue, ifFalse)
        | LoopOperation.Cast argument -> KernelInstruction.Cast(element instruction.Type, argument)
        | LoopOperation.Reduce(f, argument) -> KernelInstruction.Reduce(reduction f, argument)
        | LoopOperation.Store(operand, argument) -> KernelInstruction.Store(operand, argument)
        | LoopOperation.Accumulate(f, operand, argument) -> KernelInstruction.Accumulate(reduction f, operand, argument)

    let private access (access: OperandAccess) : LoopAccess =
        match access with
        | OperandAccess.Read -> LoopAccess.Read
        | OperandAccess.Write -> LoopAccess.Write

    let private operand (operand: LoopOperand) : Functional.Kernels.Loops.LoopOperand =
        Functional.Kernels.Loops.LoopOperand(
            element (LoopProgram.registerType operand.ElementType),
            operand.Strides,
            access operand.Access
        )

    /// The program that kernels run.
    let program (program: LoopProgram) : Functional.Kernels.Loops.LoopProgram =
        Functional.Kernels.Loops.LoopProgram(
            program.Extents,
            program.Operands |> Seq.map operand |> ImmutableArray.CreateRange,
            program.Instructions |> Seq.map instruction |> ImmutableArray.CreateRange
        )
