namespace Functional.Runtime.Execution

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
        plan.Instructions |> Seq.map (Dispatch.bind cache plan) |> Array.ofSeq

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
