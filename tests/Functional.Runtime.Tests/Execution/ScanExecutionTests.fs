namespace Functional.Runtime.Tests.Execution

open System
open FsCheck
open FsCheck.FSharp
open Functional.Compiler
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Kernels.Parallelism
open Functional.Runtime.Execution
open Functional.Testing
open Xunit

/// Executed loops.
[<Collection("thread count")>]
module ScanExecutionTests =

    let private config = Config.QuickThrowOnFailure.WithMaxTest 100

    [<Fact>]
    let ``random loops and their gradients run to what the interpreter says`` () =
        Check.One(
            config,
            Prop.forAll RandomScans.recipes (fun recipe ->
                PlanRun.agrees CompilerOptions.standard 1e-9 (RandomScans.training ElementType.Float64 recipe)
                && PlanRun.agrees CompilerOptions.standard 1e-3 (RandomScans.training ElementType.Float32 recipe))
        )

    /// Runs with several numbers of threads, one after the other.
    let private withThreads (run: unit -> 'Result) : 'Result list =
        let before = ThreadTeam.ThreadCount

        try
            [
                for threads in [ 1; 2; 3 ] ->
                    ThreadTeam.ThreadCount <- threads
                    run ()
            ]
        finally
            ThreadTeam.ThreadCount <- before

    [<Fact>]
    let ``loops give the same bits for any number of threads`` () =
        Check.One(
            config.WithMaxTest 30,
            Prop.forAll RandomScans.recipes (fun recipe ->
                let random = RandomScans.training ElementType.Float32 recipe
                let runs = withThreads (fun () -> PlanRun.run CompilerOptions.standard random)
                runs |> List.forall (fun run -> run.Equals runs.Head))
        )

    /// A recurrent loop large enough that several threads work on a step.
    let private large () : RandomComputation =
        let lengths = [ "first", [ 64; 96 ]; "sequence", [ 6; 64; 96 ]; "kernel", [ 96; 96 ] ]

        let nodes = [
            for name, sizes in lengths -> Ops.parameter name (Shape.ofInts sizes) ElementType.Float32
        ]

        let last, stacks =
            Scanning.scan true [ nodes[0] ] [ nodes[1] ] (fun carries current ->
                let next =
                    Ops.tanh (Ops.matMul carries[0] nodes[2] + Ops.matMul current[0] nodes[2])

                [ next ], [ next; carries[0] ])

        let loss = FiniteDifferences.weightedSum (RandomScans.joined (last @ stacks))

        {
            Results =
                List.mapi (fun position node -> $"result{position}", node) (last @ stacks)
                @ List.zip [ "first"; "sequence"; "kernel" ] (Functional.Core.Gradients.Gradient.gradients loss nodes)
            Updates = []
            Leaves =
                Map.ofList [
                    for name, sizes in lengths ->
                        let count = List.fold (*) 1 sizes

                        name,
                        Literal.create ElementType.Float32 sizes [ for place in 1..count -> 0.3 * sin (float place) ]
                ]
            Sizes = Map.empty
        }

    [<Fact>]
    let ``large loops give the same bits for any number of threads`` () =
        let random = large ()
        let runs = withThreads (fun () -> PlanRun.run CompilerOptions.standard random)
        Assert.True(runs |> List.forall (fun run -> run.Equals runs.Head))

    [<Fact>]
    let ``a loop in a steady state allocates nothing on the managed heap`` () =
        let random = large ()
        let before = ThreadTeam.ThreadCount
        ThreadTeam.ThreadCount <- 1

        let plan =
            Compiler.compile CompilerOptions.standard Map.empty {
                Results = random.Results
                Updates = []
            }

        use arena = new AlignedMemory(plan.ArenaSizeInBytes)
        use bound = new BoundPlan(plan, arena, LoopCodeCache())

        let leaves =
            random.Leaves
            |> Map.map (fun _ literal -> new AlignedMemory(int64 literal.Values.Length * 4L, true))

        try
            for struct (kind, name) in bound.Leaves do
                bound.SetAddress(bound.BufferOf(kind, name), leaves[name].Address)

            for _ in 1..3 do
                bound.Run()

            let allocated = GC.GetAllocatedBytesForCurrentThread()

            for _ in 1..20 do
                bound.Run()

            Assert.Equal(0L, GC.GetAllocatedBytesForCurrentThread() - allocated)
        finally
            ThreadTeam.ThreadCount <- before

            for memory in leaves.Values do
                memory.Dispose()
