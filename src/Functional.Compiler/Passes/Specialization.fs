namespace Functional.Compiler.Passes

open Functional.Core.Graph
open Functional.Core.Tensors

/// Puts numbers in the place of named sizes.
[<RequireQualifiedAccess>]
module Specialization =

    /// The graph of these outputs with all sizes known. Raises ArgumentException that names the sizes that are missing.
    let run (sizes: Map<string, int>) (outputs: Node seq) : Graph =
        let graph =
            outputs
            |> Graph.build (fun node inputs ->
                match node.Operation with
                | Operation.Unary _
                | Operation.Binary _ when Seq.forall2 (fun a b -> obj.ReferenceEquals(a, b)) inputs node.Inputs -> node
                | operation -> Node.Create(OperationSizes.bind sizes operation, Array.ofSeq inputs))

        for node in graph.Nodes do
            match Shape.tryKnown node.Shape with
            | None ->
                let missing = Shape.names node.Shape |> String.concat "', '"
                invalidArg (nameof sizes) $"No size is given for '{missing}' of shape {node.Shape}."
            | Some lengths when List.exists (fun length -> length < 0) lengths ->
                invalidArg (nameof sizes) $"With these sizes {GraphPrinter.name node.Operation} has shape {node.Shape}."
            | Some _ -> ()

        graph
