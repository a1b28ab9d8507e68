namespace Functional.Compiler.Planning

open System.Collections.Generic

/// An order of steps that respects what they wait for.
[<RequireQualifiedAccess>]
module internal Schedule =

    /// Takes, of the steps that are ready, the one after which least memory is in use; of equals the earliest in the
    /// graph. With keepsMemorySmall = false the earliest in the graph.
    let order (keepsMemorySmall: bool) (sizeInArena: int -> int64) (isKept: int -> bool) (graph: StepGraph) : int list =
        let steps = graph.Steps
        let waiting = Array.zeroCreate steps.Length
        let readersLeft = Dictionary<int, int>()

        for position in 0 .. steps.Length - 1 do
            for next in graph.Successors position do
                waiting[next] <- waiting[next] + 1

            for value in steps[position].Reads do
                readersLeft[value] <-
                    1
                    + (match readersLeft.TryGetValue value with
                       | true, count -> count
                       | _ -> 0)

        let left value =
            match readersLeft.TryGetValue value with
            | true, count -> count
            | false, _ -> 0

        let growth position =
            let step = steps[position]

            let added =
                step.Writes
                |> List.sumBy (fun value ->
                    let ownReads = if List.contains value step.Reads then 1 else 0

                    if left value > ownReads || isKept value then
                        sizeInArena value
                    else
                        0L)

            let freed =
                step.Reads
                |> List.sumBy (fun value ->
                    if left value = 1 && not (isKept value) && not (List.contains value step.Writes) then
                        sizeInArena value
                    else
                        0L)

            added - freed

        let rank =
            steps
            |> Array.map (fun step ->
                match step.Writes, step.Reads with
                // A constant that becomes a leaf's next value.
                | [], [] -> 0
                | [], reads -> List.max reads
                | writes, _ -> List.max writes)

        let ready =
            HashSet<int>(Seq.filter (fun position -> waiting[position] = 0) [ 0 .. steps.Length - 1 ])

        let order = List<int>()

        while ready.Count > 0 do
            let next =
                ready
                |> Seq.minBy (fun position ->
                    struct ((if keepsMemorySmall then growth position else 0L), rank[position], position))

            ready.Remove next |> ignore
            order.Add next

            for value in steps[next].Reads do
                readersLeft[value] <- left value - 1

            for follower in graph.Successors next do
                waiting[follower] <- waiting[follower] - 1

                if waiting[follower] = 0 then
                    ready.Add follower |> ignore

        if order.Count <> steps.Length then
            invalidOp "Bug in Functional: the steps of a plan wait for each other in a circle. Please report it."

        List.ofSeq order
