namespace Functional.Compiler.Tests

open System
open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Planning

/// What one step of a loop means, on float64.
module Scalars =

    let private ofBool condition = if condition then 1.0 else 0.0

    let unary (f: UnaryFunction) (x: float) : float =
        // The interpreter's own meaning, by way of a graph of one node.
        match f with
        | UnaryFunction.Negate -> -x
        | UnaryFunction.Abs -> abs x
        | UnaryFunction.Exp -> exp x
        | UnaryFunction.Log -> log x
        | UnaryFunction.Sqrt -> sqrt x
        | UnaryFunction.Rsqrt -> 1.0 / sqrt x
        | UnaryFunction.Tanh -> tanh x
        | UnaryFunction.Sigmoid -> 1.0 / (1.0 + exp -x)
        | UnaryFunction.Not -> ofBool (x = 0.0)
        | _ ->
            let node = Node.Create(Operation.Unary f, Ops.scalar ElementType.Float64 x)

            Literal.item (List.head (Interpreter.run Map.empty (Graph.create [ node ])))

    let binary (registerType: RegisterType) (f: BinaryFunction) (x: float) (y: float) : float =
        match f with
        | BinaryFunction.Add -> x + y
        | BinaryFunction.Subtract -> x - y
        | BinaryFunction.Multiply -> x * y
        | BinaryFunction.Divide when registerType = RegisterType.Int32 -> truncate (x / y)
        | BinaryFunction.Divide -> x / y
        | BinaryFunction.Power -> x ** y
        | BinaryFunction.Maximum -> Math.Max(x, y)
        | BinaryFunction.Minimum -> Math.Min(x, y)
        | BinaryFunction.Remainder -> x - y * floor (x / y)
        | BinaryFunction.Atan2 -> Math.Atan2(x, y)
        | BinaryFunction.And -> ofBool (x <> 0.0 && y <> 0.0)
        | BinaryFunction.Or -> ofBool (x <> 0.0 || y <> 0.0)

    let compare (comparison: Comparison) (x: float) (y: float) : float =
        match comparison with
        | Comparison.Equal -> x = y
        | Comparison.NotEqual -> x <> y
        | Comparison.Less -> x < y
        | Comparison.LessOrEqual -> x <= y
        | Comparison.Greater -> x > y
        | Comparison.GreaterOrEqual -> x >= y
        |> ofBool

    let cast (target: RegisterType) (x: float) : float =
        match target with
        | RegisterType.Float -> x
        | RegisterType.Int32 -> truncate x
        | RegisterType.Bool -> ofBool (x <> 0.0)

    let combine (reduction: Reduction) (x: float) (y: float) : float =
        match reduction with
        | Reduction.Sum -> x + y
        | Reduction.Product -> x * y
        | Reduction.Maximum -> Math.Max(x, y)
        | Reduction.Minimum -> Math.Min(x, y)

/// The memory of a plan, one float64 per byte address of the arena, that knows who wrote what: reading an element that
/// was last written through another buffer, or never, is an error.
type CheckedMemory(plan: Plan, leaves: IReadOnlyDictionary<string, float array>) =
    let arena = Array.create (int plan.ArenaSizeInBytes) nan
    let writers = Array.create (int plan.ArenaSizeInBytes) -1

    let bytes buffer index =
        let size = ElementType.sizeInBytes plan.Buffers[buffer].ElementType

        match plan.Buffers[buffer].Storage with
        | Storage.Arena offset -> int offset + index * size, size
        | _ -> index, size

    let checkIndex buffer index =
        if index < 0 || index >= plan.Buffers[buffer].SizeInElements then
            failwith $"Element {index} of buffer {buffer} does not exist."

    member _.Read(operand: Operand<buffer>, position: int) : float =
        let index = operand.OffsetInElements + position
        checkIndex (int operand.Id) index
        let start, size = bytes (int operand.Id) index

        match plan.Buffers[int operand.Id].Storage with
        | Storage.Arena _ ->
            for place in start .. start + size - 1 do
                if writers[place] <> int operand.Id then
                    failwith $"Buffer {operand.Id} is read, but buffer {writers[place]} wrote there last."

            arena[start]
        | Storage.External(_, name) -> leaves[name][index]
        | Storage.Constant literal -> literal.Values[index]

    member _.Write(operand: Operand<buffer>, position: int, value: float) : unit =
        let index = operand.OffsetInElements + position
        checkIndex (int operand.Id) index
        let start, size = bytes (int operand.Id) index

        match plan.Buffers[int operand.Id].Storage with
        | Storage.Arena _ ->
            for place in start .. start + size - 1 do
                writers[place] <- int operand.Id
                arena[place] <- nan

            arena[start] <- value
        | Storage.External(LeafKind.Input, name) -> failwith $"The input '{name}' is written."
        | Storage.External(_, name) -> leaves[name][index] <- value
        | Storage.Constant _ -> failwith "A constant is written."
