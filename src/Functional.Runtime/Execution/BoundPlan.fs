namespace Functional.Runtime.Execution

#nowarn "9" // The first carries of a loop are copied in native memory here.

open System
open System.Collections.Generic
open System.Diagnostics
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Kernels.Execution
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Kernels.Parallelism
open Functional.Compiler.Planning

/// A plan with memory: its arena and constants, and the addresses of what lies outside. Running it again and again
/// allocates nothing. An instance serves one run at a time.
[<Sealed>]
type BoundPlan(plan: Plan, arena: AlignedMemory, cache: LoopCodeCache) =
    let constants, constantOffsets = ConstantMemory.create plan

    let addresses: nativeint array =
        plan.Buffers
        |> Seq.mapi (fun buffer description ->
            match description.Storage with
            | Storage.Arena offset -> arena.Address + nativeint offset
            | Storage.Constant _ -> constants.Address + nativeint constantOffsets[buffer]
            | Storage.External _ -> 0n)
        |> Array.ofSeq

    let external = Dictionary<struct (LeafKind * string), int>()

    do
        plan.Buffers
        |> Seq.iteri (fun buffer description ->
            match description.Storage with
            | Storage.External(kind, name) -> external[struct (kind, name)] <- buffer
            | Storage.Arena _
            | Storage.Constant _ -> ())

    let kernels: BoundKernel array =
        let bindScan scan (call: KernelCall<buffer>) : BoundKernel = new BoundScan(plan, scan, call, cache)
        plan.Instructions |> Seq.map (Dispatch.bind cache bindScan plan) |> Array.ofSeq

    /// The kernels that use each buffer: those to bind again when it moves.
    let users: int array array =
        let users = Array.init plan.Buffers.Length (fun _ -> HashSet<int>())

        plan.Instructions
        |> Seq.iteri (fun index call ->
            for operand in Seq.append (KernelCall.reads call) (KernelCall.writes call) do
                users[int operand.Id].Add index |> ignore)

        users |> Array.map Array.ofSeq

    let mutable unset =
        addresses |> Array.sumBy (fun address -> if address = 0n then 1 else 0)

    let refuseUnset () =
        let missing =
            external
            |> Seq.filter (fun entry -> addresses[entry.Value] = 0n)
            |> Seq.map (fun entry ->
                let struct (kind, name) = entry.Key
                $"%A{kind} '{name}'")

        invalidOp $"""The plan cannot run: no address was set for {String.concat ", " missing}."""

    let mutable times: PlanTimes | null = null

    let isStale = Array.create kernels.Length true
    let stale = Array.init kernels.Length id
    let mutable staleCount = kernels.Length

    let runTimed (times: PlanTimes) : unit =
        let mutable before = Stopwatch.GetTimestamp()

        for index in 0 .. kernels.Length - 1 do
            kernels[index].Run()
            let now = Stopwatch.GetTimestamp()
            times.Add(index, now - before)
            before <- now

    /// What is run.
    member _.Plan: Plan = plan

    /// The buffer of a leaf, or -1 when the plan does not use it.
    member _.BufferOf(kind: LeafKind, name: string) : int =
        match external.TryGetValue(struct (kind, name)) with
        | true, buffer -> buffer
        | false, _ -> -1

    /// The leaves whose addresses must be set before the first run.
    member _.Leaves: struct (LeafKind * string) seq = Seq.cast external.Keys

    /// Says where a leaf lies, by its buffer; -1 is ignored, so that callers need not ask whether it is used.
    member _.SetAddress(buffer: int, address: nativeint) : unit =
        if buffer >= 0 && addresses[buffer] <> address then
            if addresses[buffer] = 0n then
                unset <- unset - 1

            addresses[buffer] <- address

            for kernel in users[buffer] do
                if not isStale[kernel] then
                    isStale[kernel] <- true
                    stale[staleCount] <- kernel
                    staleCount <- staleCount + 1

    /// Where a buffer lies.
    member _.AddressOf(operand: Operand<buffer>) : nativeint =
        let size = ElementType.sizeInBytes plan.Buffers[int operand.Id].ElementType

        addresses[int operand.Id]
        + nativeint (int64 operand.OffsetInElements * int64 size)

    /// Runs the plan once; denormal numbers count as zero. Raises InvalidOperationException when a leaf's address was
    /// never set.
    member _.Run() : unit =
        if unset > 0 then
            refuseUnset ()

        let start = if isNull times then 0L else Stopwatch.GetTimestamp()

        for index in 0 .. staleCount - 1 do
            kernels[stale[index]].Bind(ReadOnlySpan addresses)
            isStale[stale[index]] <- false

        staleCount <- 0

        let flushedBefore = DenormalFlushing.Switch true

        try
            match times with
            | null ->
                for kernel in kernels do
                    kernel.Run()
            | times ->
                runTimed times
                times.AddRun(Stopwatch.GetTimestamp() - start)
        finally
            DenormalFlushing.Switch flushedBefore |> ignore

    /// Says that a loop begins whose body the plan is: inputs that stay may have other values than in the loop before.
    member _.BeginLoop() : unit =
        for kernel in kernels do
            kernel.BeginLoop()

    /// Where the times of kernels are added up; null, as at first, takes none.
    member _.Times
        with set (value: PlanTimes | null) =
            times <- value

            for index in 0 .. kernels.Length - 1 do
                match kernels[index] with
                | :? BoundScan as scan ->
                    scan.Times <-
                        match value with
                        | null -> null
                        | times -> times.Body index
                | _ -> ()

    interface IDisposable with
        member _.Dispose() =
            for kernel in kernels do
                kernel.Dispose()

            constants.Dispose()

