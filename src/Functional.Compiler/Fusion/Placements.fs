namespace Functional.Compiler.Fusion

open System.Collections.Generic
open Functional.Compiler.Planning

/// Where a value lies inside the memory of another one.
type internal Placement = {
    Target: int
    /// From the value's positions to the target's elements.
    Layout: Layout
}

/// Writes the parts of a concatenation where the concatenation has them, instead of copying them there.
[<RequireQualifiedAccess>]
module internal Placements =

    let private isReadable (layout: Layout) =
        let stride = Layout.innermostStride layout
        stride = 0 || stride = 1

    /// The loops that read or write each value in memory: group, the layout, and whether it counts rows.
    let private visits
        (table: ValueTable)
        (accesses: Accesses)
        (grouping: Grouping)
        : Dictionary<int, List<struct (int * Layout * bool)>> =
        let visits = Dictionary<int, List<struct (int * Layout * bool)>>()

        let add value visit =
            match visits.TryGetValue value with
            | true, found -> found.Add visit
            | false, _ -> visits[value] <- List [ visit ]

        for KeyValue(id, group) in grouping.Groups do
            for value in group.Members do
                let count = LoopGroup.positionCount table value
                let perRow = count <> group.Size
                let struct (elements, _) = accesses.Sources(value, Layout.identity count)

                if grouping.RoleOf[value] = Role.Full then
                    add value (struct (id, Layout.identity group.Size, false))

                for source, layout in elements do
                    add source (struct (id, layout, perRow))

        visits

    /// Those of the placements that every loop can read and write, and the groups with the cuts that they bring.
    let choose
        (table: ValueTable)
        (accesses: Accesses)
        (candidates: (int * Placement) list)
        (grouping: Grouping)
        : Dictionary<int, Placement> * Grouping =
        let chosen = Dictionary<int, Placement>()
        let mutable groups = grouping.Groups

        if not candidates.IsEmpty then
            let visits = visits table accesses grouping

            let isComputedInLoop value =
                match grouping.RoleOf.TryGetValue value with
                | true, role -> role = Role.Full
                | false, _ -> false

            /// The groups after one more visit of a placed value, or None where a loop cannot make it.
            let visit (placement: Placement) (state: Map<int, LoopGroup> option) (struct (id, layout, perRow)) =
                state
                |> Option.bind (fun groups ->
                    let group: LoopGroup = Map.find id groups

                    Layout.tryCompose layout placement.Layout
                    |> Option.filter (fun placed -> perRow || isReadable placed)
                    |> Option.bind (fun placed ->
                        let cuts =
                            if perRow then
                                Layout.cuts placed |> List.map ((*) group.RowWidth)
                            else
                                Layout.cuts placed

                        LoopGroup.tryCuts group.Size group.Cuts cuts
                        |> Option.filter (LoopGroup.fitsRows group.RowWidth)
                        |> Option.map (fun cuts -> Map.add id { group with Cuts = cuts } groups)))

            for value, placement in candidates do
                if isComputedInLoop value then
                    match visits[value] |> Seq.fold (visit placement) (Some groups) with
                    | Some extended ->
                        groups <- extended
                        chosen[value] <- placement
                    | None -> ()

        chosen, { grouping with Groups = groups }
