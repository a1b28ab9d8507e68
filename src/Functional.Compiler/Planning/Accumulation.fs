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
    let private trySummand (program: LoopProgram) (operands: ImmutableArray<Operand>) : Operand option =
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

    let private tryAccumulate (readers: int -> int) (product: MatrixProduct) : MatrixProduct option =
        let isFactor (operand: Operand) =
            operand.Buffer = product.Left.Operand.Buffer
            || operand.Buffer = product.Right.Operand.Buffer

        product.Epilogue
        |> Option.filter (fun _ -> not product.Accumulate && readers product.Result.Buffer = 1)
        |> Option.bind (fun epilogue -> trySummand epilogue.Program epilogue.Operands)
        |> Option.filter (fun summand -> not (isFactor summand))
        |> Option.map (fun summand -> {
            product with
                Result = summand
                Accumulate = true
                Epilogue = None
        })

    /// The same calls, with products that add to their result where they can. Results are kept for whoever asks for them.
    let run (isResult: int -> bool) (calls: KernelCall list) : KernelCall list =
        let readers =
            calls
            |> List.collect (fun call -> KernelCall.reads call |> List.map _.Buffer |> List.distinct)
            |> List.countBy id
            |> Map.ofList

        let readersOf buffer =
            if isResult buffer then
                System.Int32.MaxValue
            else
                Map.tryFind buffer readers |> Option.defaultValue 0

        calls
        |> List.map (fun call ->
            match call with
            | KernelCall.MatrixProduct product ->
                tryAccumulate readersOf product
                |> Option.map KernelCall.MatrixProduct
                |> Option.defaultValue call
            | _ -> call)
