namespace Functional.Runtime.Execution

open Functional.Core.Tensors
open Functional.Kernels.Memory

/// Between the core's element types and those of concrete data.
[<RequireQualifiedAccess>]
module ElementKinds =

    /// The element kind of a core element type.
    let ofCore (elementType: ElementType) : ElementKind =
        match elementType with
        | ElementType.Float32 -> ElementKind.Float32
        | ElementType.Float64 -> ElementKind.Float64
        | ElementType.Int32 -> ElementKind.Int32
        | ElementType.Bool -> ElementKind.Bool

    /// The core element type of an element kind.
    let toCore (kind: ElementKind) : ElementType =
        match kind with
        | ElementKind.Float32 -> ElementType.Float32
        | ElementKind.Float64 -> ElementType.Float64
        | ElementKind.Int32 -> ElementType.Int32
        | ElementKind.Bool -> ElementType.Bool
        | _ -> invalidArg (nameof kind) $"There is no element type {kind}."
