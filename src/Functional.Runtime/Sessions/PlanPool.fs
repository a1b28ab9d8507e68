namespace Functional.Runtime.Sessions

open System
open System.Collections.Concurrent
open Functional.Compiler
open Functional.Core.Graph
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Compiler.Planning
open Functional.Runtime.Execution

/// A bound plan with an arena of its own.
[<Sealed>]
type OwnedPlan(plan: Plan, cache: LoopCodeCache) =
    let arena = new AlignedMemory(plan.ArenaSizeInBytes)
    let bound = new BoundPlan(plan, arena, cache)

    /// The plan, ready to run.
    member _.Bound: BoundPlan = bound

    interface IDisposable with
        member _.Dispose() =
            (bound :> IDisposable).Dispose()
            arena.Dispose()

/// Bound plans of one computation for every size it was asked for. Renting one takes no lock: a plan that is in use is
/// simply not in the pool, and a new one is bound when none is left.
[<Sealed>]
type PlanPool(computation: Computation) =
    let cache = LoopCodeCache()
    let plans = ConcurrentDictionary<Map<string, int>, Lazy<Plan>>()
    let idle = ConcurrentDictionary<Map<string, int>, ConcurrentBag<OwnedPlan>>()

    /// The plan for these sizes, compiled once.
    member _.Plan(sizes: Map<string, int>) : Plan =
        plans.GetOrAdd(sizes, (fun sizes -> lazy (Compiler.compile CompilerOptions.standard sizes computation))).Value

    /// A plan that nobody else runs.
    member this.Rent(sizes: Map<string, int>) : OwnedPlan =
        let bag = idle.GetOrAdd(sizes, (fun _ -> ConcurrentBag()))

        match bag.TryTake() with
        | true, plan -> plan
        | false, _ -> new OwnedPlan(this.Plan sizes, cache)

    /// Gives a plan back after a run.
    member _.Return(sizes: Map<string, int>, plan: OwnedPlan) : unit = idle[sizes].Add plan

    interface IDisposable with
        member _.Dispose() =
            for bag in idle.Values do
                for plan in bag do
                    (plan :> IDisposable).Dispose()
