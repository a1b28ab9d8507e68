namespace Functional.Compiler.Passes

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Compiler.Passes.Laws

/// Rewrites a graph with laws that change its results by no more than rounding.
[<RequireQualifiedAccess>]
module Simplification =

    /// Every law, in the order in which they are tried.
    let laws: Law list =
        Movements.laws
        @ Convolutions.laws
        @ Pools.laws
        @ Softmax.laws
        @ Functions.laws
        @ Arithmetic.laws
        @ Reductions.laws

    // Laws only make graphs smaller or cheaper; the bounds are there so that a wrong law cannot loop for ever.
    let private mostSteps = 32
    let private mostRounds = 8

    let private applications = laws |> List.map _.Apply |> Array.ofList

    /// The node after as many laws as apply to it.
    let simplifyNode (node: Node) : Node =
        let rec step count node =
            if count = 0 then
                node
            else
                match applications |> Array.tryPick (fun apply -> apply node) with
                | Some simpler -> step (count - 1) simpler
                | None -> node

        step mostSteps node

    /// The graph after as many laws as apply to it.
    let run (graph: Graph) : Graph =
        // Laws look at a node and what it is made of, which never changes: once no law applies, none ever will.
        let simplest = HashSet<Node>(HashIdentity.Reference)

        let rule (node: Node) inputs =
            let before = Graph.withInputs node inputs

            if simplest.Contains before then
                before
            else
                let after = simplifyNode before

                if obj.ReferenceEquals(before, after) then
                    simplest.Add before |> ignore

                after

        let rec round count (graph: Graph) =
            let next = Graph.rewrite rule graph

            if obj.ReferenceEquals(next, graph) || count = 1 then
                next
            else
                round (count - 1) next

        round mostRounds graph
