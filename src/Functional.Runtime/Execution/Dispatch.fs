namespace Functional.Runtime.Execution

open System.Collections.Immutable
open Functional.Core.Tensors
open Functional.Kernels.Blas
open Functional.Kernels.Convolution
open Functional.Kernels.Execution
open Functional.Kernels.Lookup
open Functional.Kernels.Loops
open Functional.Kernels.Memory
open Functional.Kernels.Movement
open Functional.Kernels.Pooling
open Functional.Kernels.Randomness
open Functional.Kernels.Reductions
open Functional.Core.Graph
open Functional.Compiler.Planning

/// From kernel calls to kernels: the one match.
[<RequireQualifiedAccess>]
module Dispatch =

    let private elementTypeOf (plan: Plan) (operand: Operand<buffer>) : ElementType =
        plan.Buffers[int operand.Id].ElementType

    /// An operand as kernels name it.
    let private place (plan: Plan) (operand: Operand<buffer>) : BufferOperand =
        let size = ElementType.sizeInBytes (elementTypeOf plan operand)
        BufferOperand(int operand.Id, int64 operand.OffsetInElements * int64 size)

    /// A loop; its parts are groups of rows where those are given.
    let private loopOver
        (groups: System.Nullable<RowGroups>)
        (cache: LoopCodeCache)
        (plan: Plan)
        (program: LoopProgram)
        (reads: Operand<buffer> ImmutableArray)
        (writes: Operand<buffer> ImmutableArray)
        : BoundLoop =
        let translated = LoopTranslation.program program

        let kernel =
            match plan.FloatType with
            | ElementType.Float64 -> LoopKernel.Prepare<float>(translated, true, cache, groups)
            | ElementType.Float32
            | ElementType.Int32
            | ElementType.Bool -> LoopKernel.Prepare<float32>(translated, true, cache, groups)

        let operands = KernelCall.loopOperands program reads writes
        new BoundLoop(kernel, ImmutableArray.CreateRange(operands, place plan))

    let private accumulates (program: LoopProgram) : bool =
        program.Instructions
        |> Seq.exists (fun instruction -> instruction.Operation.IsAccumulate)

    let private matrixProduct
        (cache: LoopCodeCache)
        (plan: Plan)
        (product: MatrixProduct)
        (call: KernelCall<buffer>)
        : BoundKernel =
        let shape =
            ProductShape(
                product.Rows,
                product.Columns,
                product.Inner,
                product.Left.IsTransposed,
                product.Right.IsTransposed,
                LeftStride = product.Left.LeadingDimension,
                RightStride = product.Right.LeadingDimension,
                BatchCount = product.Batch,
                LeftBatchStride = int64 product.Left.BatchStride,
                RightBatchStride = int64 product.Right.BatchStride,
                OuterBatchCount = product.OuterBatch,
                LeftOuterStride = int64 product.Left.OuterStride,
                RightOuterStride = int64 product.Right.OuterStride
            )

        let kind = ElementKinds.ofCore (elementTypeOf plan call.Writes[0])

        // Without sums any block of finished rows will do.
        let epilogue: BoundLoop | null =
            match call.Epilogue with
            | Some epilogue ->
                let groups =
                    if accumulates epilogue.Program then
                        BoundMatrixProduct.GroupsOf(kind, &shape)
                    else
                        System.Nullable()

                loopOver groups cache plan epilogue.Program epilogue.Reads epilogue.Writes
            | None -> null

        new BoundMatrixProduct(
            kind,
            &shape,
            place plan call.Reads[0],
            place plan call.Reads[1],
            place plan call.Writes[0],
            product.Accumulate,
            product.RightStays,
            epilogue
        )

    let private argMax
        (plan: Plan)
        outer
        axis
        inner
        (source: Operand<buffer>)
        (destination: Operand<buffer>)
        : BoundKernel =
        let from, into = place plan source, place plan destination

        match elementTypeOf plan source with
        | ElementType.Float32 -> new BoundArgMax<float32>(ArgMax<float32>(outer, axis, inner), from, into)
        | ElementType.Float64 -> new BoundArgMax<float>(ArgMax<float>(outer, axis, inner), from, into)
        | ElementType.Int32 -> new BoundArgMax<int>(ArgMax<int>(outer, axis, inner), from, into)
        | ElementType.Bool -> new BoundArgMax<byte>(ArgMax<byte>(outer, axis, inner), from, into)

    let private cumulativeSum (plan: Plan) outer axis inner reverse exclusive source destination : BoundKernel =
        let from, into = place plan source, place plan destination

        match elementTypeOf plan source with
        | ElementType.Float32 ->
            new BoundCumulativeSum<float32>(CumulativeSum<float32>(outer, axis, inner, reverse, exclusive), from, into)
        | ElementType.Float64 ->
            new BoundCumulativeSum<float>(CumulativeSum<float>(outer, axis, inner, reverse, exclusive), from, into)
        | ElementType.Int32
        | ElementType.Bool ->
            new BoundCumulativeSum<int>(CumulativeSum<int>(outer, axis, inner, reverse, exclusive), from, into)

    let private scatterAdd
        (plan: Plan)
        outer
        axis
        inner
        count
        (indices: Operand<buffer>)
        (updates: Operand<buffer>)
        (destination: Operand<buffer>)
        : BoundKernel =
        let at, from, into = place plan indices, place plan updates, place plan destination

        match elementTypeOf plan updates with
        | ElementType.Float32 ->
            new BoundScatterAdd<float32>(ScatterAdd<float32>(outer, axis, inner, count, false), axis, at, from, into)
        | ElementType.Float64 ->
            new BoundScatterAdd<float>(ScatterAdd<float>(outer, axis, inner, count, false), axis, at, from, into)
        | ElementType.Int32
        | ElementType.Bool ->
            new BoundScatterAdd<int>(ScatterAdd<int>(outer, axis, inner, count, false), axis, at, from, into)

    let private random
        (plan: Plan)
        (distribution: Distribution)
        stream
        (count: int)
        (key: Operand<buffer>)
        (destination: Operand<buffer>)
        : BoundKernel =
        let distribution =
            match distribution with
            | Distribution.Uniform -> RandomDistribution.Uniform
            | Distribution.Normal -> RandomDistribution.Normal
            | Distribution.TruncatedNormal -> RandomDistribution.TruncatedNormal

        match elementTypeOf plan destination with
        | ElementType.Float64 ->
            new BoundRandom<float>(
                RandomFill<float>(distribution, int64 count),
                stream,
                place plan key,
                place plan destination
            )
        | ElementType.Float32
        | ElementType.Int32
        | ElementType.Bool ->
            new BoundRandom<float32>(
                RandomFill<float32>(distribution, int64 count),
                stream,
                place plan key,
                place plan destination
            )

    let private windows (axes: ImmutableArray<Functional.Compiler.Planning.WindowAxis>) =
        axes
        |> Seq.map (fun axis ->
            Functional.Kernels.Convolution.WindowAxis(
                axis.Input,
                axis.Size,
                axis.Output,
                axis.Stride,
                axis.Low,
                axis.Dilation
            ))
        |> ImmutableArray.CreateRange

    let private convolution
        (cache: LoopCodeCache)
        (plan: Plan)
        (sizes: ConvolutionSizes)
        (call: KernelCall<buffer>)
        : BoundKernel =
        let direction =
            match sizes.Direction with
            | ConvolutionDirection.Forward -> Functional.Kernels.Convolution.ConvolutionDirection.Forward
            | ConvolutionDirection.InputGradient -> Functional.Kernels.Convolution.ConvolutionDirection.InputGradient
            | ConvolutionDirection.KernelGradient -> Functional.Kernels.Convolution.ConvolutionDirection.KernelGradient

        let shape =
            ConvolutionShape(
                sizes.Batch,
                (windows sizes.Axes).AsSpan(),
                sizes.InputChannels,
                sizes.OutputChannels,
                sizes.Groups
            )

        let left, right, into =
            place plan call.Reads[0], place plan call.Reads[1], place plan call.Writes[0]

        let epilogue groups : BoundLoop | null =
            match call.Epilogue with
            | Some epilogue -> loopOver groups cache plan epilogue.Program epilogue.Reads epilogue.Writes
            | None -> null

        match elementTypeOf plan call.Writes[0] with
        | ElementType.Float64 ->
            let kernel = ConvolutionKernels.Create<float>(shape, direction)
            new BoundConvolution<float>(kernel, left, right, into, epilogue kernel.Groups)
        | ElementType.Float32
        | ElementType.Int32
        | ElementType.Bool ->
            let kernel = ConvolutionKernels.Create<float32>(shape, direction)
            new BoundConvolution<float32>(kernel, left, right, into, epilogue kernel.Groups)

    let private pool (plan: Plan) (sizes: PoolSizes) (call: KernelCall<buffer>) : BoundKernel =
        let poolFunction =
            match sizes.Function with
            | PoolFunction.Sum -> Functional.Kernels.Pooling.PoolFunction.Sum
            | PoolFunction.SumGradient -> Functional.Kernels.Pooling.PoolFunction.SumGradient
            | PoolFunction.Maximum -> Functional.Kernels.Pooling.PoolFunction.Maximum
            | PoolFunction.SelectAndScatter -> Functional.Kernels.Pooling.PoolFunction.SelectAndScatter
            | PoolFunction.SelectAndGather -> Functional.Kernels.Pooling.PoolFunction.SelectAndGather

        let shape = PoolShape(sizes.Batch, (windows sizes.Axes).AsSpan(), sizes.Channels)

        let first = place plan call.Reads[0]
        let second = place plan call.Reads[call.Reads.Length - 1]
        let into = place plan call.Writes[0]

        match elementTypeOf plan call.Writes[0] with
        | ElementType.Float64 -> new BoundPool<float>(Pool<float>(shape, poolFunction), first, second, into)
        | ElementType.Float32
        | ElementType.Int32
        | ElementType.Bool -> new BoundPool<float32>(Pool<float32>(shape, poolFunction), first, second, into)

    /// The kernel of a call, with its scratch memory, not bound to addresses yet. Compiled loops are kept in the cache. The
    /// kernel of a scan runs a plan; a function makes it.
    let bind
        (cache: LoopCodeCache)
        (bindScan: ScanLoop -> KernelCall<buffer> -> BoundKernel)
        (plan: Plan)
        (call: KernelCall<buffer>)
        : BoundKernel =
        let read position = call.Reads[position]
        let written () = call.Writes[0]

        match call.Kernel with
        | Kernel.Loop program -> loopOver (System.Nullable()) cache plan program call.Reads call.Writes
        | Kernel.MatrixProduct product -> matrixProduct cache plan product call
        | Kernel.Copy copy ->
            let prepared =
                StridedCopy.Prepare(
                    copy.Extents.AsSpan(),
                    copy.SourceStrides.AsSpan(),
                    copy.DestinationStrides.AsSpan(),
                    ElementType.sizeInBytes copy.ElementType
                )

            new BoundCopy(prepared, place plan (read 0), place plan (written ()))
        | Kernel.Fill(count, value) ->
            let kind = ElementKinds.ofCore (elementTypeOf plan (written ()))
            new BoundFill(kind, count, value, place plan (written ()))
        | Kernel.ArgMax(outer, axis, inner) -> argMax plan outer axis inner (read 0) (written ())
        | Kernel.CumulativeSum(outer, axis, inner, reverse, exclusive) ->
            cumulativeSum plan outer axis inner reverse exclusive (read 0) (written ())
        | Kernel.Hash(count, bins, key) ->
            let hash =
                match key with
                | Some(key0, key1) -> DecimalHash(count, bins, key0, key1)
                | None -> DecimalHash(count, bins)

            new BoundDecimalHash(hash, place plan (read 0), place plan (written ()))
        | Kernel.Gather(outer, axis, inner, count) ->
            let size = ElementType.sizeInBytes (elementTypeOf plan (read 0))
            let gather = Gather.Prepare(outer, axis, inner, count, size)
            new BoundGather(gather, axis, place plan (read 0), place plan (read 1), place plan (written ()))
        | Kernel.ScatterAdd(outer, axis, inner, count) ->
            scatterAdd plan outer axis inner count (read 0) (read 1) (written ())
        | Kernel.Random(distribution, stream, count) -> random plan distribution stream count (read 0) (written ())
        | Kernel.Convolution sizes -> convolution cache plan sizes call
        | Kernel.Pool sizes -> pool plan sizes call
        | Kernel.Scan scan -> bindScan scan call
