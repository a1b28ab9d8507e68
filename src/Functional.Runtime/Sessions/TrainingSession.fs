namespace Functional.Runtime.Sessions

#nowarn "9" // Single numbers are read from and written to native memory here.

open System
open System.Collections.Generic
open Functional.Compiler
open Functional.Core.Graph
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Compiler.Planning
open Functional.Runtime.Execution

/// One step's plan for one number of rows, and where its data leaves are.
type private SizedStep = {
    Plan: BoundPlan
    /// The buffer of each data leaf, in the order of the row source.
    DataBuffers: int array
    Loss: nativeint
}

/// What a step does.
[<Struct>]
type private StepKind =
    | Train
    | Evaluate

/// A model in training. Weights, optimizer slots, variables and metric states stay in the session's memory from step to
/// step; a step in a steady state allocates nothing. Use it from one thread at a time; snapshots are values.
[<Sealed>]
type internal TrainingSession(step: TrainingStep, floating: ElementType, seed: int) =

    let describe (node: Node) : LeafDescription =
        let struct (_, name) = LeafKeys.ofNode node

        {
            Name = name
            ElementType = node.ElementType
            Dimensions = Shape.known node.Shape
        }

    let weightNames =
        step.WeightLeaves |> List.map (fun leaf -> (describe leaf).Name) |> Array.ofList

    let states = step.Slots @ step.MetricStates

    let scalar name elementType dimensions : LeafDescription = {
        Name = name
        ElementType = elementType
        Dimensions = dimensions
    }

    let memory =
        new LeafMemory(
            (step.WeightLeaves |> List.map describe)
            @ (states |> List.map (fun state -> describe state.Node))
            @ [
                scalar TrainingStep.learningRateName floating []
                scalar TrainingStep.iterationName ElementType.Int32 []
                scalar "key" ElementType.Int32 [ 2 ]
            ]
        )

    do
        for state in states do
            memory.Fill(state.Name, state.Initial)

    let dataNames =
        step.InputNames
        @ List.choose id step.TargetNames
        @ List.choose id step.SampleWeightNames
        |> Array.ofList

    let cache = LoopCodeCache()
    let mutable source = new RowSource([||], [||])
    /// What is known of sizes besides the number of rows, and a number for each such knowledge: plans are found by numbers.
    let mutable otherSizes: Map<string, int> = Map.empty
    let mutable otherSizesNumber = 0
    let sizeNumbers = Dictionary<Map<string, int>, int>([ KeyValuePair(otherSizes, 0) ])
    let addresses: nativeint array = Array.zeroCreate dataNames.Length
    let mutable iteration = 0
    let mutable evaluation = 0
    let mutable learningRate = 0.0
    let mutable lastLoss = 0n

    let bindKept (plan: BoundPlan) : unit =
        for leaf in memory.Leaves do
            for kind in [ LeafKind.Parameter; LeafKind.Variable; LeafKind.Input ] do
                plan.SetAddress(plan.BufferOf(kind, leaf.Name), memory.Address leaf.Name)

    let prepare (bound: BoundPlan) : SizedStep =
        bindKept bound

        {
            Plan = bound
            DataBuffers = dataNames |> Array.map (fun name -> bound.BufferOf(LeafKind.Input, name))
            Loss = bound.AddressOf bound.Plan.Results[0].Operand
        }

    let compile (kind: StepKind) (rows: int) : Plan =
        let sizes = Map.add "batch" rows otherSizes

        let computation =
            match kind with
            | StepKind.Train -> step.Train
            | StepKind.Evaluate -> step.Evaluate

        ModelSizes.compile step.Model floating sizes computation

    /// Steps by what they do and all sizes.
    let steps =
        new SharedArena<struct (StepKind * int * int), SizedStep>(
            PlanPool.Capacity,
            cache,
            (fun (struct (kind, rows, _)) -> compile kind rows),
            prepare
        )

    let batch = Model.tryBatch step.Model

    let sized (kind: StepKind) (rows: int) : SizedStep =
        if batch |> Option.exists ((<>) rows) then
            invalidArg
                (nameof rows)
                $"An input of the model fixes the batch size at {batch.Value}, but a batch has {rows} samples: give this batch size, and data of a multiple of it."

        // A step that is bound anew may move the others' results.
        lastLoss <- 0n
        steps.Get(struct (kind, rows, otherSizesNumber))

    let logs =
        lazy
            (let plan = Compiler.compile CompilerOptions.standard Map.empty step.Logs
             let arena = new AlignedMemory(plan.ArenaSizeInBytes)
             let bound = new BoundPlan(plan, arena, cache)
             bindKept bound
             struct (bound, arena))

    let read (address: nativeint) : float =
        match floating with
        | ElementType.Float64 -> NativeInterop.NativePtr.read (NativeInterop.NativePtr.ofNativeInt<float> address)
        | _ -> float (NativeInterop.NativePtr.read (NativeInterop.NativePtr.ofNativeInt<float32> address))

    let writeInt (name: string) (index: int) (value: int) =
        NativeInterop.NativePtr.write
            (NativeInterop.NativePtr.ofNativeInt<int>(memory.Address name + nativeint (4 * index)))
            value

    let run (prepared: SizedStep) : unit =
        for index in 0 .. addresses.Length - 1 do
            prepared.Plan.SetAddress(prepared.DataBuffers[index], addresses[index])

        prepared.Plan.Run()
        lastLoss <- prepared.Loss

    let consecutive (start: int) (count: int) : unit =
        if start < 0 || count < 1 || start + count > source.RowCount then
            raise (
                ArgumentOutOfRangeException(
                    nameof start,
                    $"Rows {start} to {start + count - 1} were asked for, but the data has {source.RowCount} rows."
                )
            )

        for index in 0 .. addresses.Length - 1 do
            addresses[index] <- source.AddressOfRow(index, start)

    let train (rows: int) : unit =
        let prepared = sized StepKind.Train rows
        writeInt TrainingStep.iterationName 0 iteration
        writeInt "key" 1 (RandomSteps.ofTraining iteration)
        run prepared
        iteration <- iteration + 1

    do writeInt "key" 0 seed

    /// The graphs that are run.
    member _.Step: TrainingStep = step

    /// The data of which the next batches are rows: inputs, then targets, then sample weights, those that the step has,
    /// in the order of the model's inputs and outputs, all with one number of rows.
    member _.SetData(tensors: IReadOnlyList<HostTensor>) : unit =
        if tensors.Count <> dataNames.Length then
            invalidArg
                (nameof tensors)
                $"{dataNames.Length} tensors are wanted (%A{dataNames}), but {tensors.Count} were given."

        let sizes =
            ModelLeaves.bindSizes step.Model [
                for index in 0 .. step.InputNames.Length - 1 -> List.ofArray (tensors[index].Shape.ToArray())
            ]
            |> Map.remove "batch"

        if sizes <> otherSizes then
            otherSizes <- sizes

            otherSizesNumber <-
                match sizeNumbers.TryGetValue sizes with
                | true, number -> number
                | false, _ ->
                    sizeNumbers[sizes] <- sizeNumbers.Count
                    sizeNumbers.Count - 1

        (source :> IDisposable).Dispose()
        source <- new RowSource(dataNames, Array.ofSeq tensors)

    /// The number of rows of the data.
    member _.RowCount: int = source.RowCount

    /// Trains one step on consecutive rows, read where they lie.
    member _.TrainRows(start: int, count: int) : unit =
        consecutive start count
        train count

    /// Trains one step on the rows order[start] .. order[start + count - 1].
    member _.TrainRows(order: int array, start: int, count: int) : unit =
        source.Gather(order, start, count, addresses)
        train count

    /// Computes loss and metrics of consecutive rows in inference mode.
    member _.EvaluateRows(start: int, count: int) : unit =
        consecutive start count
        let prepared = sized StepKind.Evaluate count
        writeInt "key" 1 (RandomSteps.ofEvaluation evaluation)
        run prepared
        evaluation <- evaluation + 1

    /// The loss of the last batch, penalties included.
    member _.LastLoss: float = if lastLoss = 0n then nan else read lastLoss

    /// How many steps were trained: the optimizer's iterations.
    member _.Iteration
        with get (): int = iteration
        and set (value: int) = iteration <- value

    /// How many batches were judged: every one draws random numbers of its own.
    member _.Evaluation
        with get (): int = evaluation
        and set (value: int) = evaluation <- value

    /// What the next steps use; changing it compiles nothing.
    member _.LearningRate
        with get (): float = learningRate
        and set (value: float) =
            learningRate <- value
            memory.Fill(TrainingStep.learningRateName, value)

    /// The names in the logs, "loss" first.
    member _.LogNames: string array = step.Logs.Results |> List.map fst |> Array.ofList

    /// A number for every name in the logs, over the batches since the metrics were reset.
    member _.Logs() : float array =
        let struct (bound, _) = logs.Value
        bound.Run()

        bound.Plan.Results
        |> Seq.map (fun result -> read (bound.AddressOf result.Operand))
        |> Array.ofSeq

    /// Forgets what the metrics counted.
    member _.ResetMetrics() : unit =
        for state in step.MetricStates do
            memory.Fill(state.Name, state.Initial)

    /// A copy of the weights, in the order of the model's weights.
    member _.Weights() : HostTensor array = weightNames |> Array.map memory.Read

    /// A copy of one weight, by its place in the model's weights.
    member _.ReadWeight(index: int) : HostTensor = memory.Read weightNames[index]

    /// Copies one weight into memory that the caller has. Raises ArgumentException when type or size differ.
    member _.ReadWeight(index: int, target: HostTensor) : unit = memory.Read(weightNames[index], target)

    /// Puts values in the place of the weights, in the order of the model's weights.
    member _.SetWeights(values: IReadOnlyList<HostTensor>) : unit =
        weightNames |> Array.iteri (fun index name -> memory.Write(name, values[index]))

    /// Puts a value in the place of one weight, by its place in the model's weights.
    member _.SetWeight(index: int, value: HostTensor) : unit = memory.Write(weightNames[index], value)

    /// A copy of what the metrics counted since they were reset.
    member _.MetricStates() : HostTensor array =
        step.MetricStates
        |> List.map (fun state -> memory.Read state.Name)
        |> Array.ofList

    /// Lets the metrics go on from what they counted before.
    member _.SetMetricStates(values: IReadOnlyList<HostTensor>) : unit =
        List.iteri (fun index (state: StateLeaf) -> memory.Write(state.Name, values[index])) step.MetricStates

    /// A copy of what the optimizer remembers, in the order of Keras's optimizer variables.
    member _.Slots() : HostTensor array =
        step.Slots |> List.map (fun slot -> memory.Read slot.Name) |> Array.ofList

    /// Puts values in the place of what the optimizer remembers.
    member _.SetSlots(values: IReadOnlyList<HostTensor>) : unit =
        List.iteri (fun index (slot: StateLeaf) -> memory.Write(slot.Name, values[index])) step.Slots

    /// Times the kernels of training steps on the first rows of the data, after as many steps that are not timed. Weights
    /// and the optimizer's state are the same afterwards; metrics are reset.
    member this.Profile(rows: int, steps: int) : PlanTimes =
        let weights, slots, iterationBefore = this.Weights(), this.Slots(), iteration
        let plan = (sized StepKind.Train rows).Plan
        let times = PlanTimes plan.Plan

        let trainSteps () =
            for _ in 1..steps do
                this.TrainRows(0, rows)

        try
            trainSteps ()
            plan.Times <- times
            trainSteps ()
        finally
            plan.Times <- null
            this.SetWeights weights
            this.SetSlots slots
            this.Iteration <- iterationBefore
            this.ResetMetrics()

        times

    interface IDisposable with
        member _.Dispose() =
            (steps :> IDisposable).Dispose()

            if logs.IsValueCreated then
                let struct (bound, arena) = logs.Value
                (bound :> IDisposable).Dispose()
                arena.Dispose()

            (source :> IDisposable).Dispose()
            (memory :> IDisposable).Dispose()
