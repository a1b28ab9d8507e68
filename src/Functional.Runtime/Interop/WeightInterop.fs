namespace Functional.Runtime.Interop

open System
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// One weight, as the facade sees it.
[<Sealed>]
type internal WeightDescription(layer: Layer, index: int, path: string, specification: WeightSpecification) =

    let shape = Array.ofList specification.Dimensions

    /// The layer it belongs to.
    member _.Layer: Layer = layer

    /// Its position among the layer's weights.
    member _.Index: int = index

    /// Keras's name: "kernel".
    member _.Name: string = specification.Name

    /// The name with those of the layers around it.
    member _.Path: string = path

    /// The lengths of the axes.
    member _.Shape: int array = shape

    /// The number of elements.
    member _.Size: int64 =
        shape |> Array.fold (fun product length -> product * int64 length) 1L

    /// The type of one element.
    member _.ElementType: ElementKind = ElementKinds.ofCore specification.ElementType

    /// False for statistics that a layer keeps itself.
    member _.IsTrainable: bool = specification.Trainable

    /// What the layer wants.
    member internal _.Specification: WeightSpecification = specification

/// Where weights begin.
[<AbstractClass; Sealed>]
type internal WeightInterop =

    /// The description of a model's weight.
    static member Describe(weight: Weight) : WeightDescription =
        WeightDescription(weight.Layer, weight.Index, weight.Path, weight.Specification)

    /// What the weight's initializer gives for a seed, in the weight's element type; with float64 in place of float32
    /// when doubles are kept.
    static member InitialValue(weight: WeightDescription, seed: int, keepsDoubles: bool) : HostTensor =
        let values =
            weight.Specification.Initializer.Values seed weight.Specification.Dimensions

        // Into the tensor's own memory: the values of a large layer are large.
        let filled (convert: float -> 'element) : HostTensor =
            let tensor = HostTensor.Allocate(weight.ElementType, weight.Shape)
            let elements = tensor.Unlocked<'element>()

            for index in 0 .. values.Length - 1 do
                elements[index] <- convert values[index]

            tensor

        match weight.Specification.ElementType with
        | ElementType.Float32 when not keepsDoubles -> filled float32
        | ElementType.Float32
        | ElementType.Float64 -> HostTensor.Create(ReadOnlySpan weight.Shape, ReadOnlySpan values)
        | ElementType.Int32 -> filled int
        | ElementType.Bool -> filled (fun value -> value <> 0.0)
