namespace Functional.Compiler.Planning

open Functional.Core.Tensors

// The type stands with the kernel calls: a loop's call has a plan.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Plan =

    /// The alignment of every arena buffer: a cache line, and the widest vector.
    let alignmentInBytes: int64 = 64L

    /// A size in bytes, rounded up to the alignment.
    let align (size: int64) : int64 =
        (size + alignmentInBytes - 1L) / alignmentInBytes * alignmentInBytes

    /// The size of a buffer, in bytes.
    let sizeInBytes (buffer: Buffer) : int64 =
        int64 buffer.SizeInElements * int64 (ElementType.sizeInBytes buffer.ElementType)
