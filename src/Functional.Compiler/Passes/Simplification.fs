namespace Functional.Compiler.Passes

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
        let rec round count (graph: Graph) =
            let mutable isChanged = false

            let rule (node: Node) inputs =
                let before = Graph.withInputs node inputs
                let after = simplifyNode before

                if not (obj.ReferenceEquals(before, after)) then
                    isChanged <- true

                after

            let next = Graph.rewrite rule graph.Outputs

            if isChanged && count > 1 then
                round (count - 1) next
            else
                next

        round mostRounds graph
