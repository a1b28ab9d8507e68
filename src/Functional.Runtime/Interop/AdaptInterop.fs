namespace Functional.Runtime.Interop

open System
open Functional.Core.Layers
open Functional.Core.Tensors
open Functional.Kernels.Memory

/// How the facade lets layers learn from data before they are trained.
[<AbstractClass; Sealed>]
type internal AdaptInterop =

    static member private Literal(data: HostTensor) : Literal =
        let numbers =
            match data.Kind with
            | ElementKind.Float32 -> Array.map float (data.AsSpan<float32>().ToArray())
            | ElementKind.Float64 -> data.AsSpan<float>().ToArray()
            | ElementKind.Int32 -> Array.map float (data.AsSpan<int>().ToArray())
            | _ -> Array.map (fun value -> if value then 1.0 else 0.0) (data.AsSpan<bool>().ToArray())

        Literal.create ElementType.Float64 (data.Shape.ToArray()) numbers

    /// The weights of a Normalization layer for data: mean, variance, and count, which is 0 as in Keras.
    /// Raises ArgumentException when the layer's statistics are given, or an axis is not there.
    static member Statistics(layer: Layer, data: HostTensor) : HostTensor array =
        let settings = Normalization.ofConfig layer.Config

        if settings.Given.IsSome then
            invalidArg
                (nameof data)
                $"Layer '{Layer.displayName layer}' (Normalization): its mean and variance were given; only a layer made without them takes them from data."

        let mean, variance = Normalization.adapt settings (AdaptInterop.Literal data)

        let tensor (literal: Literal) =
            HostTensor.Create<float>(ReadOnlySpan(Array.ofSeq literal.Dimensions), literal.Values.AsSpan())

        [|
            tensor mean
            tensor variance
            HostTensor.Create<int>(ReadOnlySpan [||], ReadOnlySpan [| 0 |])
        |]

    /// A Discretization layer with boundaries from data. Raises ArgumentException when its boundaries were given.
    static member Discretized(layer: Layer, data: HostTensor) : Layer =
        Discretization.ofConfig layer.Config
        |> Discretization.adapt (List.ofSeq (AdaptInterop.Literal data).Values)
        |> Discretization.layer layer.Name
