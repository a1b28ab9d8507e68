namespace Functional.Compiler.Passes

open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Passes.Laws

/// The step of plain gradient descent, `weight - rate * (left * right)`, written as `weight + left * (right * -rate)`: the
/// product is then added to the weight where it lies, and the gradient needs no memory.
[<RequireQualifiedAccess>]
module ScaledProducts =

    // The smaller factor has to be this many times smaller than the product for its scaling to cost next to nothing.
    let private leastGain = 4

    /// A number that a value repeats.
    let private tryRepeated (node: Node) : Node option =
        match node.Operation with
        | Operation.Broadcast _ when Shape.rank node.Inputs[0].Shape = 0 -> Some node.Inputs[0]
        | _ -> None

    /// A product and the number that it is multiplied with.
    let private tryScaled (node: Node) : struct (Node * Node) option =
        let ofFactors (product: Node) (repeated: Node) =
            match product.Operation, tryRepeated repeated with
            | Operation.MatMul _, Some number -> Some(struct (product, number))
            | _ -> None

        match node with
        | Binary(BinaryFunction.Multiply, left, right) ->
            ofFactors left right |> Option.orElseWith (fun () -> ofFactors right left)
        | _ -> None

    let private scaled (number: Node) (factor: Node) : Node =
        Ops.broadcastTo factor.Shape -number * factor

    let private multiply (product: Node) (number: Node) : Node option =
        let left, right = product.Inputs[0], product.Inputs[1]

        let size (node: Node) =
            Shape.known node.Shape |> List.fold (*) 1

        if size product < leastGain * min (size left) (size right) then
            None
        elif size left < size right then
            Some(Node.Create(product.Operation, scaled number left, right))
        else
            Some(Node.Create(product.Operation, left, scaled number right))

    /// The graph with such steps written as sums of a weight and a product that nothing else uses.
    let run (graph: Graph) : Graph =
        let uses = Graph.useCounts graph.Nodes graph.Outputs

        let isLeaf (node: Node) =
            match node.Operation with
            | Operation.Leaf _ -> true
            | _ -> false

        graph
        |> Graph.rewrite (fun node inputs ->
            let rebuilt = Graph.withInputs node inputs

            match node, rebuilt with
            | Binary(BinaryFunction.Subtract, weight, step), Binary(BinaryFunction.Subtract, sameWeight, sameStep) when
                isLeaf weight && uses[step] = 1
                ->
                match tryScaled step, tryScaled sameStep with
                | Some(struct (product, _)), Some(struct (sameProduct, number)) when uses[product] = 1 ->
                    multiply sameProduct number
                    |> Option.map (fun product -> sameWeight + product)
                    |> Option.defaultValue rebuilt
                | _ -> rebuilt
            | _ -> rebuilt)
