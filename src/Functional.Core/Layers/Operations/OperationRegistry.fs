namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Naming

/// Keras's operations between layers, by the class names under which files name them. Each is a layer without weights
/// whose call may be given numbers and fixed arrays besides tensors (OperationCall).
[<RequireQualifiedAccess>]
module OperationRegistry =

    let private definitions: Map<string, OperationDefinition> =
        [
            ElementwiseOperations.definitions
            ReductionOperations.definitions
            NormOperations.definitions
            MovementOperations.definitions
            PartOperations.definitions
            ProductOperations.definitions
            NeuralOperations.definitions
        ]
        |> List.concat
        |> List.map (fun definition -> definition.ClassName, definition)
        |> Map.ofList

    /// The class names that can be made.
    let classNames: string list = definitions |> Map.toList |> List.map fst

    let private call
        (definition: OperationDefinition)
        (config: Config)
        (context: CallContext)
        (inputs: Value list)
        : CallResult =
        if inputs.IsEmpty then
            invalidArg (nameof inputs) "expects at least one symbolic tensor"

        let operands =
            inputs
            |> List.map _.Node
            |> OperationCall.operands definition.Parameters context.Arguments

        {
            Outputs =
                definition.Apply
                    {
                        Floating = context.Floating
                        Config = config
                    }
                    operands
            Updates = []
            Losses = []
        }

    /// The operation of a Keras class with the arguments of that class. Raises ArgumentException with the nearest names
    /// when there is none.
    let create (className: string) (name: string option) (config: Config) : Layer =
        match Map.tryFind className definitions with
        | None -> invalidArg (nameof className) (Names.unknown "operation" className classNames)
        | Some definition ->
            let config = config |> List.filter (fun (key, _) -> key <> "name")

            {
                Layer.create className name config (fun _ -> []) (call definition config) with
                    Module = $"{Layer.operationsModule}.{definition.Module}"
            }

    /// Classes without arguments that Keras makes without a name too.
    let private nameless: Set<string> = set [ "NanToNum"; "StopGradient" ]

    /// What Keras's get_config has of an operation: its arguments, or its name where it has none.
    let getConfig (name: string) (operation: Layer) : Config =
        match operation.Config with
        | [] when not (nameless.Contains operation.ClassName) -> [ "name", ConfigValue.String name ]
        | config -> config
