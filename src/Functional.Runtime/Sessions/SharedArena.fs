namespace Functional.Runtime.Sessions

open System
open System.Collections.Generic
open Functional.Compiler.Planning
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// Plans that never run together, bound to one arena that is as large as the largest of them wants. When it grows, plans
/// are bound anew as they are wanted again. `planOf` says what to run for a key, `prepare` what to keep of a bound plan.
[<Sealed>]
type SharedArena<'Key, 'Prepared when 'Key: equality and 'Key: not null>
    (cache: LoopCodeCache, planOf: 'Key -> Plan, prepare: BoundPlan -> 'Prepared) =

    let plans = Dictionary<'Key, Plan>()
    let bound = List<BoundPlan>()
    let prepared = Dictionary<'Key, 'Prepared>()
    let mutable arena = new AlignedMemory(0L)

    let release () =
        prepared.Clear()

        for plan in bound do
            (plan :> IDisposable).Dispose()

        bound.Clear()

    let plan (key: 'Key) : Plan =
        match plans.TryGetValue key with
        | true, plan -> plan
        | false, _ ->
            let plan = planOf key
            plans.Add(key, plan)
            plan

    let bind (key: 'Key) : 'Prepared =
        let plan = plan key

        if plan.ArenaSizeInBytes > arena.SizeInBytes then
            release ()
            arena.Dispose()
            arena <- new AlignedMemory(plan.ArenaSizeInBytes)

        let next = new BoundPlan(plan, arena, cache)
        bound.Add next
        let result = prepare next
        prepared.Add(key, result)
        result

    /// The plan of a key, ready to run. Results of earlier runs are gone from then on.
    member _.Get(key: 'Key) : 'Prepared =
        match prepared.TryGetValue key with
        | true, found -> found
        | false, _ -> bind key

    /// The size of the arena.
    member _.SizeInBytes: int64 = arena.SizeInBytes

    /// Forgets all plans; the arena stays.
    member _.Clear() : unit =
        release ()
        plans.Clear()

    interface IDisposable with
        member _.Dispose() =
            release ()
            arena.Dispose()
