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

    /// Whether it is what a stateful layer keeps between batches, which is no weight to Keras.
    member _.IsState: bool = RNN.isState specification.Name

    /// The same with another layer's name in front of its own.
    member _.Under(layerName: string) : WeightDescription =
        WeightDescription(layer, index, $"{layerName}/{specification.Name}", specification)

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
        let writer =
            weight.Specification.Initializer.Writer seed weight.Specification.Dimensions

        // By small parts: the values of a large layer are large.
        let filled (kind: ElementKind) (convert: float -> 'element) : HostTensor =
            let tensor = HostTensor.Allocate(kind, weight.Shape)
            let elements = tensor.Unlocked<'element>()
            let part = Array.zeroCreate<float>(min elements.Length 4096)
            let mutable first = 0

            while first < elements.Length do
                let values = part.AsSpan(0, min part.Length (elements.Length - first))
                writer.Invoke(first, values)

                for index in 0 .. values.Length - 1 do
                    elements[first + index] <- convert values[index]

                first <- first + values.Length

            tensor

        match weight.Specification.ElementType with
        | ElementType.Float32 when not keepsDoubles -> filled ElementKind.Float32 float32
        | ElementType.Float32
        | ElementType.Float64 -> filled ElementKind.Float64 id
        | ElementType.Int32 -> filled ElementKind.Int32 int
        | ElementType.Bool -> filled ElementKind.Bool (fun value -> value <> 0.0)
