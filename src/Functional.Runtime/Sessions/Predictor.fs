namespace Functional.Runtime.Sessions

#nowarn "9" // Results are copied out of native memory here.

open System
open System.Collections.Generic
open System.Numerics.Tensors
open Functional.Compiler.Planning
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// Answers of a model. Safe from any number of threads at once: weights are values, and every run has a plan and memory
/// of its own. Calls that behave as in training draw other numbers for every batch, from the keys that there are then.
[<Sealed>]
type Predictor(model: Model, asked: ElementType, keys: unit -> PredictionKeys) =
    let floating = Model.floating asked model
    let weightLeaves = Model.weights model |> ModelLeaves.weights floating
    let inputNames = ModelLeaves.inputNames model |> Array.ofList

    let lowered =
        ModelLeaves.lower
            {
                Mode = Mode.Inference
                Floating = floating
                Weights = ModelLeaves.byLayer (Model.weights model) weightLeaves
                Trainable = fun _ -> true
                Key = ModelLeaves.key
            }
            model

    /// The positions among the weights of what calls change: states that layers keep between batches.
    let states =
        lowered.Updates
        |> Seq.map (fun (layer, index, _) ->
            Model.weights model
            |> List.findIndex (fun weight -> obj.ReferenceEquals(weight.Layer, layer) && weight.Index = index))
        |> Array.ofSeq

    let outputCount = lowered.Outputs.Length

    let outputNames = Model.outputNames model |> Array.ofList

    /// The number of rows of every batch.
    let batchesOf (rowCount: int) (batchSize: int) : int list = [
        for row in 0L .. int64 batchSize .. int64 rowCount - 1L -> min batchSize (rowCount - int row)
    ]

    let computation = {
        Results =
            (lowered.Outputs |> List.mapi (fun index output -> $"output{index}", output.Node))
            @ (lowered.Updates |> List.mapi (fun index (_, _, next) -> $"state{index}", next))
        Updates = []
    }

    let batch = Model.tryBatch model

    let weightKeys = weightLeaves |> List.map LeafKeys.ofNode |> Array.ofList

    let struct (keyKind, keyName) = LeafKeys.ofNode ModelLeaves.key

    let pool =
        new PlanPool(fun sizes -> ModelSizes.compile model floating sizes computation)

    let bindWeights (plan: BoundPlan) (values: IReadOnlyList<HostTensor>) =
        for index in 0 .. values.Count - 1 do
            let struct (kind, name) = weightKeys[index]
            plan.SetAddress(plan.BufferOf(kind, name), values[index].Address)

    let sizesOf (inputs: IReadOnlyList<HostTensor>) : Map<string, int> =
        ModelLeaves.bindSizes model [ for input in inputs -> List.ofArray (input.Shape.ToArray()) ]

    /// Runs a plan on some rows; what it reads is alive until then.
    let runRows
        (nextKey: unit -> struct (int * int))
        (plan: BoundPlan)
        (weightValues: HostTensor array)
        (inputs: IReadOnlyList<HostTensor>)
        (row: int)
        : unit =
        bindWeights plan weightValues
        let keyBuffer = plan.BufferOf(keyKind, keyName)

        let key =
            if keyBuffer >= 0 then
                let struct (seed, step) = nextKey ()
                Some(HostTensor.Create<int>(ReadOnlySpan [| 2 |], ReadOnlySpan [| seed; step |]))
            else
                None

        key |> Option.iter (fun key -> plan.SetAddress(keyBuffer, key.Address))

        for index in 0 .. inputs.Count - 1 do
            let rowSize = inputs[index].SizeInBytes / int64 inputs[index].Shape[0]
            let address = inputs[index].Address + nativeint (int64 row * rowSize)
            plan.SetAddress(plan.BufferOf(LeafKind.Input, inputNames[index]), address)

        plan.Run()
        GC.KeepAlive key
        GC.KeepAlive weightValues
        GC.KeepAlive inputs

    /// Copies a batch's result behind those before it, and says how many bytes it has.
    let copyResult (plan: BoundPlan) (result: PlanResult) (target: HostTensor) (offset: int64) : int64 =
        let address = target.Address + nativeint offset

        let source = plan.AddressOf result.Operand

        let count =
            (1L, result.Dimensions) ||> Seq.fold (fun count length -> count * int64 length)

        let size = count * int64 (ElementType.sizeInBytes (ElementKinds.toCore target.Kind))

        if ElementKinds.toCore target.Kind = result.ElementType then
            Buffer.MemoryCopy(source.ToPointer(), address.ToPointer(), size, size)
        else
            // The model computes in double precision, but this result is a float.
            TensorPrimitives.ConvertTruncating(
                ReadOnlySpan<float>(source.ToPointer(), int count),
                Span<float32>(address.ToPointer(), int count)
            )

        size

    /// A tensor for the results of all batches. They lie one after the other along axis 0, whatever that axis is: the
    /// samples, or what an operation made of them. Raises ArgumentException when they cannot be put together so.
    let allocate (sizes: Map<string, int>) (batches: int list) (index: int) (output: Value) : HostTensor =
        let elementType =
            ModelLeaves.elementType asked (List.item index model.Outputs).ElementType

        let shapes =
            batches
            |> List.distinct
            |> List.map (fun rows -> rows, Shape.known (Shape.bind (Map.add "batch" rows sizes) output.Node.Shape))

        let refuse reason =
            invalidArg
                "x"
                $"Output '{outputNames[index]}' {reason}. Predict all {List.sum batches} samples as one batch: give this batchSize, or call PredictOnBatch."

        let lengths =
            match shapes with
            | (_, lengths) :: _ when batches.Length = 1 -> lengths
            | (_, []) :: _ ->
                refuse
                    $"is one number for each batch, without an axis along which the results of {batches.Length} batches could be joined"
            | (rows, (_ :: others as first)) :: rest ->
                match rest |> List.tryFind (fun (_, lengths) -> List.tail lengths <> others) with
                | Some(otherRows, other) ->
                    refuse
                        $"has shape {Shape.ofInts first} for a batch of {rows} samples but {Shape.ofInts other} for the last one of {otherRows}: such results cannot be joined along axis 0"
                | None ->
                    let lengthOf rows =
                        (Map.find rows (Map.ofList shapes)).Head

                    List.sumBy lengthOf batches :: others
            | [] -> []

        HostTensor.Allocate(ElementKinds.ofCore elementType, Array.ofList lengths)

    /// The states after a batch, as values of their own.
    let keepStates (plan: BoundPlan) (values: HostTensor array) : unit =
        for index in 0 .. states.Length - 1 do
            let result = plan.Plan.Results[outputCount + index]

            let next =
                HostTensor.Allocate(ElementKinds.ofCore result.ElementType, Array.ofSeq result.Dimensions)

            copyResult plan result next 0L |> ignore
            values[states[index]] <- next

    /// With random numbers that follow from a seed.
    new(model: Model, floating: ElementType, seed: int) =
        let keys = PredictionKeys seed
        new Predictor(model, floating, (fun () -> keys))

    /// The positions among the weights of states that layers keep between batches: Run puts their next values in place.
    member _.States: IReadOnlyList<int> = states

    /// The outputs for all rows of the inputs, computed batch by batch and joined along axis 0; an input that fixes the
    /// size of a batch decides it. States among `weightValues` are replaced by those after the last batch.
    /// `weightValues` are in the order of the model's weights, `inputs` in that of its inputs.
    member _.Run(weightValues: HostTensor array, inputs: IReadOnlyList<HostTensor>, batchSize: int) : HostTensor array =
        if weightValues.Length <> weightKeys.Length then
            invalidArg
                (nameof weightValues)
                $"The model has {weightKeys.Length} weights, but {weightValues.Length} were given."

        if inputs.Count <> inputNames.Length then
            invalidArg (nameof inputs) $"The model has {inputNames.Length} inputs, but {inputs.Count} were given."

        let rowCount = inputs[0].Shape[0]
        let batchSize = batch |> Option.defaultValue batchSize
        let sizes = sizesOf inputs
        let batches = batchesOf rowCount batchSize
        let plans = pool.Rent()
        // Sizes that do not go through the model are refused before there are results of such sizes.
        plans.Get(Map.add "batch" batches.Head sizes) |> ignore
        let results = lowered.Outputs |> List.mapi (allocate sizes batches) |> Array.ofList
        let written: int64 array = Array.zeroCreate results.Length
        let mutable row = 0

        for rows in batches do
            let plan = plans.Get(Map.add "batch" rows sizes)
            runRows (fun () -> keys().Next()) plan weightValues inputs row

            for index in 0 .. results.Length - 1 do
                written[index] <-
                    written[index]
                    + copyResult plan plan.Plan.Results[index] results[index] written[index]

            keepStates plan weightValues
            row <- row + rows

        pool.Return plans
        results

    /// Times the kernels that answer the first rows, after as many runs that are not timed. Later predictions draw the same
    /// random numbers as without it.
    member _.Profile
        (weightValues: HostTensor array, inputs: IReadOnlyList<HostTensor>, rows: int, runs: int)
        : PlanTimes =
        let plans = pool.Rent()
        let plan = plans.Get(Map.add "batch" rows (sizesOf inputs))
        let times = PlanTimes plan.Plan

        let runAll () =
            for _ in 1..runs do
                runRows (fun () -> struct (0, 0)) plan weightValues inputs 0

        try
            runAll ()
            plan.Times <- times
            runAll ()
        finally
            plan.Times <- null
            pool.Return plans

        times

    interface IDisposable with
        member _.Dispose() = (pool :> IDisposable).Dispose()
