namespace Functional.Runtime.Tests.Sessions

open System
open System.Threading
open System.Threading.Tasks
open Xunit
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Sessions

/// Prediction from many threads, also while training runs.
module PredictorTests =

    [<Fact>]
    let ``batches of any size give the same answers`` () =
        use predictor = new Predictor(SmallModels.classifier, ElementType.Float32, 0)
        let weights = SmallModels.initialWeights 1 SmallModels.classifier
        let inputs, _ = SmallModels.rows 50
        let whole = predictor.Run(weights, [| inputs |], 50)[0] |> SmallModels.values

        for batchSize in [ 1; 7; 32; 64 ] do
            let parts = predictor.Run(weights, [| inputs |], batchSize)[0] |> SmallModels.values

            for one, other in Seq.zip whole parts do
                Assert.Equal(float one, float other, 5)

    [<Fact>]
    let ``probabilities of every row add up to one`` () =
        use predictor = new Predictor(SmallModels.classifier, ElementType.Float32, 0)
        let inputs, _ = SmallModels.rows 20

        let answers =
            predictor.Run(SmallModels.initialWeights 1 SmallModels.classifier, [| inputs |], 32)[0]

        Assert.Equal<int array>([| 20; 3 |], answers.Shape.ToArray())

        for row in Array.chunkBySize 3 (SmallModels.values answers) do
            Assert.Equal(1.0, float (Array.sum row), 5)

    [<Fact>]
    let ``many threads predict from snapshots while training runs, each as if it were alone`` () =
        use predictor = new Predictor(SmallModels.classifier, ElementType.Float32, 0)
        use session = SmallModels.classifierSession 9
        let inputs, _ = SmallModels.rows 64

        let snapshots =
            Array.init 4 (fun seed -> SmallModels.initialWeights seed SmallModels.classifier)

        let expected =
            snapshots
            |> Array.map (fun weights -> predictor.Run(weights, [| inputs |], 16)[0] |> SmallModels.values)

        use stop = new CancellationTokenSource()

        let training =
            Task.Run(fun () ->
                while not stop.IsCancellationRequested do
                    session.TrainRows(0, 32))

        let predict (thread: int) =
            Task.Run(fun () ->
                for round in 1..100 do
                    let choice = (thread + round) % 4

                    let answers =
                        predictor.Run(snapshots[choice], [| inputs |], 16)[0] |> SmallModels.values

                    Assert.Equal<float32 array>(expected[choice], answers))

        try
            Task.WaitAll(Array.init 4 predict)
        finally
            stop.Cancel()
            training.Wait()

    [<Fact>]
    let ``data of a wrong shape is refused with the input, what it wants and what it got`` () =
        use predictor = new Predictor(SmallModels.classifier, ElementType.Float32, 0)
        let wrong = SmallModels.tensor [ 2; 3 ] (Array.zeroCreate 6)

        let error =
            Assert.Throws<ArgumentException>(fun () ->
                predictor.Run(SmallModels.initialWeights 1 SmallModels.classifier, [| wrong |], 32)
                |> ignore)

        Assert.Contains("expects data of shape (batch, 20), but found shape (2, 3)", error.Message)

    /// Apart from the test, so that no local variable keeps what it makes.
    let private usedPool () : WeakReference =
        let computation: Functional.Core.Graph.Computation = {
            Results = [ "one", Functional.Core.Graph.Ops.scalar ElementType.Float32 1.0 ]
            Updates = []
        }

        let pool =
            new PlanPool(fun sizes ->
                Functional.Compiler.Compiler.compile Functional.Compiler.CompilerOptions.standard sizes computation)

        let plans = pool.Rent()
        plans.Get(Map.ofList [ "batch", 1 ]) |> ignore
        pool.Return plans
        WeakReference pool

    [<Fact>]
    let ``plans that nobody can ask for any more are collected with their pool`` () =
        let pool = usedPool ()

        for _ in 1..3 do
            GC.Collect()
            GC.WaitForPendingFinalizers()

        Assert.False pool.IsAlive
