namespace Functional.Compiler.Planning

open System.Collections.Generic
open Functional.Core.Graph

/// How leaves get their next values: in place where every reader of the old value is done by then, else by a copy.
type internal UpdatePlan = {
    Graph: StepGraph
    /// Values that are written into the memory of a leaf.
    InPlace: Dictionary<int, int>
    /// All values without a node.
    Copies: Copy list
}

[<RequireQualifiedAccess>]
module internal Updates =

    /// Adds the copies that updates need, and the order that keeps old values alive until they were read.
    let plan (isInPlaceAllowed: bool) (lowered: Lowered) : UpdatePlan =
        let table = lowered.Table
        let copies = List<Copy>(lowered.Copies)
        let steps = List<Step>(lowered.Steps)
        let updated = HashSet<int>(lowered.Updates |> List.map (fun (leaf, _, _) -> leaf))

        let read = HashSet<int>(lowered.Steps |> Seq.collect _.Reads)
        read.UnionWith(lowered.Updates |> Seq.map (fun (_, _, view) -> view.Root))

        /// Whether nothing reads the old value of a leaf: then it does not matter when the next one is written.
        let isUnread leaf = not (read.Contains leaf)

        // What is written in parts is written before the last reader of the leaf is known to be done.
        let writtenInParts = HashSet<int>(lowered.Placements.Values |> Seq.map _.Target)

        let isComputed leaf (view: View) =
            view.Root < table.Nodes.Length
            && (isUnread leaf || not (writtenInParts.Contains view.Root))
            && match table.Kinds[view.Root] with
               | ValueKind.Leaf
               | ValueKind.Constant -> false
               | _ -> true

        let isWhole leaf next (view: View) =
            table.Sizes[view.Root] = table.Sizes[leaf]
            && Layout.ofStrides view.Offset table.Dimensions[next] view.Strides = Layout.identity table.Sizes[leaf]

        let taken = HashSet<int>()

        let candidates, others =
            lowered.Updates
            |> List.partition (fun (leaf, next, view) ->
                isInPlaceAllowed
                && isComputed leaf view
                && isWhole leaf next view
                && taken.Add view.Root)

        // Swapped leaves: the old value is kept in a temporary.
        let sourceOf (leaf: int) (next: int) (view: View) =
            if updated.Contains view.Root then
                let temporary = table.Nodes.Length + copies.Count

                copies.Add {
                    ElementType = table.Nodes[leaf].ElementType
                    Size = table.Sizes[leaf]
                }

                steps.Add(Step.create [ Movement.materialize table table.Dimensions[next] view temporary ])

                {
                    Root = temporary
                    Offset = 0
                    Strides = Layout.contiguous table.Dimensions[next]
                }
            else
                view

        let finalCopy (leaf, next, source: View) =
            let call =
                match
                    if source.Root < table.Nodes.Length then
                        Some table.Nodes[source.Root].Operation
                    else
                        None
                with
                | Some(Operation.Constant _) -> Movement.materialize table table.Dimensions[next] source leaf
                | _ ->
                    Movement.copy
                        table.Nodes[leaf].ElementType
                        table.Dimensions[next]
                        (View.start source, source.Strides)
                        (Operand.ofValue leaf, Layout.contiguous table.Dimensions[next])

            // What reads the leaf reads its old value: nobody waits for this step.
            leaf,
            {
                Step.create [ call ] with
                    Writes = []
            }

        // The old value of one leaf that another gets, which nobody reads: copied before it is lost.
        let early, others =
            others
            |> List.partition (fun (leaf, _, view) -> isUnread leaf && updated.Contains view.Root)

        for update in early do
            steps.Add(snd (finalCopy update))

        // An update of a leaf by itself changes nothing.
        let finalCopies =
            others
            |> List.filter (fun (leaf, next, view) -> not (view.Root = leaf && isWhole leaf next view))
            |> List.map (fun (leaf, next, view) -> finalCopy (leaf, next, sourceOf leaf next view))

        let graph = StepGraph(steps.ToArray())
        let inPlace = Dictionary<int, int>()

        let refused =
            candidates
            |> List.filter (fun (leaf, _, view) ->
                match graph.TryWriter view.Root with
                | Some writer ->
                    let before = HashSet<int>(graph.Readers leaf)
                    before.Remove writer |> ignore

                    let isSafe =
                        steps[writer].Calls
                        |> List.forall (fun call -> Aliasing.mayShare call leaf view.Root)

                    if isSafe && not (graph.Reaches(writer, before)) then
                        for reader in before do
                            graph.AddOrder(reader, writer)

                        inPlace[view.Root] <- leaf
                        false
                    else
                        true
                | None -> true)

        let all =
            finalCopies
            @ (refused |> List.map (fun (leaf, next, view) -> finalCopy (leaf, next, view)))

        // The copies stand behind everything that reads what they overwrite.
        let complete = StepGraph(Array.append graph.Steps [| for _, step in all -> step |])

        for position in 0 .. graph.Steps.Length - 1 do
            for next in graph.Successors position do
                complete.AddOrder(position, next)

        for position, (leaf, _) in List.indexed all do
            for reader in graph.Readers leaf do
                complete.AddOrder(reader, graph.Steps.Length + position)

        {
            Graph = complete
            InPlace = inPlace
            Copies = List.ofSeq copies
        }
