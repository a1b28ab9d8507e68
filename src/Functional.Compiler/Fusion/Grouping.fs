namespace Functional.Compiler.Fusion

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Compiler.Planning

/// Which values are computed by which loop, and what else needs a kernel.
[<NoEquality; NoComparison>]
type internal Grouping = {
    Groups: Map<int, LoopGroup>
    /// The group of every value that a loop computes and stores or hands on.
    GroupOf: Dictionary<int, int>
    RoleOf: Dictionary<int, Role>
    /// Views that are copied to memory of their own.
    Copies: HashSet<int>
    /// What has to be there before: a loop, a kernel or a copy reads values of lower levels only.
    Level: int -> int
}

/// Collects values into loops: each value joins the loop of its inputs where the iteration spaces agree.
type internal Grouper(table: ValueTable, views: Views, accesses: Accesses, fuse: bool) =
    let groups = Dictionary<int, LoopGroup>()
    let groupOf = Dictionary<int, int>()
    let roleOf = Dictionary<int, Role>()
    let copies = HashSet<int>()
    let kernelLevels = Dictionary<int, int>()
    /// Groups that read a value position by position; groups that became part of another one stay in the lists.
    let readers = Dictionary<int, List<int>>()

    let absorbedBy = Dictionary<int, int>()

    /// The lowest level on which something outside a group reads one of its members.
    let lowestReader = Dictionary<int, int>()

    let mutable nextGroup = 0

    let largestMemberCount = 80

    // Of this many elements, a call takes longer than the work.
    let largestSmallSize = 1024

    // A reduction of more elements than this runs over rows that several threads share.
    let largestSingleRow = 16384

    let rec level value : int =
        match groupOf.TryGetValue value with
        | true, group -> groups[group].Level
        | false, _ ->
            match kernelLevels.TryGetValue value with
            | true, level -> level
            | false, _ when copies.Contains value ->
                let view, _ = views.SourceOfCopy value
                1 + level view.Root
            | _ -> 0

    let noteReader (reader: int option) readerLevel source =
        match groupOf.TryGetValue source with
        | true, group when Some group <> reader ->
            lowestReader[group] <-
                match lowestReader.TryGetValue group with
                | true, lowest -> min lowest readerLevel
                | false, _ -> readerLevel
        | _ -> ()

    /// Whether a group may stand on a level: what reads it has to stay above.
    let canRise group newLevel =
        newLevel <= groups[group].Level
        || (match lowestReader.TryGetValue group with
            | true, lowest -> lowest > newLevel
            | false, _ -> true)

    /// A group with one more member, or None where the iteration spaces do not agree.
    let tryAdd (group: int) (space: LoopGroup) (value: int) (sources: struct ((int * Layout) list * Layout list)) =
        let struct (elements, positions) = sources
        let count = LoopGroup.positionCount table value
        let perRow = count <> space.Size

        let rowCount =
            if space.RowWidth = 0 then
                0
            else
                space.Size / space.RowWidth

        let isMember (source, _) =
            match groupOf.TryGetValue source with
            | true, found -> found = group
            | _ -> false

        let handed, read =
            elements
            |> List.partition (fun (source, layout) ->
                isMember (source, layout)
                && LoopGroup.isHandedOver space perRow roleOf[source] layout)

        let scale = if perRow then space.RowWidth else 1

        let cutsOf (layout: Layout) = [
            yield! Layout.cuts layout |> List.map ((*) scale)
            if perRow && not layout.Digits.IsEmpty && space.RowWidth > 1 then
                space.RowWidth
        ]

        if perRow && count <> rowCount then
            None
        elif List.exists isMember read then
            None
        else
            let readCuts = (List.map snd read @ positions) |> List.collect cutsOf

            let role, rowWidth, ownCuts =
                match table.Nodes[value].Operation with
                | Operation.Reduce _ when perRow ->
                    Role.Output, space.RowWidth, cutsOf (LoopGroup.resultLayout table value)
                | Operation.Reduce _ ->
                    let layout = LoopGroup.resultLayout table value
                    let width = space.Size / table.Sizes[value]
                    let isOverRows = layout = Layout.rows table.Sizes[value] width

                    if isOverRows && space.RowWidth = width then
                        Role.Row, width, []
                    elif
                        isOverRows
                        && space.RowWidth = 0
                        && width <= largestSingleRow
                        && LoopGroup.fitsRows width (space.Cuts @ readCuts |> List.sort)
                    then
                        Role.Row, width, Layout.cuts layout
                    else
                        Role.Output, space.RowWidth, Layout.cuts layout
                | _ when perRow -> Role.Row, space.RowWidth, []
                | _ -> Role.Full, space.RowWidth, []

            LoopGroup.tryCuts space.Size space.Cuts (readCuts @ ownCuts)
            |> Option.filter (LoopGroup.fitsRows rowWidth)
            |> Option.map (fun cuts ->
                role,
                {
                    space with
                        Cuts = cuts
                        RowWidth = rowWidth
                        Members = space.Members @ [ value ]
                })
            |> Option.filter (fun _ -> not (List.isEmpty handed && perRow))

    let register
        group
        (space: LoopGroup)
        value
        role
        (struct (elements, _): struct ((int * Layout) list * Layout list))
        =
        groups[group] <- space
        groupOf[value] <- group
        roleOf[value] <- role

        for source, layout in elements do
            noteReader (Some group) space.Level source

            if layout = Layout.identity space.Size then
                match readers.TryGetValue source with
                | true, found -> found.Add group
                | false, _ -> readers[source] <- List [ group ]

    /// One group of two on one level, or None.
    let tryMerge (left: LoopGroup) (right: LoopGroup) : LoopGroup option =
        if
            left.Size <> right.Size
            || (left.RowWidth <> right.RowWidth && left.RowWidth <> 0 && right.RowWidth <> 0)
            || left.Members.Length + right.Members.Length > largestMemberCount
        then
            None
        else
            let rowWidth = max left.RowWidth right.RowWidth

            LoopGroup.tryCuts left.Size left.Cuts right.Cuts
            |> Option.filter (LoopGroup.fitsRows rowWidth)
            |> Option.map (fun cuts -> {
                left with
                    Level = max left.Level right.Level
                    Cuts = cuts
                    RowWidth = rowWidth
                    Members = List.sort (left.Members @ right.Members)
            })

    let absorb kept absorbed merged =
        for value in groups[absorbed].Members do
            groupOf[value] <- kept

        absorbedBy[absorbed] <- kept

        match lowestReader.TryGetValue absorbed with
        | true, lowest ->
            lowestReader[kept] <-
                match lowestReader.TryGetValue kept with
                | true, other -> min lowest other
                | false, _ -> lowest
        | false, _ -> ()

        groups.Remove absorbed |> ignore
        groups[kept] <- merged

    /// Gives a value memory that kernels can read.
    let rec demand value : unit =
        if table.Kinds[value] = ValueKind.View then
            if (views.Find value).Root = value then
                copy value
            else
                demand (views.Find value).Root
        elif
            (table.Kinds[value] = ValueKind.Map || table.Kinds[value] = ValueKind.Reduction)
            && not (groupOf.ContainsKey value)
        then
            join value

    and copy (value: int) : unit =
        if copies.Add value then
            let view, _ = views.SourceOfCopy value

            demand view.Root
            noteReader None (level value) view.Root

    and sourcesOf value =
        let struct (elements, positions) =
            accesses.Sources(value, Layout.identity (LoopGroup.positionCount table value))

        for source, _ in elements do
            if table.Kinds[source] = ValueKind.View then
                copy source
            else
                demand source

        struct (elements, positions)

    /// A group of its own for a value.
    and start value : unit =
        let struct (elements, _) as sources = sourcesOf value

        let empty = {
            Size = LoopGroup.positionCount table value
            RowWidth = 0
            Cuts = []
            Level = 1 + (0 :: List.map (fst >> level) elements |> List.max)
            Members = []
        }

        let group = nextGroup
        nextGroup <- nextGroup + 1

        match tryAdd group empty value sources with
        | Some(role, space) -> register group space value role sources
        | None ->
            // The inputs' layouts contradict each other; in memory of their own they all follow the value's order.
            accesses.ReadInputsFromMemory value
            start value

    /// Puts a value into the loop of its inputs, or into one that reads the same memory; else into a new one.
    and join value : unit =
        let struct (elements, _) as sources = sourcesOf value
        let count = LoopGroup.positionCount table value

        let candidates =
            elements
            |> List.choose (fun (source, _) ->
                match groupOf.TryGetValue source with
                | true, group -> Some group
                | false, _ -> None)
            |> List.distinct
            |> List.sortByDescending (fun group -> groups[group].Level)

        let required excluded =
            1
            + (0
               :: [
                   for source, _ in elements do
                       match groupOf.TryGetValue source with
                       | true, group when List.contains group excluded -> ()
                       | _ -> level source
               ]
               |> List.max)

        let tryJoin group =
            let space = groups[group]

            let needed = max space.Level (required [ group ])

            if space.Members.Length >= largestMemberCount || not (canRise group needed) then
                None
            else
                tryAdd group { space with Level = needed } value sources
                |> Option.map (fun (role, extended) -> group, role, extended)

        /// Groups that the value ties together become one, on the highest of their levels.
        let mergeCandidates () =
            match candidates with
            | first :: others ->
                for other in others do
                    if canRise other groups[first].Level then
                        match tryMerge groups[first] groups[other] with
                        | Some merged -> absorb first other merged
                        | None -> ()
            | [] -> ()

        let rec current group =
            match absorbedBy.TryGetValue group with
            | true, other -> current other
            | false, _ -> group

        let neighbours () =
            elements
            |> List.collect (fun (source, layout) ->
                match readers.TryGetValue source with
                | true, found when layout = Layout.identity count -> List.ofSeq found |> List.map current
                | _ -> [])
            |> List.distinct

        if not fuse then
            start value
        else
            mergeCandidates ()

            let own = candidates |> List.filter groups.ContainsKey |> List.tryPick tryJoin

            match own |> Option.orElseWith (fun () -> neighbours () |> List.tryPick tryJoin) with
            | Some(group, role, extended) -> register group extended value role sources
            | None -> start value

    /// Looks at the values in order, inputs before users.
    member _.Add(value: int) : unit =
        match table.Kinds[value] with
        | ValueKind.Leaf
        | ValueKind.Constant
        | ValueKind.View -> ()
        | ValueKind.Map
        | ValueKind.Reduction ->
            if not (accesses.IsInlined value) && not (groupOf.ContainsKey value) then
                join value
        | ValueKind.Kernel -> ()

    /// Gives a value memory that kernels can read.
    member _.Demand(value: int) : unit = demand value

    /// Gives a view memory of its own.
    member _.Copy(value: int) : unit = copy value

    /// Notes that a kernel of its own computes a value from these.
    member _.AddKernel(value: int, sources: int list) : unit =
        kernelLevels[value] <- 1 + (0 :: List.map level sources |> List.max)

        for source in sources do
            noteReader None kernelLevels[value] source

    /// Makes small loops over equally many positions one loop where nothing keeps them apart: then one call does for all.
    member _.MergeSmall() : unit =
        if fuse then
            let small =
                groups
                |> Seq.filter (fun pair -> pair.Value.Size <= largestSmallSize)
                |> Seq.sortBy (fun pair -> -pair.Value.Level, pair.Key)
                |> Seq.map _.Key
                |> List.ofSeq

            for _, sameSize in small |> List.groupBy (fun group -> groups[group].Size) do
                let kept = List<int>()

                for group in sameSize do
                    let target =
                        kept
                        |> Seq.tryPick (fun other ->
                            if canRise group groups[other].Level then
                                tryMerge groups[other] groups[group] |> Option.map (fun merged -> other, merged)
                            else
                                None)

                    match target with
                    | Some(other, merged) -> absorb other group merged
                    | None -> kept.Add group

    /// What was found.
    member _.Result: Grouping = {
        Groups = groups |> Seq.map (fun pair -> pair.Key, pair.Value) |> Map.ofSeq
        GroupOf = groupOf
        RoleOf = roleOf
        Copies = copies
        Level = level
    }
