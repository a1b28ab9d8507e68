namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Tensors
open Functional.Core.Graph

/// Where a buffer's memory comes from.
[<RequireQualifiedAccess>]
type Storage =
    /// A part of the plan's one arena; the offset is a multiple of 64 bytes.
    | Arena of offsetInBytes: int64
    /// Memory that the runtime binds: inputs, parameters, variables.
    | External of kind: LeafKind * name: string
    /// Written once, when the plan is bound.
    | Constant of literal: Literal

/// A numbered piece of memory.
type Buffer = {
    ElementType: ElementType
    SizeInElements: int
    Storage: Storage
}

/// A named value that the caller reads after a run: contiguous, at an operand.
type PlanResult = {
    Name: string
    Operand: Operand
    ElementType: ElementType
    Dimensions: ImmutableArray<int>
}

/// What a computation becomes: kernel calls, in order, over numbered buffers. Immutable; running it is the runtime's
/// business. Updated leaves hold their next value in their own (external) buffer after the last instruction.
[<ReferenceEquality>]
type Plan = {
    /// What RegisterType.Float stands for: float32 or float64.
    FloatType: ElementType
    Buffers: ImmutableArray<Buffer>
    Instructions: ImmutableArray<KernelCall>
    Results: ImmutableArray<PlanResult>
    /// The leaves whose external buffers the plan writes.
    Updated: ImmutableArray<struct (LeafKind * string)>
    /// The size of the arena.
    ArenaSizeInBytes: int64
    /// What the arena's buffers would take if none shared memory.
    UnsharedSizeInBytes: int64
}

[<RequireQualifiedAccess>]
module Plan =

    /// The alignment of every arena buffer: a cache line, and the widest vector.
    let alignmentInBytes: int64 = 64L

    /// The size of a buffer, in bytes.
    let sizeInBytes (buffer: Buffer) : int64 =
        int64 buffer.SizeInElements * int64 (ElementType.sizeInBytes buffer.ElementType)
