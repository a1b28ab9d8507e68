namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Graph

/// Sums that products make themselves: where memory planning lets `other + left * right` take the place of `other`, the
/// product is added to what lies there, and neither it nor a pass over it is needed.
[<RequireQualifiedAccess>]
module internal Accumulation =

    let private operation (program: LoopProgram) (register: int) : LoopOperation =
        program.Instructions[register].Operation

    /// The operand that is added to the first one, when the program stores their sum over it and does nothing else.
    let private trySummand (program: LoopProgram) (operands: ImmutableArray<Operand<buffer>>) : Operand<buffer> option =
        let isSameWalk (left: int) (right: int) =
            Seq.forall2 (=) program.Operands[left].Strides program.Operands[right].Strides

        let isSumOf left right summand =
            match operation program left, operation program right with
            | LoopOperation.Load 0, LoopOperation.Load other
            | LoopOperation.Load other, LoopOperation.Load 0 -> other = summand
            | _ -> false

        let isOver target summand =
            operands[target] = operands[summand]
            && isSameWalk target summand
            && isSameWalk 0 summand

        match List.ofSeq program.Instructions |> List.map _.Operation with
        | [ LoopOperation.Load _
            LoopOperation.Load _
            LoopOperation.Binary(BinaryFunction.Add, left, right)
            LoopOperation.Store(target, 2) ] ->
            [ 1 .. operands.Length - 1 ]
            |> List.tryFind (fun summand ->
                program.Operands[summand].Access = OperandAccess.Read
                && isSumOf left right summand
                && isOver target summand)
            |> Option.map (fun summand -> operands[summand])
        | _ -> None

    let private tryAccumulate
        (readers: int<buffer> -> int)
        (product: MatrixProduct)
        (call: KernelCall<buffer>)
        : KernelCall<buffer> option =
        let isFactor (operand: Operand<buffer>) =
            call.Reads |> Seq.exists (fun read -> read.Id = operand.Id)

        call.Epilogue
        |> Option.filter (fun _ -> not product.Accumulate && readers call.Writes[0].Id = 1)
        |> Option.bind (fun epilogue ->
            KernelCall.loopOperands epilogue.Program epilogue.Reads epilogue.Writes
            |> trySummand epilogue.Program)
        |> Option.filter (fun summand -> not (isFactor summand))
        |> Option.map (fun summand ->
            KernelCall.create (Kernel.MatrixProduct { product with Accumulate = true }) (call.Reads.Add summand) [
                summand
            ])

    /// The same calls, with products that add to their result where they can. Results are kept for whoever asks for them.
    let run (isResult: int<buffer> -> bool) (calls: KernelCall<buffer> list) : KernelCall<buffer> list =
        let readers =
            calls
            |> Seq.collect (fun call -> KernelCall.reads call |> Seq.map _.Id |> Seq.distinct)
            |> Seq.countBy id
            |> Map.ofSeq

        let readersOf buffer =
            if isResult buffer then
                System.Int32.MaxValue
            else
                Map.tryFind buffer readers |> Option.defaultValue 0

        calls
        |> List.map (fun call ->
            match call.Kernel with
            | Kernel.MatrixProduct product -> tryAccumulate readersOf product call |> Option.defaultValue call
            | _ -> call)
