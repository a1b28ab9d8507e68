namespace Functional.Runtime.Execution

#nowarn "9" // The first carries of a loop are copied in native memory here.

open System
open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Kernels.Execution
open Functional.Kernels.Loops
open Functional.Kernels.Memory
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
        let bindScan (scan: ScanCall) : BoundKernel = new BoundScan(plan, scan, cache)
        plan.Instructions |> Seq.map (Dispatch.bind cache bindScan plan) |> Array.ofSeq

    /// The kernels that use each buffer: those to bind again when it moves.
    let users: int array array =
        let users = Array.init plan.Buffers.Length (fun _ -> HashSet<int>())

        plan.Instructions
        |> Seq.iteri (fun index call ->
            for operand in KernelCall.reads call @ KernelCall.writes call do
                users[operand.Buffer].Add index |> ignore)

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

    let isStale = Array.create kernels.Length true
    let stale = Array.init kernels.Length id
    let mutable staleCount = kernels.Length

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
    member _.AddressOf(operand: Operand) : nativeint =
        let size = ElementType.sizeInBytes plan.Buffers[operand.Buffer].ElementType

        addresses[operand.Buffer]
        + nativeint (int64 operand.OffsetInElements * int64 size)

    /// Runs the plan once. Raises InvalidOperationException when a leaf's address was never set.
    member _.Run() : unit =
        if unset > 0 then
            refuseUnset ()

        for index in 0 .. staleCount - 1 do
            kernels[stale[index]].Bind(ReadOnlySpan addresses)
            isStale[stale[index]] <- false

        staleCount <- 0

        for kernel in kernels do
            kernel.Run()

    interface IDisposable with
        member _.Dispose() =
            for kernel in kernels do
                kernel.Dispose()

            constants.Dispose()

/// A loop over positions: it owns its body's plan and memory, and moves the addresses of sequences and outputs from
/// position to position. Carries live where their last values go, or in memory of its own.
and [<Sealed>] internal BoundScan(plan: Plan, scan: ScanCall, cache: LoopCodeCache) =
    inherit BoundKernel()

    let sizeOf (carry: ScanCarry) =
        int64 carry.SizeInElements * int64 (ElementType.sizeInBytes carry.ElementType)

    let aligned (size: int64) =
        (size + Plan.alignmentInBytes - 1L) / Plan.alignmentInBytes
        * Plan.alignmentInBytes

    // The body's arena, then the carries whose last value nobody reads.
    let offsets =
        scan.Carries
        |> Seq.map (fun carry -> if carry.Final.IsSome then 0L else aligned (sizeOf carry))
        |> Seq.scan (+) (aligned scan.Body.ArenaSizeInBytes)
        |> Array.ofSeq

    let memory = new AlignedMemory(Array.last offsets)
    let body = new BoundPlan(scan.Body, memory, cache)

    let elementSize (operand: Operand) =
        ElementType.sizeInBytes plan.Buffers[operand.Buffer].ElementType

    let bytes (operand: Operand) (count: int) =
        nativeint (int64 count * int64 (elementSize operand))

    /// What moves or stays with the buffer of its leaf in the body; leaves that the body does not use are left out.
    let operandsOf kind (operands: ScanOperand seq) =
        operands
        |> Seq.map (fun operand -> struct (body.BufferOf(kind, operand.Leaf), operand))
        |> Seq.filter (fun struct (buffer, _) -> buffer >= 0)
        |> Array.ofSeq

    let operands =
        Array.append (operandsOf LeafKind.Input scan.Inputs) (operandsOf LeafKind.Variable scan.Outputs)

    let moving =
        operands |> Array.filter (fun struct (_, operand) -> operand.Stride <> 0)

    let fixedOperands =
        operands |> Array.filter (fun struct (_, operand) -> operand.Stride = 0)

    let movingBuffers = moving |> Array.map (fun struct (buffer, _) -> buffer)

    let movingStrides =
        moving
        |> Array.map (fun struct (_, operand) -> bytes operand.Operand operand.Stride)

    let movingStarts = Array.zeroCreate<nativeint> moving.Length
    let carryBuffers = [| for carry in scan.Carries -> body.BufferOf(LeafKind.Variable, carry.Leaf) |]
    let carrySizes = [| for carry in scan.Carries -> sizeOf carry |]
    let firstCarries = Array.zeroCreate<nativeint> carrySizes.Length
    let carries = Array.zeroCreate<nativeint> carrySizes.Length

    override _.Bind(addresses: ReadOnlySpan<nativeint>) : unit =
        for index in 0 .. carries.Length - 1 do
            let carry = scan.Carries[index]

            firstCarries[index] <-
                addresses[carry.Initial.Buffer]
                + bytes carry.Initial carry.Initial.OffsetInElements

            carries[index] <-
                match carry.Final with
                | Some final -> addresses[final.Buffer] + bytes final final.OffsetInElements
                | None -> memory.Address + nativeint offsets[index]

            body.SetAddress(carryBuffers[index], carries[index])

        for index in 0 .. moving.Length - 1 do
            let struct (_, operand) = moving[index]

            movingStarts[index] <-
                addresses[operand.Operand.Buffer]
                + bytes operand.Operand operand.Operand.OffsetInElements

        for index in 0 .. fixedOperands.Length - 1 do
            let struct (buffer, operand) = fixedOperands[index]

            body.SetAddress(
                buffer,
                addresses[operand.Operand.Buffer]
                + bytes operand.Operand operand.Operand.OffsetInElements
            )

    override _.Run() : unit =
        for index in 0 .. carries.Length - 1 do
            if carries[index] <> firstCarries[index] then
                Buffer.MemoryCopy(
                    firstCarries[index].ToPointer(),
                    carries[index].ToPointer(),
                    carrySizes[index],
                    carrySizes[index]
                )

        for step in 0 .. scan.Length - 1 do
            let position = if scan.IsReversed then scan.Length - 1 - step else step

            for index in 0 .. movingBuffers.Length - 1 do
                body.SetAddress(movingBuffers[index], movingStarts[index] + movingStrides[index] * nativeint position)

            body.Run()

    override _.Dispose(isDisposing: bool) : unit =
        if isDisposing then
            (body :> IDisposable).Dispose()
            memory.Dispose()

        base.Dispose isDisposing
