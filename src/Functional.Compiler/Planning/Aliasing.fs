namespace Functional.Compiler.Planning

open System.Collections.Immutable

/// When a kernel may write a value into the memory of one that it reads.
[<RequireQualifiedAccess>]
module Aliasing =

    /// For every instruction, the last phase that reads a loaded element directly: through any steps but a Reduce.
    let private lastPhases (program: LoopProgram) : int array =
        let phases = LoopProgram.phases program
        let last = Array.copy phases

        for position in program.Instructions.Length - 1 .. -1 .. 0 do
            let reach =
                match program.Instructions[position].Operation with
                | LoopOperation.Reduce _ -> phases[position]
                | _ -> last[position]

            for argument in LoopProgram.arguments program.Instructions[position].Operation do
                match program.Instructions[argument].Operation with
                | LoopOperation.Reduce _ -> ()
                | _ -> last[argument] <- max last[argument] reach

        last

    let private loopMayShare
        (program: LoopProgram)
        (operands: ImmutableArray<Operand>)
        (readBuffer: int)
        (writtenBuffer: int)
        : bool =
        let positions buffer access = [
            for position in 0 .. operands.Length - 1 do
                if operands[position].Buffer = buffer && program.Operands[position].Access = access then
                    position
        ]

        match positions writtenBuffer OperandAccess.Write with
        | [ written ] ->
            let phases = LoopProgram.phases program
            let lastPhases = lastPhases program
            let target = program.Operands[written]

            let storePhase =
                program.Instructions
                |> Seq.indexed
                |> Seq.tryPick (fun (position, instruction) ->
                    match instruction.Operation with
                    | LoopOperation.Store(operand, _) when operand = written -> Some phases[position]
                    | _ -> None)

            let isElementwise read =
                operands[read].OffsetInElements = operands[written].OffsetInElements
                && program.Operands[read].ElementType = target.ElementType
                && System.MemoryExtensions.SequenceEqual(
                    program.Operands[read].Strides.AsSpan(),
                    target.Strides.AsSpan()
                )

            let isReadInTime phase read =
                program.Instructions
                |> Seq.indexed
                |> Seq.forall (fun (position, instruction) ->
                    match instruction.Operation with
                    | LoopOperation.Load operand when operand = read -> lastPhases[position] <= phase
                    | _ -> true)

            match storePhase with
            | Some phase ->
                positions readBuffer OperandAccess.Read
                |> List.forall (fun read -> isElementwise read && isReadInTime phase read)
            | None -> false
        | _ -> false

    let private reads (operands: Operand list) (buffer: int) : bool =
        operands |> List.exists (fun operand -> operand.Buffer = buffer)

    /// Whether the buffer that a kernel writes may be the memory of one that it reads (of the same type and size). True
    /// as well for a buffer that the kernel does not read at all.
    let mayShare (call: KernelCall) (readBuffer: int) (writtenBuffer: int) : bool =
        match call with
        | KernelCall.Loop(program, operands) -> loopMayShare program operands readBuffer writtenBuffer
        | KernelCall.MatrixProduct _
        | KernelCall.Convolution _ ->
            match KernelCall.tryProduct call with
            | ValueSome(struct (factors, result, Some epilogue)) when result.Buffer <> writtenBuffer ->
                not (reads factors readBuffer)
                && loopMayShare epilogue.Program epilogue.Operands readBuffer writtenBuffer
            | _ -> not (reads (KernelCall.reads call) readBuffer)
        | KernelCall.Scan scan ->
            // A carry may begin and end in one place.
            let others =
                scan.Carries
                |> Seq.filter (fun carry ->
                    not (
                        carry.Initial.OffsetInElements = 0
                        && carry.Final
                           |> Option.exists (fun final -> final.Buffer = writtenBuffer && final.OffsetInElements = 0)
                    ))
                |> Seq.map _.Initial

            Seq.append others (scan.Inputs |> Seq.map _.Operand)
            |> Seq.forall (fun operand -> operand.Buffer <> readBuffer)
        | KernelCall.Copy _
        | KernelCall.Fill _
        | KernelCall.ArgMax _
        | KernelCall.CumulativeSum _
        | KernelCall.Hash _
        | KernelCall.Gather _
        | KernelCall.ScatterAdd _
        | KernelCall.Random _
        | KernelCall.Pool _ -> not (reads (KernelCall.reads call) readBuffer)
