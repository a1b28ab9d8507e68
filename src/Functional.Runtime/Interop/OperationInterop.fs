namespace Functional.Runtime.Interop

open System.Collections.Generic
open System.Text.Json.Nodes
open Functional.Core.Configuration
open Functional.Core.Layers

/// What the facade gives the call of an operation for one argument: a tensor, a list, or a constant.
[<Sealed>]
type internal OperationArgument
    private (tensor: SymbolicTensor option, parts: OperationArgument array option, constant: ConfigValue) =

    /// The tensor, where it is one.
    member _.Tensor: SymbolicTensor option = tensor

    /// The parts, where it is a list.
    member _.Parts: OperationArgument array option = parts

    /// The constant, where it is neither.
    member _.Constant: ConfigValue = constant

    /// A symbolic tensor.
    static member OfTensor(tensor: SymbolicTensor) : OperationArgument =
        OperationArgument(Some tensor, None, ConfigValue.Null)

    /// Several arguments as one list.
    static member OfParts(parts: OperationArgument array) : OperationArgument =
        OperationArgument(None, Some parts, ConfigValue.Null)

    /// A number, a key, or a fixed array in the form in which Keras saves it.
    static member OfConstant(value: JsonNode | null) : OperationArgument =
        OperationArgument(None, None, ConfigJson.toValue value)

/// How the facade makes and calls Keras's operations.
[<AbstractClass; Sealed>]
type internal OperationInterop =

    /// The operation of a Keras class with the arguments of that class.
    static member Create(className: string, config: JsonObject) : Layer =
        OperationRegistry.create className None (ConfigJson.toConfig config)

    /// The inputs of a call with these arguments, in the order in which the arguments name them.
    static member Inputs(arguments: OperationArgument array) : SymbolicTensor array =
        let rec tensors (argument: OperationArgument) =
            match argument.Tensor, argument.Parts with
            | Some tensor, _ -> [ tensor ]
            | None, Some parts -> parts |> List.ofArray |> List.collect tensors
            | None, None -> []

        arguments |> Seq.collect tensors |> Array.ofSeq

    /// The results of a call. Raises ArgumentException when the arguments do not fit.
    static member Apply(operation: Layer, arguments: OperationArgument array) : SymbolicTensor array =
        let inputs = OperationInterop.Inputs arguments
        let positions = Queue<int>(seq { 0 .. inputs.Length - 1 })

        let rec value (argument: OperationArgument) =
            match argument.Tensor, argument.Parts with
            | Some _, _ -> OperationCall.input (positions.Dequeue())
            | None, Some parts -> parts |> Array.map value |> List.ofArray |> ConfigValue.List
            | None, None -> argument.Constant

        let positional = arguments |> Array.map value |> List.ofArray

        Lowering.applyWith (OperationCall.arguments positional []) operation (List.ofArray inputs)
        |> Array.ofList
