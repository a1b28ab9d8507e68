namespace Functional.Compiler.Passes

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// What a graph has to be so that a plan can be made of it.
[<RequireQualifiedAccess>]
module GraphCheck =

    let private nodeProblems (seen: HashSet<Node>) (node: Node) : string list = [
        if not (Seq.forall seen.Contains node.Inputs) then
            $"%A{node.Operation} stands before one of its inputs"

        match ShapeInference.infer node.Operation [ for input in node.Inputs -> input.Shape, input.ElementType ] with
        | Ok(shape, elementType) when shape = node.Shape && elementType = node.ElementType -> ()
        | Ok(shape, _) -> $"%A{node.Operation} says its shape is {node.Shape}, but its inputs give {shape}"
        | Error error -> $"%A{node.Operation}: {ShapeError.explain error}"

        if Option.isNone (Shape.tryKnown node.Shape) then
            $"%A{node.Operation} has a shape that is not known: {node.Shape}"
    ]

    /// Every rule that a graph breaks, as sentences; none when a plan can be made of it.
    let problems (graph: Graph) : string list =
        let seen = HashSet<Node>(HashIdentity.Reference)

        let ofNodes = [
            for node in graph.Nodes do
                yield! nodeProblems seen node
                seen.Add node |> ignore
        ]

        let floatingTypes =
            graph.Nodes
            |> Seq.map _.ElementType
            |> Seq.filter ElementType.isFloating
            |> Seq.distinct
            |> List.ofSeq

        let shapes = Dictionary<struct (LeafKind * string), Node>()

        let ofLeaves = [
            for kind, name, node in Graph.leaves graph do
                if not (shapes.TryAdd(struct (kind, name), node)) then
                    $"'{name}' is used with two shapes or types"
        ]

        [
            yield! ofNodes
            yield! ofLeaves
            if floatingTypes.Length > 1 then
                "a plan has one floating type, but the graph has float32 and float64"
        ]
