namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// exp(x) / sum(exp(x)) over axes. A mask of the input's own shape, its own or given as second input, takes places out:
/// they get no weight. Passes the mask on. keras/src/layers/activations/softmax.py
type Softmax = { Axes: int list }

[<RequireQualifiedAccess>]
module Softmax =

    /// Over the last axis.
    let defaults: Softmax = { Axes = [ -1 ] }

    /// Keras's arguments.
    let toConfig (settings: Softmax) : Config = [
        "axis",
        match settings.Axes with
        | [ single ] -> Arguments.ofInt single
        | axes -> Arguments.ofInts axes
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Softmax = {
        Axes = Config.tryInts "axis" config |> Option.defaultValue [ -1 ]
    }

    let private softmax (settings: Softmax) (value: Value) (mask: Node option) : Value =
        let axes =
            settings.Axes |> List.map (fun axis -> Expect.axis axis 0 value.Node.Shape)

        let scores =
            match mask with
            | Some mask when Shape.rank mask.Shape = Shape.rank value.Node.Shape -> Masks.suppress mask value.Node
            | _ -> value.Node

        match axes with
        | [ axis ] -> {
            Node = Ops.softmax axis scores
            Mask = value.Mask
            Logits =
                if axis = Shape.rank scores.Shape - 1 then
                    Some(Logits.Softmax scores)
                else
                    None
          }
        | _ -> Value.withNode (Ops.exp (scores - Ops.logSumExp axes true scores)) value

    /// The layer; inputs: values, and a mask (bool) if there is one.
    let layer (name: string option) (settings: Softmax) : Layer =
        Layer.create "Softmax" name (toConfig settings) (fun _ -> []) (fun _ inputs ->
            match inputs with
            | [ value; mask ] -> Layer.output (softmax settings value (Some(Ops.cast ElementType.Bool mask.Node)))
            | _ ->
                let value = Expect.single inputs
                Layer.output (softmax settings value value.Mask))