/// A loop over positions: it owns its body's plan and memory, and moves the addresses of sequences and outputs from
/// position to position. Carries are read where the step before stacked them, or live where their last values go, or in
/// memory of the loop.
and [<Sealed>] internal BoundScan(plan: Plan, scan: ScanLoop, call: KernelCall<buffer>, cache: LoopCodeCache) =
    inherit BoundKernel()

    let finals, outputs = ScanLoop.destinations scan call.Writes

    let sizeOf (carry: ScanCarry) =
        int64 carry.SizeInElements * int64 (ElementType.sizeInBytes carry.ElementType)

    // The body's arena, then the carries that have no other place.
    let offsets =
        scan.Carries
        |> Seq.map (fun carry ->
            if carry.HasFinal || carry.Follows.IsSome then
                0L
            else
                Plan.align (sizeOf carry))
        |> Seq.scan (+) (Plan.align scan.Body.ArenaSizeInBytes)
        |> Array.ofSeq

    let memory = new AlignedMemory(Array.last offsets)
    let body = new BoundPlan(scan.Body, memory, cache)

    let bytes (operand: Operand<buffer>) (count: int) =
        let size = ElementType.sizeInBytes plan.Buffers[int operand.Id].ElementType
        nativeint (int64 count * int64 size)

    /// What a leaf of the body stands for, with the memory that the loop gives it.
    let moving, staying =
        let sequences, staying =
            Seq.zip scan.Inputs (Seq.skip scan.Carries.Length call.Reads)
            |> Array.ofSeq
            |> Array.partition (fun (input, _) -> input.Stride <> 0)

        Array.append sequences (Array.ofSeq (Seq.zip scan.Outputs outputs)), staying

    let firstOutput = moving.Length - scan.Outputs.Length

    // Of leaves that the body does not use the buffer is -1, which SetAddress ignores.
    let movingBuffers =
        moving
        |> Array.mapi (fun index (operand, _) ->
            let kind =
                if index < firstOutput then
                    LeafKind.Input
                else
                    LeafKind.Variable

            body.BufferOf(kind, operand.Leaf))

    let movingStrides =
        moving |> Array.map (fun (operand, place) -> bytes place operand.Stride)

    let movingStarts = Array.zeroCreate<nativeint> moving.Length

    let stayingBuffers =
        staying
        |> Array.map (fun (operand, _) -> body.BufferOf(LeafKind.Input, operand.Leaf))

    /// For every carry the place of the output that it follows, or -1.
    let followed = [|
        for carry in scan.Carries ->
            match carry.Follows with
            | Some output -> Array.FindIndex(moving, firstOutput, (fun (operand, _) -> operand.Leaf = output))
            | None -> -1
    |]

    let carryBuffers = [|
        for carry in scan.Carries ->
            let kind =
                if carry.Follows.IsSome then
                    LeafKind.Input
                else
                    LeafKind.Variable

            body.BufferOf(kind, carry.Leaf)
    |]

    let carrySizes = [| for carry in scan.Carries -> sizeOf carry |]
    let firstCarries = Array.zeroCreate<nativeint> carrySizes.Length
    /// Where the current value is, and the last one in the end; 0 for a carry that follows and that nobody reads.
    let carries = Array.zeroCreate<nativeint> carrySizes.Length

    let positionOf step =
        if scan.IsReversed then scan.Length - 1 - step else step

    /// Where an output lies after a step.
    let stacked index step =
        movingStarts[index] + movingStrides[index] * nativeint (positionOf step)

    let copy (source: nativeint) (destination: nativeint) (size: int64) =
        if source <> destination then
            Buffer.MemoryCopy(source.ToPointer(), destination.ToPointer(), size, size)

    override _.Bind(addresses: ReadOnlySpan<nativeint>) : unit =
        for index in 0 .. carries.Length - 1 do
            let initial = call.Reads[index]
            firstCarries[index] <- addresses[int initial.Id] + bytes initial initial.OffsetInElements

            match finals[index] with
            | Some final -> carries[index] <- addresses[int final.Id] + bytes final final.OffsetInElements
            | None when followed[index] < 0 -> carries[index] <- memory.Address + nativeint offsets[index]
            | None -> ()

            if followed[index] < 0 then
                body.SetAddress(carryBuffers[index], carries[index])

        for index in 0 .. moving.Length - 1 do
            let place = snd moving[index]
            movingStarts[index] <- addresses[int place.Id] + bytes place place.OffsetInElements

        for index in 0 .. staying.Length - 1 do
            let place = snd staying[index]
            body.SetAddress(stayingBuffers[index], addresses[int place.Id] + bytes place place.OffsetInElements)

    override _.Run() : unit =
        for index in 0 .. carries.Length - 1 do
            if followed[index] < 0 then
                copy firstCarries[index] carries[index] carrySizes[index]

        body.BeginLoop()

        for step in 0 .. scan.Length - 1 do
            for index in 0 .. carries.Length - 1 do
                if followed[index] >= 0 then
                    let current =
                        if step = 0 then
                            firstCarries[index]
                        else
                            stacked followed[index] (step - 1)

                    body.SetAddress(carryBuffers[index], current)

            for index in 0 .. movingBuffers.Length - 1 do
                body.SetAddress(movingBuffers[index], stacked index step)

            body.Run()

        for index in 0 .. carries.Length - 1 do
            if followed[index] >= 0 && carries[index] <> 0n then
                let last =
                    if scan.Length = 0 then
                        firstCarries[index]
                    else
                        stacked followed[index] (scan.Length - 1)

                copy last carries[index] carrySizes[index]

    /// Where the times of the body's kernels are added up.
    member _.Times
        with set (value: PlanTimes | null) = body.Times <- value

    override _.Dispose(isDisposing: bool) : unit =
        if isDisposing then
            (body :> IDisposable).Dispose()
            memory.Dispose()

        base.Dispose isDisposing
