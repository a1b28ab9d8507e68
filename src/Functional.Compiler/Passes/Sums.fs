namespace Functional.Compiler.Passes

open System.Collections.Generic
open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Passes.Laws

/// Long sums, as gradients of loops have them. A sum of parts that do not overlap is a concatenation; a sum of products
/// over time is one product with a longer inner axis; a sum of many equal shapes is the sum of one axis.
[<RequireQualifiedAccess>]
module Sums =

    // From here on one large product is worth putting its factors together.
    let private fewestProducts = 3
    let private fewestTerms = 8

    /// A value inside zeros: it stands on one axis, from a position on.
    type private Part = {
        Axis: int
        Start: int
        Length: int
        Value: Node
    }

    let private isNothing (axis: PadAxis) =
        Dimension.isKnown 0 axis.Low && Dimension.isKnown 0 axis.High

    let private tryPart (node: Node) : Part option =
        match node.Operation with
        | Operation.Pad(axes, 0.0) when axes |> List.forall (fun axis -> axis.Interior = 0) ->
            match axes |> List.indexed |> List.filter (fun (_, axis) -> not (isNothing axis)) with
            | [ position, axis ] ->
                let value = node.Inputs[0]

                match
                    Dimension.tryKnown axis.Low,
                    Dimension.tryKnown axis.High,
                    Dimension.tryKnown (Shape.dimension position value.Shape)
                with
                | Some low, Some high, Some length when low >= 0 && high >= 0 ->
                    Some {
                        Axis = position
                        Start = low
                        Length = length
                        Value = value
                    }
                | _ -> None
            | _ -> None
        | _ -> None

    /// Parts that do not overlap, in order, and the others.
    let private disjoint (parts: (Node * Part) list) : Part list * Node list =
        let chosen, others, _ =
            (([], [], 0), parts |> List.sortBy (fun (_, part) -> part.Start))
            ||> List.fold (fun (chosen, others, position) (node, part) ->
                if part.Start >= position then
                    part :: chosen, others, part.Start + part.Length
                else
                    chosen, node :: others, position)

        List.rev chosen, List.rev others

    /// Parts side by side, with zeros between them.
    let private join (shape: Shape) (parts: Part list) : Node =
        let axis = parts.Head.Axis
        let elementType = parts.Head.Value.ElementType

        let gap length =
            if length = 0 then
                []
            else
                [
                    Uniform.create (Shape.withDimension axis (Dimension.known length) shape) elementType 0.0
                ]

        let total = Option.defaultValue 0 (Dimension.tryKnown (Shape.dimension axis shape))

        let pieces, position =
            (([], 0), parts)
            ||> List.fold (fun (pieces, position) part ->
                part.Value :: gap (part.Start - position) @ pieces, part.Start + part.Length)

        Ops.concatenate axis (List.rev (gap (total - position) @ pieces))

    /// Values of one shape along a new second axis. The last one of a sum comes first: reverse mode adds the last step of a
    /// loop first.
    let private stack (nodes: Node list) : Node =
        nodes |> List.rev |> List.map (Ops.expandDimensions [ 1 ]) |> Ops.concatenate 1

    let private isOverRows (node: Node) =
        match node.Operation with
        | Operation.MatMul(true, false) -> Shape.rank node.Shape = 2
        | _ -> false

    /// One product for products transpose(a) * b whose rows are summed over.
    let private joinProducts (products: Node list) : Node =
        let rows side =
            let stacked = products |> List.map (fun product -> product.Inputs[side]) |> stack

            match Shape.dimensions stacked.Shape with
            | [ first; second; last ] -> Ops.reshape (Shape.create [ first * second; last ]) stacked
            | _ -> stacked

        Ops.matMulWith true false (rows 0) (rows 1)

    let private (|Sum|_|) (node: Node) =
        match node.Operation with
        | Operation.Binary BinaryFunction.Add when ElementType.isFloating node.ElementType ->
            Some(node.Inputs[0], node.Inputs[1])
        | _ -> None

    /// A sum of these terms, or None when it is best as it is.
    let private trySum (terms: Node list) : Node option =
        let shape = terms.Head.Shape

        let joinedParts, terms =
            terms
            |> List.map (fun term -> term, tryPart term)
            |> List.partition (snd >> Option.isSome)
            |> fun (parts, others) ->
                let groups =
                    parts
                    |> List.map (fun (node, part) -> node, Option.get part)
                    |> List.groupBy (fun (_, part) -> part.Axis)
                    |> List.map (fun (_, group) -> disjoint group)

                let joined =
                    groups
                    |> List.choose (fun (chosen, _) -> if chosen.Length > 1 then Some(join shape chosen) else None)

                let single =
                    parts
                    |> List.filter (fun (_, part) ->
                        groups
                        |> List.exists (fun (chosen, _) ->
                            chosen.Length = 1
                            && obj.ReferenceEquals(chosen.Head.Value, (Option.get part).Value)))
                    |> List.map fst

                joined, List.map fst others @ single @ List.collect snd groups

        let joinedProducts, terms =
            let products, others = terms |> List.partition isOverRows

            let groups =
                products
                |> List.groupBy (fun product -> product.Inputs[0].Shape, product.Inputs[1].Shape)

            let large, small =
                groups |> List.partition (fun (_, group) -> group.Length >= fewestProducts)

            List.map (snd >> joinProducts) large, others @ List.collect snd small

        let joinedTerms, terms =
            if terms.Length >= fewestTerms && Shape.rank shape > 0 then
                [ Ops.sum [ 1 ] false (stack terms) ], []
            else
                [], terms

        match joinedParts @ joinedProducts @ joinedTerms with
        | [] -> None
        | joined -> Some(List.reduce (fun left right -> left + right) (terms @ joined))

    /// The graph with its sums put together.
    let run (graph: Graph) : Graph =
        let uses = Graph.useCounts graph.Nodes graph.Outputs
        let summed = HashSet<Node>(HashIdentity.Reference)

        let isInner (node: Node) =
            match node with
            | Sum _ -> uses[node] = 1
            | _ -> false

        for node in graph.Nodes do
            match node with
            | Sum _ -> node.Inputs |> Seq.filter isInner |> Seq.iter (summed.Add >> ignore)
            | _ -> ()

        let rewritten = Dictionary<Node, Node>(HashIdentity.Reference)

        /// The terms of a sum, in the order in which they are added.
        let termsOf (root: Node) : Node list =
            let terms = List<Node>()
            let pending = Stack<Node>([ root.Inputs[1]; root.Inputs[0] ])

            while pending.Count > 0 do
                let node = pending.Pop()

                if summed.Contains node then
                    pending.Push node.Inputs[1]
                    pending.Push node.Inputs[0]
                else
                    terms.Add node

            List.ofSeq terms

        let rule (node: Node) (inputs: ImmutableArray<Node>) =
            let replacement =
                match node with
                | Sum _ when not (summed.Contains node) ->
                    termsOf node |> List.map (fun term -> rewritten[term]) |> trySum
                | _ -> None

            let built =
                match replacement with
                | Some sum -> sum
                | None -> Graph.withInputs node inputs

            rewritten[node] <- built
            built

        Graph.rewrite rule graph
