namespace Functional.Runtime.Interop

open System
open System.Text.Json.Nodes
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// A weight that a layer of the facade asks for, and the symbolic tensor that stands for it in the layer's call.
[<Sealed>]
type internal WeightRequest
    (
        name: string,
        dimensions: int array,
        initializer: JsonNode,
        regularizer: JsonNode | null,
        limit: JsonNode | null,
        isTrainable: bool
    ) =

    let config: Config = [
        "initializer", ConfigJson.toValue initializer
        "regularizer", ConfigJson.toValue regularizer
        "constraint", ConfigJson.toValue limit
    ]

    let specification: WeightSpecification = {
        Name = name
        Dimensions = List.ofArray dimensions
        ElementType = ElementType.Float32
        Initializer = Arguments.initializer "initializer" Functional.Core.Initializers.Initializer.zeros config
        Regularizer = Arguments.regularizer "regularizer" config
        Constraint = Arguments.``constraint`` "constraint" config
        Trainable = isTrainable
    }

    /// Stands for the weight in the layer's call.
    member val Tensor: SymbolicTensor = FunctionLayer.placeholder (Shape.ofInts dimensions) ElementType.Float32

    /// What the layer wants.
    member internal _.Specification: WeightSpecification = specification

/// How the facade makes layers of functions that users write.
[<AbstractClass; Sealed>]
type internal FunctionInterop =

    /// A layer from what it asks for, given the shapes of its inputs (null where data decides), and its call.
    static member Create
        (
            className: string,
            name: string | null,
            config: JsonObject,
            build: Func<Nullable<int> array array, WeightRequest array>,
            call: Func<SymbolicTensor array, SymbolicTensor array>
        ) : Layer =
        let weights (inputs: InputSpecification list) =
            inputs
            |> Seq.map (fun input -> SymbolicInterop.DimensionsOf input.Shape)
            |> Array.ofSeq
            |> build.Invoke
            |> Seq.map (fun request -> request.Specification, request.Tensor)
            |> List.ofSeq

        FunctionLayer.create
            className
            (Option.ofObj name)
            (ConfigJson.toConfig config)
            weights
            (Array.ofList >> call.Invoke >> List.ofArray)
