namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Operations that Keras writes into a model's configuration as layers of their own where a mask is computed.
/// keras/src/ops/numpy.py
[<RequireQualifiedAccess>]
module OperationLayers =

    /// x != number, or x != y when there is no number.
    let notEqual (name: string option) (number: float option) : Layer =
        Layer.create
            "NotEqual"
            name
            [ "x2", Arguments.ofOption ConfigValue.Float number ]
            (fun _ -> [])
            (fun _ inputs ->
                match inputs, number with
                | [ value ], Some number ->
                    Layer.output (Value.ofNode (Ops.notEqual value.Node (value.Node.Number number)))
                | [ left; right ], None -> Layer.output (Value.ofNode (Ops.notEqual left.Node right.Node))
                | _ -> invalidArg (nameof inputs) $"expects two values to compare, but got {inputs.Length} inputs")

    /// Whether any element along axes is not zero; over all axes when none is named.
    let any (name: string option) (config: Config) : Layer =
        let keepDimensions = Config.bool "keepdims" false config

        Layer.ofUnmaskedFunction "Any" name config (fun _ node ->
            let axes =
                match Config.tryInts "axis" config with
                | Some axes -> axes |> List.map (fun axis -> Expect.axis axis 0 node.Shape)
                | None -> Ops.allAxes node

            Masks.any axes keepDimensions (Ops.cast ElementType.Bool node))
