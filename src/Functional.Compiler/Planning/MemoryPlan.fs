namespace Functional.Compiler.Planning

open System.Collections.Generic
open Functional.Core.Tensors
open Functional.Compiler.Fusion

/// A place in the arena and the values that take turns in it.
type internal Slot = {
    ElementType: ElementType
    SizeInElements: int
    OffsetInBytes: int64
}

/// Places of values in the arena.
[<RequireQualifiedAccess>]
module internal MemoryPlan =

    let private sizeInBytes (elementType: ElementType, size: int) : int64 =
        Plan.align (int64 size * int64 (ElementType.sizeInBytes elementType))

    /// Which values take over the place of one that dies where they are made: value -> the first owner of the place. A
    /// step that reads a part of the place besides, at other positions, keeps it.
    let private shareInPlace
        (describe: int -> ElementType * int)
        (steps: Step array)
        (lifetimes: Dictionary<int, Lifetime>)
        (isInArena: int -> bool)
        (placements: IReadOnlyDictionary<int, Placement>)
        : Dictionary<int, int> =
        let owner = Dictionary<int, int>()
        let targets = HashSet<int>(placements.Values |> Seq.map _.Target)

        let rec isPartOf whole value =
            match placements.TryGetValue value with
            | true, placement -> placement.Target = whole || isPartOf whole placement.Target
            | false, _ -> false

        let rec ownerOf value =
            match owner.TryGetValue value with
            | true, other -> ownerOf other
            | false, _ -> value

        for position in 0 .. steps.Length - 1 do
            match steps[position].Calls with
            | [ call ] ->
                let takenHere = HashSet<int>()

                let older, made =
                    steps[position].Reads
                    |> List.partition (fun read -> not (List.contains read steps[position].Writes))

                // An older value before a product: that can then be added to it and vanish altogether. What cannot vanish is
                // in a cache where it was just written.
                let candidates =
                    match call.Kernel with
                    | Kernel.Convolution _ -> made @ older
                    | _ -> older @ made

                for value in steps[position].Writes do
                    let dying =
                        candidates
                        |> List.tryFind (fun read ->
                            read <> value
                            && isInArena read
                            && isInArena value
                            && not (targets.Contains value)
                            && not (List.exists (isPartOf read) steps[position].Reads)
                            && lifetimes[read].Last = position
                            && describe read = describe value
                            && not (takenHere.Contains(ownerOf read))
                            && Aliasing.mayShare call read value)

                    match dying with
                    | Some read ->
                        let first = ownerOf read
                        takenHere.Add first |> ignore
                        owner[value] <- first

                        lifetimes[first] <- {
                            lifetimes[first] with
                                Last = max lifetimes[first].Last lifetimes[value].Last
                        }
                    | None -> ()
            | _ -> ()

        let owners = Dictionary<int, int>()

        for value in lifetimes.Keys do
            owners[value] <- ownerOf value

        owners

    /// Offsets, largest first: the smallest gap that is wide enough, between places that are in use at the same time.
    let private place (sizes: (int * int64 * Lifetime) list) (reuses: bool) : Dictionary<int, int64> * int64 =
        let placed = List<struct (int64 * int64 * Lifetime)>()
        let offsets = Dictionary<int, int64>()
        let mutable total = 0L

        for value, size, lifetime in
            sizes
            |> List.sortBy (fun (value, size, lifetime) -> -size, lifetime.First, value) do
            let neighbours =
                placed
                |> Seq.filter (fun (struct (_, _, other)) -> not reuses || Lifetimes.overlap lifetime other)
                |> Seq.map (fun (struct (offset, length, _)) -> struct (offset, length))
                |> Array.ofSeq

            Array.sortInPlaceBy (fun (struct (offset, _)) -> offset) neighbours
            let mutable cursor = 0L
            let mutable best = -1L
            let mutable bestGap = System.Int64.MaxValue

            for struct (offset, length) in neighbours do
                let gap = offset - cursor

                if gap >= size && gap < bestGap then
                    best <- cursor
                    bestGap <- gap

                cursor <- max cursor (offset + length)

            let offset = if best >= 0L then best else cursor
            placed.Add(struct (offset, size, lifetime))
            offsets[value] <- offset
            total <- max total (offset + size)

        offsets, total

    /// The slot of every value in the arena, by value; the arena's size; the size without sharing.
    let create
        (sharesInPlace: bool)
        (reuses: bool)
        (describe: int -> ElementType * int)
        (steps: Step array)
        (isInArena: int -> bool)
        (isKept: int -> bool)
        (placements: IReadOnlyDictionary<int, Placement>)
        : Dictionary<int, int> * Dictionary<int, Slot> * int64 * int64 =
        let lifetimes = Lifetimes.find isKept steps

        // Memory that parts are written to lives from the first part to the last read of any.
        for KeyValue(value, placement) in placements do
            match lifetimes.TryGetValue value, lifetimes.TryGetValue placement.Target with
            | (true, part), (true, whole) ->
                lifetimes[placement.Target] <- {
                    First = min part.First whole.First
                    Last = max part.Last whole.Last
                }
            | _ -> ()

        let unshared =
            lifetimes.Keys
            |> Seq.filter isInArena
            |> Seq.sumBy (fun value -> sizeInBytes (describe value))

        let owners =
            if sharesInPlace then
                shareInPlace describe steps lifetimes isInArena placements
            else
                Dictionary(lifetimes.Keys |> Seq.map (fun value -> KeyValuePair(value, value)))

        let roots = owners.Values |> Seq.filter isInArena |> Seq.distinct |> List.ofSeq

        let offsets, total =
            place [ for value in roots -> value, sizeInBytes (describe value), lifetimes[value] ] reuses

        let slots = Dictionary<int, Slot>()

        for value in roots do
            let elementType, size = describe value

            slots[value] <- {
                ElementType = elementType
                SizeInElements = size
                OffsetInBytes = offsets[value]
            }

        owners, slots, total, unshared
