namespace Functional.Compiler.Fusion

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Compiler.Planning

/// A matrix product and the part of a loop that runs on its result while that is in cache.
type internal ProductEpilogue = {
    Product: int
    /// The part of the loop; its members are computed in the product's kernel.
    Part: LoopGroup
    Stored: int list
    Extents: int array
}

/// Finds products whose first use is a map over exactly their result.
[<RequireQualifiedAccess>]
module internal Epilogues =

    // Rows shorter than this are not worth a visit of their own.
    let private shortestRow = 16

    /// The iteration space in rows of the product where that is possible, so that finished rows can be visited.
    let private extents (table: ValueTable) (product: int) (part: LoopGroup) : int array =
        let columns = Array.last table.Dimensions[product]

        let inRows =
            if columns < shortestRow || columns = part.Size then
                None
            else
                LoopGroup.tryCuts part.Size part.Cuts [ columns ]
                |> Option.filter (LoopGroup.fitsRows columns)

        match inRows with
        | Some cuts -> LoopGroup.extents { part with Cuts = cuts }
        | None -> LoopGroup.extents part

    /// What runs as epilogues, and the groups without those parts.
    let extract
        (table: ValueTable)
        (accesses: Accesses)
        (stored: int -> bool)
        (grouping: Grouping)
        : ProductEpilogue list * Grouping =
        let epilogues = List<ProductEpilogue>()
        let merged = HashSet<int>()
        let mutable groups = grouping.Groups

        let sources value =
            let struct (elements, _) =
                accesses.Sources(value, Layout.identity (LoopGroup.positionCount table value))

            elements

        let isProduct value =
            match table.Nodes[value].Operation with
            | Operation.MatMul _ -> true
            | _ -> false

        for KeyValue(id, group) in grouping.Groups do
            let members = HashSet<int>(group.Members)

            let closure (stop: HashSet<int>) (starts: int list) =
                let found = HashSet<int>()
                let pending = Stack<int>(starts)

                while pending.Count > 0 do
                    let value = pending.Pop()

                    if found.Add value then
                        for source, _ in sources value do
                            if members.Contains source && not (stop.Contains source) then
                                pending.Push source

                found

            /// Members that are made of no reduction of this loop.
            let plain = HashSet<int>()

            for value in List.sort group.Members do
                if
                    grouping.RoleOf[value] = Role.Full
                    && sources value
                       |> List.forall (fun (source, _) -> not (members.Contains source) || plain.Contains source)
                then
                    plain.Add value |> ignore

            let storedPlain, storedRest =
                group.Members |> List.filter stored |> List.partition plain.Contains

            let part = closure (HashSet()) storedPlain
            let rest = closure (HashSet storedPlain) storedRest

            let outside values =
                values
                |> Seq.collect sources
                |> Seq.filter (fun (source, _) -> not (members.Contains source))
                |> List.ofSeq

            if not storedPlain.IsEmpty && not (part.Overlaps rest) then
                let read = outside part
                let highest = read |> List.map (fst >> grouping.Level) |> List.fold max 0

                let isUsable product =
                    isProduct product
                    && table.Sizes[product] = group.Size
                    && grouping.Level product = highest
                    && not (merged.Contains product)
                    && read
                       |> List.forall (fun (source, layout) -> source <> product || layout = Layout.identity group.Size)

                let hasMergedSource = read |> List.exists (fst >> merged.Contains)
                let readByRest = outside rest |> List.map fst |> HashSet

                match
                    read
                    |> List.map fst
                    |> List.distinct
                    |> List.tryFind (fun source -> isUsable source && not (readByRest.Contains source))
                with
                | Some product when not hasMergedSource ->
                    merged.Add product |> ignore

                    let space = {
                        group with
                            Members = group.Members |> List.filter part.Contains
                    }

                    epilogues.Add {
                        Product = product
                        Part = space
                        Stored = storedPlain
                        Extents = extents table product space
                    }

                    groups <-
                        match group.Members |> List.filter rest.Contains with
                        | [] -> Map.remove id groups
                        | members -> Map.add id { group with Members = members } groups
                | _ -> ()

        List.ofSeq epilogues, { grouping with Groups = groups }
