namespace Functional.Runtime.Sessions

open System
open Functional.Compiler.Planning
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// Plans that never run together, bound to one arena that is as large as the largest of them wants; the `capacity` used
/// last are kept. When the arena grows, plans are bound anew as they are wanted again. `planOf` says what to run for a key,
/// `prepare` what to keep of a bound plan.
[<Sealed>]
type SharedArena<'Key, 'Prepared when 'Key: equality and 'Key: not null>
    (capacity: int, cache: LoopCodeCache, planOf: 'Key -> Plan, prepare: BoundPlan -> 'Prepared) =

    let plans = RecentlyUsed<'Key, Plan>(capacity, ignore)

    let prepared =
        RecentlyUsed<'Key, struct (BoundPlan * 'Prepared)>(
            capacity,
            fun (struct (bound, _)) -> (bound :> IDisposable).Dispose()
        )

    let mutable arena = new AlignedMemory(0L)

    let bind (key: 'Key) : 'Prepared =
        let plan = plans.GetOrAdd(key, planOf)

        if plan.ArenaSizeInBytes > arena.SizeInBytes then
            prepared.Clear()
            arena.Dispose()
            arena <- new AlignedMemory(plan.ArenaSizeInBytes)

        let bound = new BoundPlan(plan, arena, cache)
        let result = prepare bound
        prepared.Add(key, struct (bound, result))
        result

    /// The plan of a key, ready to run. Results of earlier runs are gone from then on.
    member _.Get(key: 'Key) : 'Prepared =
        match prepared.TryGet key with
        | ValueSome(struct (_, result)) -> result
        | ValueNone -> bind key

    /// The size of the arena.
    member _.SizeInBytes: int64 = arena.SizeInBytes

    /// Forgets all plans; the arena stays.
    member _.Clear() : unit =
        prepared.Clear()
        plans.Clear()

    interface IDisposable with
        member _.Dispose() =
            prepared.Clear()
            arena.Dispose()
