namespace Functional.Runtime.Sessions

open System
open System.Collections.Generic
open Functional.Compiler
open Functional.Core.Graph
open Functional.Kernels.Loops
open Functional.Compiler.Planning
open Functional.Runtime.Execution

/// Bound plans of what is compiled for sizes, for those they were asked for last. What is in use is simply not in the pool, and a
/// new set is made when none is left. The plans of a set share one arena, so that memory is that of the largest size for
/// every run at the same time.
[<Sealed>]
type PlanPool(compile: Map<string, int> -> Plan) =
    let cache = LoopCodeCache()

    let plans = RecentlyUsed<Map<string, int>, Lazy<Plan>>(PlanPool.Capacity, ignore)

    // A ConcurrentBag would keep its items in each thread's own memory, and they lead back to the pool: no pool would ever
    // be collected, and every model that once predicted would stay.
    let idle = Stack<SharedArena<Map<string, int>, BoundPlan>>()

    let compileOnce (sizes: Map<string, int>) : Lazy<Plan> = lazy (compile sizes)

    // Compiled once for all sets, and outside of the lock: a new size keeps nobody waiting who wants another.
    let planOf (sizes: Map<string, int>) : Plan =
        let plan = lock plans (fun () -> plans.GetOrAdd(sizes, compileOnce))
        plan.Value

    /// How many sizes have their plans kept: sequences of any length do not fill the memory.
    static member Capacity = 64

    /// Plans by sizes that nobody else runs.
    member _.Rent() : SharedArena<Map<string, int>, BoundPlan> =
        match lock idle (fun () -> idle.TryPop()) with
        | true, plans -> plans
        | false, _ -> new SharedArena<_, _>(PlanPool.Capacity, cache, planOf, id)

    /// Gives plans back after their runs.
    member _.Return(plans: SharedArena<Map<string, int>, BoundPlan>) : unit = lock idle (fun () -> idle.Push plans)

    interface IDisposable with
        member _.Dispose() =
            lock idle (fun () ->
                for plans in idle do
                    (plans :> IDisposable).Dispose()

                idle.Clear())
