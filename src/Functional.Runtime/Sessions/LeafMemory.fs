namespace Functional.Runtime.Sessions

#nowarn "9" // Values move between managed arrays and native memory here.

open System
open System.Collections.Generic
open Functional.Compiler.Planning
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// What a leaf that a session keeps is like.
type LeafDescription = {
    Name: string
    ElementType: ElementType
    Dimensions: int list
}

/// The values of leaves that a session keeps between steps, in one block of native memory.
[<Sealed>]
type LeafMemory(leaves: LeafDescription list) =
    let sizeInBytes (leaf: LeafDescription) =
        int64 (List.fold (*) 1 leaf.Dimensions)
        * int64 (ElementType.sizeInBytes leaf.ElementType)

    let offsets = leaves |> List.map (sizeInBytes >> Plan.align) |> List.scan (+) 0L
    let memory = new AlignedMemory(List.last offsets, true)
    let places = Dictionary<string, struct (LeafDescription * int64)>()

    do
        for leaf, offset in Seq.zip leaves offsets do
            places.Add(leaf.Name, struct (leaf, offset))

    let place (name: string) =
        match places.TryGetValue name with
        | true, found -> found
        | false, _ -> invalidArg (nameof name) $"There is no leaf '{name}' in this memory."

    let refuseOther (name: string) (values: HostTensor) : unit =
        let struct (leaf, _) = place name

        if
            values.Kind <> ElementKinds.ofCore leaf.ElementType
            || values.SizeInBytes <> sizeInBytes leaf
        then
            invalidArg
                (nameof values)
                $"'{name}' is {ElementType.name leaf.ElementType} of shape %A{leaf.Dimensions}, but the values are {values.Kind} of shape %A{values.Shape.ToArray()}."

    /// Every leaf.
    member _.Leaves: LeafDescription list = leaves

    /// Where a leaf lies.
    member _.Address(name: string) : nativeint =
        let struct (_, offset) = place name
        memory.Address + nativeint offset

    /// Copies values into a leaf. Raises ArgumentException when type or size differ.
    member this.Write(name: string, values: HostTensor) : unit =
        refuseOther name values
        let size = values.SizeInBytes
        Buffer.MemoryCopy(values.Address.ToPointer(), (this.Address name).ToPointer(), size, size)
        GC.KeepAlive values

    /// Writes one number to every element of a floating or int32 leaf.
    member _.Fill(name: string, value: float) : unit =
        let struct (leaf, offset) = place name
        let count = List.fold (*) 1 leaf.Dimensions

        match leaf.ElementType with
        | ElementType.Float32 -> memory.AsSpan<float32>(offset, count).Fill(float32 value)
        | ElementType.Float64 -> memory.AsSpan<float>(offset, count).Fill value
        | ElementType.Int32 -> memory.AsSpan<int>(offset, count).Fill(int value)
        | ElementType.Bool -> memory.AsSpan<bool>(offset, count).Fill(value <> 0.0)

    /// Copies a leaf's values into memory that the caller has. Raises ArgumentException when type or size differ.
    member this.Read(name: string, target: HostTensor) : unit =
        refuseOther name target
        let size = target.SizeInBytes
        Buffer.MemoryCopy((this.Address name).ToPointer(), target.Address.ToPointer(), size, size)
        GC.KeepAlive target

    /// A copy of a leaf's values.
    member this.Read(name: string) : HostTensor =
        let struct (leaf, _) = place name

        let copy =
            HostTensor.Allocate(ElementKinds.ofCore leaf.ElementType, Array.ofList leaf.Dimensions)

        this.Read(name, copy)
        copy

    interface IDisposable with
        member _.Dispose() = memory.Dispose()
