namespace Functional.Runtime.Tests.Sessions

open System
open Xunit
open Functional.Core.Optimizers
open Functional.Core.Configuration
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Kernels.Parallelism
open Functional.Runtime.Sessions

/// Training on real memory: the textbook's numbers, no garbage, the same bits for any number of threads.
[<Collection("thread count")>]
module TrainingSessionTests =

    let private trainEpochs (session: TrainingSession) (epochs: int) : unit =
        for _ in 1..epochs do
            session.ResetMetrics()

            for batch in 0..7 do
                session.TrainRows(batch * 32, 32)

    [<Fact>]
    let ``one step of backpropagation gives the textbook's weights and losses (A4 to A8)`` () =
        let target = SmallModels.backpropagation.Outputs.Head.Shape, ElementType.Float32
        let sgd = Optimizer.ofNameWith "SGD" [ "learning_rate", ConfigValue.Float 0.5 ]

        let step =
            SmallModels.step ElementType.Float32 "mse" sgd target SmallModels.backpropagation

        use session = new TrainingSession(step, ElementType.Float32, 0)

        session.SetWeights [|
            SmallModels.tensor [ 2; 2 ] [ 0.3f; 0.4f; 0.25f; 0.35f ]
            SmallModels.tensor [ 2; 2 ] [ 0.45f; 0.7f; 0.4f; 0.6f ]
        |]

        session.LearningRate <- 0.5

        session.SetData [|
            SmallModels.tensor [ 1; 2 ] [ 0.1f; 0.2f ]
            SmallModels.tensor [ 1; 2 ] [ 0.4f; 0.6f ]
        |]

        session.TrainRows(0, 1)
        Assert.Equal(0.0239718929, session.LastLoss, 8)

        let weights = session.Weights()

        let expected = [
            [| 0.29959556f; 0.39964496f; 0.24919112f; 0.34928991f |]
            [| 0.43703857f; 0.69629578f; 0.38685205f; 0.59624247f |]
        ]

        for wanted, found in Seq.zip expected weights do
            for want, have in Seq.zip wanted (SmallModels.values found) do
                Assert.Equal(float want, float have, 6)

        session.EvaluateRows(0, 1)
        Assert.Equal(0.0232363418, session.LastLoss, 8)

    [<Fact>]
    let ``a classifier learns, and its logs are the mean over the rows`` () =
        use session = SmallModels.classifierSession 1
        trainEpochs session 1
        let before = session.Logs()
        trainEpochs session 40
        let after = session.Logs()
        Assert.Equal<string array>([| "loss"; "accuracy" |], session.LogNames)
        Assert.True(after[0] < 0.5 * before[0], $"loss {before[0]} to {after[0]}")
        Assert.InRange(after[1], 0.9, 1.0)

    [<Fact>]
    let ``a step in a steady state allocates nothing on the managed heap`` () =
        use session = SmallModels.classifierSession 2
        let order = Array.init 256 (fun row -> (row * 37) % 256)
        let before = ThreadTeam.ThreadCount
        ThreadTeam.ThreadCount <- 1

        try
            for _ in 1..3 do
                session.TrainRows(0, 32)
                session.TrainRows(order, 32, 32)
                session.EvaluateRows(64, 32)

            let allocated = GC.GetAllocatedBytesForCurrentThread()

            for _ in 1..50 do
                session.TrainRows(0, 32)
                session.TrainRows(order, 32, 32)
                session.EvaluateRows(64, 32)

            Assert.Equal(0L, GC.GetAllocatedBytesForCurrentThread() - allocated)
        finally
            ThreadTeam.ThreadCount <- before

    [<Fact>]
    let ``weights after training are the same to the last bit for any number of threads`` () =
        let before = ThreadTeam.ThreadCount

        let train threads =
            ThreadTeam.ThreadCount <- threads
            use session = SmallModels.classifierSession 3
            trainEpochs session 5
            session.Weights() |> Array.map SmallModels.values

        try
            let alone = train 1

            for threads in [ 2; 3; 5 ] do
                Assert.Equal<float32 array array>(alone, train threads)
        finally
            ThreadTeam.ThreadCount <- before

    [<Fact>]
    let ``chosen rows in their own order are consecutive rows`` () =
        let run (train: TrainingSession -> unit) =
            use session = SmallModels.classifierSession 4
            train session
            session.Weights() |> Array.map SmallModels.values

        let consecutive = run (fun session -> session.TrainRows(64, 32))
        let chosen = run (fun session -> session.TrainRows(Array.init 256 id, 64, 32))
        Assert.Equal<float32 array array>(consecutive, chosen)

    [<Fact>]
    let ``weights, slots and iteration moved to another session train on as if nothing had happened`` () =
        use first = SmallModels.classifierSession 5
        trainEpochs first 2
        use second = SmallModels.classifierSession 5
        second.SetWeights(first.Weights())
        second.SetSlots(first.Slots())
        second.Iteration <- first.Iteration
        trainEpochs first 1
        trainEpochs second 1

        Assert.Equal<float32 array array>(
            first.Weights() |> Array.map SmallModels.values,
            second.Weights() |> Array.map SmallModels.values
        )

    [<Fact>]
    let ``a learning rate of zero changes no weight, and compiles nothing`` () =
        use session = SmallModels.classifierSession 6
        session.TrainRows(0, 32)
        let before = session.Weights() |> Array.map SmallModels.values
        session.LearningRate <- 0.0
        session.TrainRows(32, 32)
        Assert.Equal<float32 array array>(before, session.Weights() |> Array.map SmallModels.values)

    [<Fact>]
    let ``rows outside the data and wrong numbers of tensors are refused in words`` () =
        use session = SmallModels.classifierSession 7

        let range =
            Assert.Throws<ArgumentOutOfRangeException>(fun () -> session.TrainRows(240, 32))

        Assert.Contains("Rows 240 to 271 were asked for, but the data has 256 rows", range.Message)

        let count =
            Assert.Throws<ArgumentException>(fun () -> session.SetData [| fst (SmallModels.rows 8) |])

        Assert.Contains("2 tensors are wanted", count.Message)

    [<Fact>]
    let ``a label that is no class gives no probability and does no harm`` () =
        let inputs, _ = SmallModels.rows 32

        let labels =
            HostTensor.Create(ReadOnlySpan [| 32 |], ReadOnlySpan(Array.create 32 7))

        use session = SmallModels.classifierSession 8
        session.SetData [| inputs; labels |]
        session.TrainRows(0, 32)
        Assert.False(Double.IsNaN session.LastLoss)
