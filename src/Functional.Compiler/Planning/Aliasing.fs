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
        (operands: ImmutableArray<Operand<value>>)
        (readValue: int)
        (writtenValue: int)
        : bool =
        let positions value access = [
            for position in 0 .. operands.Length - 1 do
                if int operands[position].Id = value && program.Operands[position].Access = access then
                    position
        ]

        match positions writtenValue OperandAccess.Write with
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
                positions readValue OperandAccess.Read
                |> List.forall (fun read -> isElementwise read && isReadInTime phase read)
            | None -> false
        | _ -> false

    let private reads (operands: Operand<value> seq) (value: int) : bool =
        operands |> Seq.exists (fun operand -> int operand.Id = value)

    /// Whether a value that a kernel writes may take the memory of one that it reads (of the same type and size). True as
    /// well for a value that the kernel does not read at all.
    let mayShare (call: KernelCall<value>) (readValue: int) (writtenValue: int) : bool =
        match call.Kernel with
        | Kernel.Loop program ->
            loopMayShare program (KernelCall.loopOperands program call.Reads call.Writes) readValue writtenValue
        | Kernel.MatrixProduct _
        | Kernel.Convolution _ ->
            match call.Epilogue with
            | Some epilogue when int call.Writes[0].Id <> writtenValue ->
                let operands =
                    KernelCall.loopOperands epilogue.Program epilogue.Reads epilogue.Writes

                not (reads call.Reads readValue)
                && loopMayShare epilogue.Program operands readValue writtenValue
            | _ -> not (reads (KernelCall.reads call) readValue)
        | Kernel.Scan scan ->
            // A carry may begin and end in one place.
            let finals, _ = ScanLoop.destinations scan call.Writes
            let written = Operand.ofValue writtenValue

            let isOfCarryThere position =
                position < finals.Length
                && call.Reads[position].OffsetInElements = 0
                && finals[position] = Some written

            call.Reads
            |> Seq.indexed
            |> Seq.forall (fun (position, operand) -> isOfCarryThere position || int operand.Id <> readValue)
        | Kernel.Copy _
        | Kernel.Fill _
        | Kernel.ArgMax _
        | Kernel.CumulativeSum _
        | Kernel.Hash _
        | Kernel.Gather _
        | Kernel.ScatterAdd _
        | Kernel.Random _
        | Kernel.Pool _ -> not (reads call.Reads readValue)
