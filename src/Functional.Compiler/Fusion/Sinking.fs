namespace Functional.Compiler.Fusion

open System.Collections.Generic
open Functional.Compiler.Planning

/// Moves values that only one later loop uses into that loop, where everything they are made of is in memory anyway:
/// then they need no memory themselves.
[<RequireQualifiedAccess>]
module internal Sinking =

    /// Who reads a value: the member, and whether a value with one number per position or per row would be handed over to
    /// it in a register if both were in the reader's group.
    [<Struct>]
    type private Use = {
        Reader: int
        TakesFull: bool
        TakesRow: bool
    }

    let private usesOf (table: ValueTable) (accesses: Accesses) (grouping: Grouping) : Dictionary<int, List<Use>> =
        let uses = Dictionary<int, List<Use>>()

        for group in grouping.Groups.Values do
            for reader in group.Members do
                let count = LoopGroup.positionCount table reader
                let struct (elements, _) = accesses.Sources(reader, Layout.identity count)

                for source, layout in elements do
                    let found =
                        match uses.TryGetValue source with
                        | true, found -> found
                        | false, _ ->
                            let found = List<Use>()
                            uses[source] <- found
                            found

                    let takes role =
                        LoopGroup.isHandedOver group (count <> group.Size) role layout

                    found.Add {
                        Reader = reader
                        TakesFull = takes Role.Full
                        TakesRow = group.RowWidth > 0 && takes Role.Row
                    }

        uses

    /// The target group of every member of a group that floats, given those that must not.
    let private targets
        (grouping: Grouping)
        (groups: Dictionary<int, LoopGroup>)
        (uses: Dictionary<int, List<Use>>)
        (isNeeded: int -> bool)
        (blocked: HashSet<int>)
        (id: int)
        : Dictionary<int, int> =
        let targets = Dictionary<int, int>()

        for value in List.rev groups[id].Members do
            if
                grouping.RoleOf[value] <> Role.Output
                && not (isNeeded value)
                && not (blocked.Contains value)
                && uses.ContainsKey value
            then
                let readers =
                    uses[value]
                    |> Seq.map (fun reader ->
                        match targets.TryGetValue reader.Reader with
                        | true, target -> target
                        | false, _ -> grouping.GroupOf[reader.Reader])
                    |> Seq.distinct
                    |> List.ofSeq

                match readers with
                | [ target ] when
                    target <> id
                    && groups[target].Level > groups[id].Level
                    && groups[target].Size = groups[id].Size
                    && (if grouping.RoleOf[value] = Role.Full then
                            Seq.forall _.TakesFull uses[value]
                        else
                            groups[target].RowWidth = groups[id].RowWidth
                            && Seq.forall _.TakesRow uses[value])
                    ->
                    targets[value] <- target
                | _ -> ()

        targets

    /// Moves what can be moved; the needed values are those that kernels and results read.
    let run (table: ValueTable) (accesses: Accesses) (isNeeded: int -> bool) (grouping: Grouping) : Grouping =
        let groups =
            Dictionary(grouping.Groups |> Seq.map (fun pair -> KeyValuePair(pair.Key, pair.Value)))

        let uses = usesOf table accesses grouping

        let sources value =
            let struct (elements, positions) =
                accesses.Sources(value, Layout.identity (LoopGroup.positionCount table value))

            elements, positions

        /// Whether a member stays in memory although some others leave.
        let isStored id (floating: Dictionary<int, int>) source =
            isNeeded source
            || (uses.ContainsKey source
                && uses[source]
                   |> Seq.exists (fun reader ->
                       not (floating.ContainsKey reader.Reader)
                       && grouping.GroupOf[reader.Reader] <> id))

        let rec settle id (blocked: HashSet<int>) =
            let floating = targets grouping groups uses isNeeded blocked id

            let isStranded value =
                fst (sources value)
                |> List.exists (fun (source, _) ->
                    match grouping.GroupOf.TryGetValue source with
                    | true, found when found = id ->
                        match floating.TryGetValue source with
                        | true, target -> target <> floating[value]
                        | false, _ -> not (isStored id floating source)
                    | _ -> false)

            let stranded = floating.Keys |> Seq.filter isStranded |> List.ofSeq

            if stranded.IsEmpty then
                floating
            else
                blocked.UnionWith stranded
                settle id blocked

        let move id target (values: int list) =
            let cuts =
                values
                |> List.collect (fun value ->
                    let elements, positions = sources value
                    let cuts = (List.map snd elements @ positions) |> List.collect Layout.cuts

                    if LoopGroup.positionCount table value = groups[id].Size then
                        cuts
                    else
                        cuts |> List.map ((*) groups[id].RowWidth))

            let group = groups[target]

            match LoopGroup.tryCuts group.Size group.Cuts cuts with
            | Some cuts when LoopGroup.fitsRows group.RowWidth cuts ->
                groups[target] <- {
                    group with
                        Cuts = cuts
                        Members = List.sort (values @ group.Members)
                }

                groups[id] <- {
                    groups[id] with
                        Members = groups[id].Members |> List.except values
                }

                for value in values do
                    grouping.GroupOf[value] <- target
            | _ -> ()

        let byLevel =
            grouping.Groups
            |> Seq.sortByDescending (fun pair -> pair.Value.Level)
            |> Seq.map _.Key
            |> List.ofSeq

        for id in byLevel do
            let floating = settle id (HashSet())

            for target, values in floating.Keys |> List.ofSeq |> List.groupBy (fun value -> floating[value]) do
                move id target values

        {
            grouping with
                Groups =
                    groups
                    |> Seq.filter (fun pair -> not pair.Value.Members.IsEmpty)
                    |> Seq.map (fun pair -> pair.Key, pair.Value)
                    |> Map.ofSeq
        }
