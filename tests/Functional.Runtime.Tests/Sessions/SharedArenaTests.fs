namespace Functional.Runtime.Tests.Sessions

open Xunit
open Functional.Compiler
open Functional.Core.Optimizers
open Functional.Core.Tensors
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Runtime.Execution
open Functional.Runtime.Sessions

/// Plans for several sizes, of which one runs at a time, take the memory of the largest.
module SharedArenaTests =

    let private plan (rows: int) =
        let target = Shape.create [ Dimension.batch ], ElementType.Int32

        let step =
            SmallModels.step
                ElementType.Float32
                "sparse_categorical_crossentropy"
                (Optimizer.ofName "adam")
                target
                SmallModels.classifier

        Compiler.compile CompilerOptions.standard (Map.ofList [ "batch", rows ]) step.Train

    [<Fact>]
    let ``the arena is as large as the largest plan wants, and every plan lies in it`` () =
        use arena = new SharedArena<int, BoundPlan>(8, LoopCodeCache(), plan, id)
        let small = arena.Get 8
        Assert.Equal((plan 8).ArenaSizeInBytes, arena.SizeInBytes)
        Assert.Same(small, arena.Get 8)
        let large = arena.Get 64
        Assert.Equal((plan 64).ArenaSizeInBytes, arena.SizeInBytes)

        // The small plan is compiled once, but bound to the larger arena; the large one stays where it is.
        Assert.NotSame(small, arena.Get 8)
        Assert.Same(small.Plan, (arena.Get 8).Plan)
        Assert.Same(large, arena.Get 64)

    [<Fact>]
    let ``the plans that were used last are kept`` () =
        use arena = new SharedArena<int, BoundPlan>(2, LoopCodeCache(), plan, id)
        let large = arena.Get 9
        let other = arena.Get 8
        Assert.Same(large, arena.Get 9)
        arena.Get 7 |> ignore
        Assert.Same(large, arena.Get 9)
        Assert.NotSame(other, arena.Get 8)

    [<Fact>]
    let ``steps are the same when larger batches are evaluated between them`` () =
        let train (evaluate: TrainingSession -> unit) =
            use session = SmallModels.classifierSession 6

            for batch in 0..7 do
                session.TrainRows(batch * 32, 32)

                if batch % 3 = 0 then
                    evaluate session

            session.LastLoss, session.Weights() |> Array.map SmallModels.values

        let alone = train ignore

        let between =
            train (fun session ->
                session.EvaluateRows(0, 16)
                session.EvaluateRows(0, 256))

        Assert.Equal(fst alone, fst between)
        Assert.Equal<float32 array array>(snd alone, snd between)

    [<Fact>]
    let ``answers are the same whatever sizes were asked for before`` () =
        use predictor = new Predictor(SmallModels.classifier, ElementType.Float32, 0)
        let weights = SmallModels.initialWeights 1 SmallModels.classifier

        let answer rows =
            predictor.Run(weights, [| fst (SmallModels.rows rows) |], rows)[0]
            |> SmallModels.values

        let first = [ for rows in 1..12 -> answer rows ]
        let again = [ for rows in 12..-1..1 -> answer rows ]
        Assert.Equal<float32 array list>(first, List.rev again)
