namespace Functional.Core.Layers

open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Activations at the end of layers.
[<RequireQualifiedAccess>]
module Activated =

    /// The activation of a node; softmax over the last axis and sigmoid remember what they were made of.
    let value (activation: Activation) (mask: Node option) (node: Node) : Value =
        let axis = Config.int "axis" -1 activation.Arguments

        {
            Node = activation.Apply node
            Mask = mask
            Logits =
                match activation.Name with
                | "softmax" when axis = -1 || axis = Shape.rank node.Shape - 1 -> Some(Logits.Softmax node)
                | "sigmoid" -> Some(Logits.Sigmoid node)
                | _ -> None
        }
