namespace Functional.Runtime.Execution

open System.Diagnostics
open Functional.Compiler.Planning

/// What kernels do, for sums of their times.
type KernelKind =
    | Product = 0
    | Convolution = 1
    | Pool = 2
    | Loop = 3
    /// Copies, fills, look-ups, and what is added by index.
    | Movement = 4
    /// Random numbers, positions of maxima, cumulative sums, hashes.
    | Other = 5
    /// Everything of a run that is not inside of a kernel.
    | Dispatch = 6

/// How long one kernel took, over all runs that were timed.
type KernelTime = {
    Kind: KernelKind
    /// The first line that the printed plan has for it.
    Text: string
    /// How many loops it is inside of.
    Depth: int
    /// How often it ran.
    Calls: int64
    Microseconds: float
}

/// Collects how long each kernel of a plan takes, and each kernel of the loops in it. Reading the clock costs some tens
/// of nanoseconds a kernel.
[<Sealed>]
type PlanTimes(plan: Plan) =
    let ticks = Array.zeroCreate<int64> plan.Instructions.Length
    let mutable runs = 0L
    let mutable total = 0L

    let inner = [|
        for call in plan.Instructions ->
            match call.Kernel with
            | Kernel.Scan scan -> Some(PlanTimes scan.Body)
            | _ -> None
    |]

    let kindOf (call: KernelCall<buffer>) : KernelKind =
        match call.Kernel with
        | Kernel.Loop _ -> KernelKind.Loop
        | Kernel.MatrixProduct _ -> KernelKind.Product
        | Kernel.Convolution _ -> KernelKind.Convolution
        | Kernel.Pool _ -> KernelKind.Pool
        | Kernel.Copy _
        | Kernel.Fill _
        | Kernel.Gather _
        | Kernel.ScatterAdd _ -> KernelKind.Movement
        | Kernel.ArgMax _
        | Kernel.CumulativeSum _
        | Kernel.Hash _
        | Kernel.Random _ -> KernelKind.Other
        | Kernel.Scan _ -> KernelKind.Dispatch

    let microseconds (ticks: int64) : float =
        float ticks * 1e6 / float Stopwatch.Frequency

    /// Adds the time of one kernel's run.
    member internal _.Add(kernel: int, elapsed: int64) : unit =
        ticks[kernel] <- ticks[kernel] + elapsed

    /// Adds the time of a run of the plan.
    member internal _.AddRun(elapsed: int64) : unit =
        runs <- runs + 1L
        total <- total + elapsed

    /// The times of the body of a kernel that is a loop.
    member internal _.Body(kernel: int) : PlanTimes | null = Option.toObj inner[kernel]

    /// What ran.
    member _.Plan: Plan = plan

    /// How often the plan ran.
    member _.Runs: int64 = runs

    /// How long all runs took.
    member _.Microseconds: float = microseconds total

    member internal _.KernelsAt(depth: int) : KernelTime seq =
        seq {
            for index in 0 .. ticks.Length - 1 do
                let call = plan.Instructions[index]

                {
                    Kind = kindOf call
                    Text = PlanPrinter.headline call
                    Depth = depth
                    Calls = runs
                    Microseconds = microseconds ticks[index]
                }

                match inner[index] with
                | Some body -> yield! body.KernelsAt(depth + 1)
                | None -> ()
        }

    member internal _.Sums() : (KernelKind * int64) seq =
        seq {
            for index in 0 .. ticks.Length - 1 do
                match inner[index] with
                | Some body ->
                    yield! body.Sums()
                    KernelKind.Dispatch, ticks[index] - body.TotalTicks
                | None -> kindOf plan.Instructions[index], ticks[index]

            KernelKind.Dispatch, total - Array.sum ticks
        }

    member internal _.TotalTicks: int64 = total

    /// Every kernel in the order of the plan; those of a loop's body follow the loop.
    member this.Kernels: KernelTime array = Array.ofSeq (this.KernelsAt 0)

    /// The microseconds of each kind of kernels, the longest first. They add up to those of all runs.
    member this.ByKind: struct (KernelKind * float) array =
        this.Sums()
        |> Seq.groupBy fst
        |> Seq.map (fun (kind, parts) -> struct (kind, microseconds (Seq.sumBy snd parts)))
        |> Seq.sortByDescending (fun (struct (_, time)) -> time)
        |> Array.ofSeq
