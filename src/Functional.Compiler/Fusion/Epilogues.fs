namespace Functional.Compiler.Fusion

open System.Collections.Generic
open Functional.Compiler.Planning

/// A matrix product or a convolution and the loop that runs on its result while that is in cache.
type internal KernelEpilogue = {
    /// The value of the kernel.
    Kernel: int
    /// The loop; its members are computed in the same kernel.
    Group: LoopGroup
    Stored: int list
    Extents: int array
}

/// Finds products and convolutions whose first use is a loop over exactly their result.
[<RequireQualifiedAccess>]
module internal Epilogues =

    // Rows shorter than this are not worth a visit of their own.
    let private shortestRow = 16

    /// The iteration space in rows of the product where that is possible, so that finished rows can be visited.
    let private extents (table: ValueTable) (product: int) (group: LoopGroup) : int array =
        let columns = Array.last table.Dimensions[product]

        let inRows =
            if columns < shortestRow || columns = group.Size || group.RowWidth > 0 then
                None
            else
                LoopGroup.tryCuts group.Size group.Cuts [ columns ]
                |> Option.filter (LoopGroup.fitsRows columns)

        match inRows with
        | Some cuts -> LoopGroup.extents { group with Cuts = cuts }
        | None -> LoopGroup.extents group

    /// What runs as epilogues, and the groups that are left.
    let extract
        (table: ValueTable)
        (accesses: Accesses)
        (isProduct: int -> bool)
        (stored: int -> bool)
        (grouping: Grouping)
        : KernelEpilogue list * Grouping =
        let epilogues = List<KernelEpilogue>()
        let merged = HashSet<int>()
        let mutable groups = grouping.Groups

        for KeyValue(id, group) in grouping.Groups do
            let members = HashSet<int>(group.Members)

            let read =
                group.Members
                |> List.collect (fun value ->
                    let struct (elements, _) =
                        accesses.Sources(value, Layout.identity (LoopGroup.positionCount table value))

                    elements)
                |> List.filter (fun (source, _) -> not (members.Contains source))

            // A kernel waits for nothing on its product's level, so that two of them cannot wait for each other.
            let highest = read |> List.map (fst >> grouping.Level) |> List.fold max 0

            let isUsable product =
                isProduct product
                && table.Sizes[product] = group.Size
                && grouping.Level product = highest
                && not (merged.Contains product)
                && read
                   |> List.forall (fun (source, layout) -> source <> product || layout = Layout.identity group.Size)

            let hasMergedSource = read |> List.exists (fst >> merged.Contains)
            let outputs = group.Members |> List.filter stored

            match read |> List.map fst |> List.distinct |> List.tryFind isUsable with
            | Some product when not (hasMergedSource || outputs.IsEmpty) ->
                merged.Add product |> ignore

                epilogues.Add {
                    Kernel = product
                    Group = group
                    Stored = outputs
                    Extents = extents table product group
                }

                groups <- Map.remove id groups
            | _ -> ()

        List.ofSeq epilogues, { grouping with Groups = groups }
