namespace Functional.Runtime.Execution

#nowarn "9" // Native memory is written through pointers here and nowhere else in this project.

open System
open Functional.Compiler.Planning
open Functional.Core.Tensors
open Functional.Kernels.Memory

/// The memory of a plan's constants, written once.
[<RequireQualifiedAccess>]
module ConstantMemory =

    let private write (memory: AlignedMemory) (offset: int64) (literal: Literal) : unit =
        let count = literal.Values.Length

        match literal.ElementType with
        | ElementType.Float32 ->
            let span = memory.AsSpan<float32>(offset, count)

            for index in 0 .. count - 1 do
                span[index] <- float32 literal.Values[index]
        | ElementType.Float64 -> literal.Values.AsSpan().CopyTo(memory.AsSpan<float>(offset, count))
        | ElementType.Int32 ->
            let span = memory.AsSpan<int>(offset, count)

            for index in 0 .. count - 1 do
                span[index] <- int literal.Values[index]
        | ElementType.Bool ->
            let span = memory.AsSpan<bool>(offset, count)

            for index in 0 .. count - 1 do
                span[index] <- literal.Values[index] <> 0.0

    /// Writes a plan's constants to new memory; the result tells at which offset each buffer's values are.
    let create (plan: Plan) : AlignedMemory * Map<int, int64> =
        let constants = [
            for buffer in 0 .. plan.Buffers.Length - 1 do
                match plan.Buffers[buffer].Storage with
                | Storage.Constant literal -> buffer, literal
                | Storage.Arena _
                | Storage.External _ -> ()
        ]

        let sizes =
            constants
            |> List.map (fun (buffer, _) -> Plan.align (Plan.sizeInBytes plan.Buffers[buffer]))

        let offsets = List.scan (+) 0L sizes
        let memory = new AlignedMemory(List.last offsets)

        List.iter2
            (fun offset (_, literal) -> write memory offset literal)
            (List.take constants.Length offsets)
            constants

        memory,
        Map.ofList (List.map2 (fun (buffer, _) offset -> buffer, offset) constants (List.take constants.Length offsets))
