namespace Functional.Runtime.Sessions

open System
open System.Collections.Concurrent
open Functional.Compiler
open Functional.Core.Graph
open Functional.Kernels.Loops
open Functional.Compiler.Planning
open Functional.Runtime.Execution

/// Bound plans of one computation for every size they were asked for. Renting them takes no lock: what is in use is simply
/// not in the pool, and a new set is made when none is left. The plans of a set share one arena, so that memory is that
/// of the largest size for every run at the same time.
[<Sealed>]
type PlanPool(computation: Computation) =
    let cache = LoopCodeCache()
    let plans = ConcurrentDictionary<Map<string, int>, Lazy<Plan>>()
    let idle = ConcurrentBag<SharedArena<Map<string, int>, BoundPlan>>()

    // Compiled once for all sets.
    let planOf (sizes: Map<string, int>) : Plan =
        plans.GetOrAdd(sizes, (fun sizes -> lazy (Compiler.compile CompilerOptions.standard sizes computation))).Value

    /// Plans by sizes that nobody else runs.
    member _.Rent() : SharedArena<Map<string, int>, BoundPlan> =
        match idle.TryTake() with
        | true, plans -> plans
        | false, _ -> new SharedArena<_, _>(cache, planOf, id)

    /// Gives plans back after their runs.
    member _.Return(plans: SharedArena<Map<string, int>, BoundPlan>) : unit = idle.Add plans

    interface IDisposable with
        member _.Dispose() =
            for plans in idle do
                (plans :> IDisposable).Dispose()
