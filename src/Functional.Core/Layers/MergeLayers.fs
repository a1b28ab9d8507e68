namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// Layers that combine several values of one shape, element by element: Add, Subtract, Multiply, Average, Maximum,
/// Minimum. Values with fewer axes get axes of length 1 after the batch; lengths broadcast. Where every input has a mask,
/// a step counts when it counts in any of them. keras/src/layers/merging/base_merge.py
[<RequireQualifiedAccess>]
module Merge =

    /// Integers become floating where another value is floating.
    let internal promote (floating: ElementType) (values: Value list) : Node list =
        let isMixed = values |> List.distinctBy _.Node.ElementType |> List.length > 1

        values
        |> List.map (fun value ->
            if isMixed && not (ElementType.isFloating value.Node.ElementType) then
                Ops.cast floating value.Node
            else
                value.Node)

    let private align (nodes: Node list) : Node list =
        let rank = nodes |> List.map (fun node -> Shape.rank node.Shape) |> List.max

        nodes
        |> List.map (fun node -> Ops.expandDimensions [ 1 .. rank - Shape.rank node.Shape ] node)

    let private anyMask (values: Value list) : Node option =
        if List.forall (fun (value: Value) -> value.Mask.IsSome) values then
            values |> List.choose _.Mask |> List.reduce Ops.logicalOr |> Some
        else
            None

    let private create className isCount (expected: string) (combine: Node list -> Node) name : Layer =
        Layer.create className name [] (fun _ -> []) (fun context inputs ->
            if not (isCount inputs.Length) then
                invalidArg (nameof inputs) $"expects {expected}, but got {inputs.Length}"

            Layer.output {
                Node = promote context.Floating inputs |> align |> combine
                Mask = anyMask inputs
                Logits = None
            })

    let private several (count: int) : bool = count >= 1
    let private isPair (count: int) : bool = count = 2

    /// The sum: x1 + x2 + ...
    let add (name: string option) : Layer =
        create "Add" several "at least one input" (List.reduce (fun x y -> x + y)) name

    /// The difference of two values: x1 - x2.
    let subtract (name: string option) : Layer =
        create "Subtract" isPair "two inputs" (List.reduce (fun x y -> x - y)) name

    /// The product: x1 * x2 * ...
    let multiply (name: string option) : Layer =
        create "Multiply" several "at least one input" (List.reduce (fun x y -> x * y)) name

    /// The mean: (x1 + x2 + ...) / n.
    let average (name: string option) : Layer =
        let mean (nodes: Node list) =
            List.reduce (fun x y -> x + y) nodes / float nodes.Length

        create "Average" several "at least one input" mean name

    /// The greatest of the values at every place.
    let maximum (name: string option) : Layer =
        create "Maximum" several "at least one input" (List.reduce Ops.maximum) name

    /// The least of the values at every place.
    let minimum (name: string option) : Layer =
        create "Minimum" several "at least one input" (List.reduce Ops.minimum) name
