namespace Functional.Compiler.Planning

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Tensors

/// Copies of whole values to memory outside of the plan become one more store of a loop that has the value in a register,
/// or passes by it.
[<RequireQualifiedAccess>]
module internal CopyFolding =

    /// The steps from one position to the next along every extent, in row-major order.
    let private contiguous (extents: ImmutableArray<int>) : int array =
        let strides = Array.zeroCreate extents.Length
        let mutable stride = 1

        for axis in extents.Length - 1 .. -1 .. 0 do
            strides[axis] <- if extents[axis] = 1 then 0 else stride
            stride <- stride * extents[axis]

        strides

    let private size (extents: ImmutableArray<int>) : int = Seq.fold (*) 1 extents

    let private isExternal (buffers: IReadOnlyList<Buffer>) (buffer: int) : bool =
        match buffers[buffer].Storage with
        | Storage.External _ -> true
        | Storage.Arena _
        | Storage.Constant _ -> false

    /// Source and destination of a copy of a whole buffer to a whole buffer outside of the plan.
    let private tryWhole (buffers: IReadOnlyList<Buffer>) (call: KernelCall<buffer>) : struct (int * int) option =
        let isWhole (operand: Operand<buffer>) (extents: ImmutableArray<int>) =
            operand.OffsetInElements = 0
            && buffers[int operand.Id].SizeInElements = size extents

        match call.Kernel with
        | Kernel.Copy copy when
            isExternal buffers (int call.Writes[0].Id)
            && isWhole call.Reads[0] copy.Extents
            && isWhole call.Writes[0] copy.Extents
            && Seq.forall2 (=) (contiguous copy.Extents) copy.SourceStrides
            && Seq.forall2 (=) copy.SourceStrides copy.DestinationStrides
            ->
            Some(struct (int call.Reads[0].Id, int call.Writes[0].Id))
        | _ -> None

    let private uses (operands: Operand<buffer> seq) (buffer: int) : bool =
        operands |> Seq.exists (fun operand -> int operand.Id = buffer)

    let private shifted (start: int) (count: int) (operation: LoopOperation) : LoopOperation =
        let move register =
            if register >= start then register + count else register

        match operation with
        | LoopOperation.Load _
        | LoopOperation.Constant _
        | LoopOperation.Index _ -> operation
        | LoopOperation.Unary(f, x) -> LoopOperation.Unary(f, move x)
        | LoopOperation.Binary(f, x, y) -> LoopOperation.Binary(f, move x, move y)
        | LoopOperation.Compare(f, x, y) -> LoopOperation.Compare(f, move x, move y)
        | LoopOperation.Select(condition, x, y) -> LoopOperation.Select(move condition, move x, move y)
        | LoopOperation.Cast x -> LoopOperation.Cast(move x)
        | LoopOperation.Reduce(f, x) -> LoopOperation.Reduce(f, move x)
        | LoopOperation.Store(operand, x) -> LoopOperation.Store(operand, move x)
        | LoopOperation.Accumulate(f, operand, x) -> LoopOperation.Accumulate(f, operand, move x)

    /// Instructions with others before a position.
    let private insert position (added: LoopInstruction list) (program: LoopProgram) =
        program.Instructions
        |> Seq.map (fun instruction -> {
            instruction with
                Operation = shifted position added.Length instruction.Operation
        })
        |> ImmutableArray.CreateRange
        |> fun instructions -> instructions.InsertRange(position, added)

    let private operand (program: LoopProgram) (access: OperandAccess) (elementType: ElementType) : LoopOperand = {
        ElementType = elementType
        Strides = ImmutableArray.CreateRange(contiguous program.Extents)
        Access = access
    }

    /// A loop that stores the whole of a buffer, position by position, and stores it in another one too.
    let private tryStoreTwice (source: int) (destination: int) (call: KernelCall<buffer>) : KernelCall<buffer> option =
        match call.Kernel with
        | Kernel.Loop program ->
            let operands = KernelCall.loopOperands program call.Reads call.Writes

            let written =
                Seq.indexed operands
                |> Seq.filter (fun (position, found) ->
                    int found.Id = source && program.Operands[position].Access = OperandAccess.Write)
                |> List.ofSeq

            match written with
            | [ position, place ] when
                place.OffsetInElements = 0
                && Seq.forall2 (=) (contiguous program.Extents) program.Operands[position].Strides
                ->
                program.Instructions
                |> Seq.tryFindIndex (fun instruction ->
                    match instruction.Operation with
                    | LoopOperation.Store(target, _) -> target = position
                    | _ -> false)
                |> Option.map (fun store ->
                    let again =
                        match program.Instructions[store].Operation with
                        | LoopOperation.Store(_, value) -> {
                            program.Instructions[store] with
                                Operation = LoopOperation.Store(operands.Length, value)
                          }
                        | _ -> program.Instructions[store]

                    KernelCall.loop
                        {
                            program with
                                Operands = program.Operands.Add program.Operands[position]
                                Instructions = insert (store + 1) [ again ] program
                        }
                        (operands.Add(Operand.ofBuffer destination)))
            | _ -> None
        | _ -> None

    /// A loop over as many positions as a buffer has elements that copies it by the way, before it writes anything.
    let private tryCopyInPassing
        (elementType: ElementType)
        (count: int)
        (source: int)
        (destination: int)
        (call: KernelCall<buffer>)
        : KernelCall<buffer> option =
        match call.Kernel with
        | Kernel.Loop program ->
            let operands = KernelCall.loopOperands program call.Reads call.Writes

            let isInOrder position =
                int operands[position].Id <> source
                || (operands[position].OffsetInElements = 0
                    && Seq.forall2 (=) (contiguous program.Extents) program.Operands[position].Strides)

            let accumulates =
                program.Instructions
                |> Seq.exists (fun instruction -> instruction.Operation.IsAccumulate)

            if
                size program.Extents = count
                && LoopProgram.columns program > 1
                && not accumulates
                && Seq.forall isInOrder [ 0 .. operands.Length - 1 ]
            then
                let step operation = {
                    Operation = operation
                    Type = LoopProgram.registerType elementType
                    Level = LoopLevel.Column
                }

                let added = [
                    step (LoopOperation.Load operands.Length)
                    step (LoopOperation.Store(operands.Length + 1, 0))
                ]

                operands.AddRange [ Operand.ofBuffer source; Operand.ofBuffer destination ]
                |> KernelCall.loop {
                    program with
                        Operands =
                            program.Operands.AddRange [
                                operand program OperandAccess.Read elementType
                                operand program OperandAccess.Write elementType
                            ]
                        Instructions = insert 0 added program
                }
                |> Some
            else
                None
        | _ -> None

    /// The calls with fewer copies.
    let run (buffers: IReadOnlyList<Buffer>) (calls: KernelCall<buffer> list) : KernelCall<buffer> list =
        let calls = List<KernelCall<buffer>>(calls)

        let touches (buffer: int) (position: int) =
            uses (KernelCall.reads calls[position]) buffer
            || uses (KernelCall.writes calls[position]) buffer

        let writes (buffer: int) (position: int) =
            uses (KernelCall.writes calls[position]) buffer

        let fold (copy: int) (struct (source, destination)) : (int * KernelCall<buffer>) option =
            let storedBefore =
                Seq.tryFindBack (writes source) [ 0 .. copy - 1 ]
                |> Option.filter (fun writer -> not (Seq.exists (touches destination) [ writer .. copy - 1 ]))
                |> Option.bind (fun writer ->
                    tryStoreTwice source destination calls[writer]
                    |> Option.map (fun call -> writer, call))

            // Memory of the arena may have another owner by then.
            let passedLater () =
                if isExternal buffers source then
                    let elementType = buffers[source].ElementType
                    let count = buffers[source].SizeInElements

                    let last =
                        seq { copy + 1 .. calls.Count - 1 }
                        |> Seq.tryFind (fun position -> writes source position || touches destination position)
                        |> Option.defaultValue (calls.Count - 1)

                    seq { copy + 1 .. last }
                    |> Seq.filter (fun position -> not (touches destination position))
                    |> Seq.tryPick (fun position ->
                        tryCopyInPassing elementType count source destination calls[position]
                        |> Option.map (fun call -> position, call))
                else
                    None

            storedBefore |> Option.orElseWith passedLater

        let mutable position = 0

        while position < calls.Count do
            match tryWhole buffers calls[position] |> Option.bind (fold position) with
            | Some(target, call) ->
                calls[target] <- call
                calls.RemoveAt position
            | None -> position <- position + 1

        List.ofSeq calls
