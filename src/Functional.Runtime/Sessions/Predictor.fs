namespace Functional.Runtime.Sessions

#nowarn "9" // Results are copied out of native memory here.

open System
open System.Collections.Generic
open System.Threading
open Functional.Compiler.Planning
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution

/// Answers of a model. Safe from any number of threads at once: weights are values, and every run has a plan and memory
/// of its own.
[<Sealed>]
type Predictor(model: Model, floating: ElementType) =
    let weightLeaves = Model.weights model |> ModelLeaves.weights floating
    let inputNames = ModelLeaves.inputNames model |> Array.ofList

    let computation =
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

        {
            Results = lowered.Outputs |> List.mapi (fun index output -> $"output{index}", output.Node)
            Updates = []
        }

    let weightKeys = weightLeaves |> List.map LeafKeys.ofNode |> Array.ofList

    let struct (keyKind, keyName) = LeafKeys.ofNode ModelLeaves.key

    /// Batches that were answered: calls that behave as in training draw other numbers for every batch.
    let mutable batches = 0

    let pool = new PlanPool(computation)

    let bindWeights (plan: OwnedPlan) (values: IReadOnlyList<HostTensor>) =
        for index in 0 .. values.Count - 1 do
            let struct (kind, name) = weightKeys[index]
            plan.Bound.SetAddress(plan.Bound.BufferOf(kind, name), values[index].Address)

    let sizesOf (inputs: IReadOnlyList<HostTensor>) : Map<string, int> =
        ModelLeaves.bindSizes model [ for input in inputs -> List.ofArray (input.Shape.ToArray()) ]

    /// Copies one batch's result into the rows of the whole.
    let copyRows (plan: OwnedPlan) (result: PlanResult) (target: HostTensor) (firstRow: int) (rows: int) =
        let rowSize = target.SizeInBytes / int64 target.Shape[0]
        let destination = target.Address + nativeint (int64 firstRow * rowSize)
        let size = rowSize * int64 rows
        Buffer.MemoryCopy((plan.Bound.AddressOf result.Operand).ToPointer(), destination.ToPointer(), size, size)

    let allocate (results: IReadOnlyList<PlanResult>) (rows: int) : HostTensor array = [|
        for result in results ->
            let dimensions = Array.ofSeq result.Dimensions
            dimensions[0] <- rows
            HostTensor.Allocate(ElementKinds.ofCore result.ElementType, dimensions)
    |]

    /// The outputs for all rows of the inputs, computed batch by batch.
    /// `weightValues` are in the order of the model's weights, `inputs` in that of its inputs.
    member _.Run
        (weightValues: IReadOnlyList<HostTensor>, inputs: IReadOnlyList<HostTensor>, batchSize: int)
        : HostTensor array =
        if weightValues.Count <> weightKeys.Length then
            invalidArg
                (nameof weightValues)
                $"The model has {weightKeys.Length} weights, but {weightValues.Count} were given."

        if inputs.Count <> inputNames.Length then
            invalidArg (nameof inputs) $"The model has {inputNames.Length} inputs, but {inputs.Count} were given."

        let rowCount = inputs[0].Shape[0]
        let sizes = sizesOf inputs
        let mutable results: HostTensor array = [||]
        let mutable row = 0

        while row < rowCount do
            let rows = min batchSize (rowCount - row)
            let sizes = Map.add "batch" rows sizes
            let plan = pool.Rent sizes

            if results.Length = 0 then
                results <- allocate plan.Bound.Plan.Results rowCount

            bindWeights plan weightValues

            let keyBuffer = plan.Bound.BufferOf(keyKind, keyName)

            let key =
                if keyBuffer >= 0 then
                    let seedAndStep = [| 0; Interlocked.Increment &batches |]
                    Some(HostTensor.Create<int>(ReadOnlySpan [| 2 |], ReadOnlySpan seedAndStep))
                else
                    None

            key |> Option.iter (fun key -> plan.Bound.SetAddress(keyBuffer, key.Address))

            for index in 0 .. inputs.Count - 1 do
                let rowSize = inputs[index].SizeInBytes / int64 rowCount
                let address = inputs[index].Address + nativeint (int64 row * rowSize)
                plan.Bound.SetAddress(plan.Bound.BufferOf(LeafKind.Input, inputNames[index]), address)

            plan.Bound.Run()
            GC.KeepAlive key

            for index in 0 .. results.Length - 1 do
                copyRows plan plan.Bound.Plan.Results[index] results[index] row rows

            pool.Return(sizes, plan)
            row <- row + rows

        GC.KeepAlive weightValues
        GC.KeepAlive inputs
        results

    interface IDisposable with
        member _.Dispose() = (pool :> IDisposable).Dispose()
