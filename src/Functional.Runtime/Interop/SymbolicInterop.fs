namespace Functional.Runtime.Interop

open System
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// What the facade asks about symbolic tensors.
[<AbstractClass; Sealed>]
type internal SymbolicInterop =

    /// The lengths of a shape's axes; null where data decides.
    static member DimensionsOf(shape: Shape) : Nullable<int> array =
        Shape.dimensions shape
        |> List.map (fun dimension ->
            match Dimension.tryKnown dimension with
            | Some size -> Nullable size
            | None -> Nullable())
        |> Array.ofList

    /// The lengths of the axes; null where data decides.
    static member Dimensions(tensor: SymbolicTensor) : Nullable<int> array =
        SymbolicInterop.DimensionsOf tensor.Shape

    /// The type of one element.
    static member ElementType(tensor: SymbolicTensor) : ElementKind = ElementKinds.ofCore tensor.ElementType

    /// Whether a mask comes with it.
    static member HasMask(tensor: SymbolicTensor) : bool = tensor.HasMask

    /// The layer whose call made it.
    static member LayerOf(tensor: SymbolicTensor) : Layer = tensor.Call.Layer

    /// Its position among the results of that call.
    static member IndexOf(tensor: SymbolicTensor) : int = tensor.Index

    /// The name of the activation that made it, when its layer has one; otherwise null.
    static member ActivationOf(tensor: SymbolicTensor) : string | null =
        let layer = tensor.Call.Layer

        match layer.ClassName, Config.tryFind "activation" layer.Config with
        | "Softmax", _ -> "softmax"
        | _, Some(ConfigValue.String name) -> name
        | _ -> null
