namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Tensors
open Functional.Core.Graph

/// Where a kernel reads or writes: a buffer of the plan and the element of it that comes first.
[<Struct>]
type Operand = { Buffer: int; OffsetInElements: int }

/// A factor of a matrix product: a row-major matrix per batch entry, as it lies in memory.
type MatrixOperand = {
    Operand: Operand
    /// Whether the product uses the transposed matrix.
    IsTransposed: bool
    /// Elements from one row in memory to the next.
    LeadingDimension: int
    /// Elements from one batch entry to the next; 0 uses one matrix for all.
    BatchStride: int
    /// Elements from the first entry of a batch to that of the next batch.
    OuterStride: int
}

/// What happens to the elements of a kernel's result while they are in cache: a program whose iteration space is the
/// result, position by position. It can run after the whole kernel. Where its last extent divides the result's rows, it can
/// as well run on blocks of finished rows, whose sums are put together afterwards.
type Epilogue = {
    Program: LoopProgram
    /// The first one is the kernel's result.
    Operands: ImmutableArray<Operand>
}

/// result[b] = left[b] * right[b], for every b of all batches; results are contiguous.
type MatrixProduct = {
    /// How many batches there are, at the outer strides of the factors.
    OuterBatch: int
    /// How many products a batch has, at the batch strides of the factors.
    Batch: int
    /// M: rows of the left factor (as used) and of the result.
    Rows: int
    /// N: columns of the right factor (as used) and of the result.
    Columns: int
    /// K: the length that is summed over.
    Inner: int
    Left: MatrixOperand
    Right: MatrixOperand
    /// Receives the product, also when only the epilogue reads it. Overlaps neither factor.
    Result: Operand
    /// Whether the product is added to what the result holds.
    Accumulate: bool
    /// Whether the right factor is the same at all positions of the loop that the product is in.
    RightStays: bool
    Epilogue: Epilogue option
}

/// A convolution or one of its gradients. Everything is contiguous; rows of the result are its last axis.
type ConvolutionCall = {
    Sizes: ConvolutionSizes
    /// The input, or upstream for the gradient of the input.
    Left: Operand
    /// The kernel, or upstream for the gradient of the kernel.
    Right: Operand
    /// Receives the result, also when only the epilogue reads it. Overlaps neither factor.
    Result: Operand
    Epilogue: Epilogue option
}

/// Copies a box of elements between two places; source and destination do not overlap.
type StridedCopy = {
    Extents: ImmutableArray<int>
    ElementType: ElementType
    Source: Operand
    /// In elements, one per extent; 0 repeats, negative ones go backwards from the operand's offset.
    SourceStrides: ImmutableArray<int>
    Destination: Operand
    /// In elements, one per extent, none of them 0 (where the extent is above 1).
    DestinationStrides: ImmutableArray<int>
}

/// Where a buffer's memory comes from.
[<RequireQualifiedAccess>]
type Storage =
    /// A part of the plan's one arena; the offset is a multiple of 64 bytes.
    | Arena of offsetInBytes: int64
    /// Memory that the runtime binds: inputs, parameters, variables.
    | External of kind: LeafKind * name: string
    /// Written once, when the plan is bound.
    | Constant of literal: Literal

/// A numbered piece of memory.
type Buffer = {
    ElementType: ElementType
    SizeInElements: int
    Storage: Storage
}

/// A named value that the caller reads after a run: contiguous, at an operand.
type PlanResult = {
    Name: string
    Operand: Operand
    ElementType: ElementType
    Dimensions: ImmutableArray<int>
}

/// A kernel with its sizes and operands: data, not a call. The runtime has one match over it.
[<RequireQualifiedAccess>]
type KernelCall =
    | Loop of program: LoopProgram * operands: ImmutableArray<Operand>
    | MatrixProduct of product: MatrixProduct
    | Copy of copy: StridedCopy
    /// Writes one value to consecutive elements.
    | Fill of destination: Operand * count: int * value: float
    /// Position (int32) of the first maximum along the middle of (outer, axis, inner).
    | ArgMax of outer: int * axis: int * inner: int * source: Operand * destination: Operand
    /// Sums along the middle of (outer, axis, inner), up to each place or from it on, with it or without.
    | CumulativeSum of
        outer: int *
        axis: int *
        inner: int *
        reverse: bool *
        exclusive: bool *
        source: Operand *
        destination: Operand
    /// The bins of int32 numbers by a hash of their decimal texts.
    | Hash of count: int * bins: int * key: (uint64 * uint64) option * source: Operand * destination: Operand
    /// destination (outer, count, inner) from values (outer, axis, inner) at int32 indices (count).
    | Gather of
        outer: int *
        axis: int *
        inner: int *
        count: int *
        values: Operand *
        indices: Operand *
        destination: Operand
    /// destination (outer, axis, inner) = zeros, with updates (outer, count, inner) added at int32 indices (count).
    | ScatterAdd of
        outer: int *
        axis: int *
        inner: int *
        count: int *
        indices: Operand *
        updates: Operand *
        destination: Operand
    /// Numbers of a stream; the key is two int32: seed and step.
    | Random of distribution: Distribution * stream: int * count: int * key: Operand * destination: Operand
    | Convolution of convolution: ConvolutionCall
    /// One input for sums and maxima, two for selections; all contiguous.
    | Pool of sizes: PoolSizes * inputs: Operand list * destination: Operand
    /// A loop over positions, each of which runs a plan.
    | Scan of scan: ScanCall

/// A value that the steps of a loop hand on: a variable that the body updates, or an input that follows an output.
and ScanCarry = {
    Leaf: string
    /// The output that is the next value: then a step reads it where the step before stacked it.
    Follows: string option
    Initial: Operand
    /// Where the last value goes, when something reads it; until then it has the current one.
    Final: Operand option
    ElementType: ElementType
    SizeInElements: int
}

/// What a leaf of a loop's body stands for.
and ScanOperand = {
    Leaf: string
    Operand: Operand
    /// Elements from one position of the loop to the next; 0 for what stays.
    Stride: int
}

/// A loop. The body's carries and outputs are variables that it updates, the sequences and what stays are its inputs.
and ScanCall = {
    Length: int
    IsReversed: bool
    Body: Plan
    Carries: ImmutableArray<ScanCarry>
    Inputs: ImmutableArray<ScanOperand>
    Outputs: ImmutableArray<ScanOperand>
}

/// What a computation becomes: kernel calls, in order, over numbered buffers. Immutable; running it is the runtime's
/// business. Updated leaves hold their next value in their own (external) buffer after the last instruction.
and [<ReferenceEquality>] Plan = {
    /// What RegisterType.Float stands for: float32 or float64.
    FloatType: ElementType
    Buffers: ImmutableArray<Buffer>
    Instructions: ImmutableArray<KernelCall>
    Results: ImmutableArray<PlanResult>
    /// The leaves whose external buffers the plan writes.
    Updated: ImmutableArray<struct (LeafKind * string)>
    /// The size of the arena.
    ArenaSizeInBytes: int64
    /// What the arena's buffers would take if none shared memory.
    UnsharedSizeInBytes: int64
}

[<RequireQualifiedAccess>]
module KernelCall =

    let private ofAccess access (program: LoopProgram) (operands: ImmutableArray<Operand>) : Operand list = [
        for position in 0 .. operands.Length - 1 do
            if program.Operands[position].Access = access then
                operands[position]
    ]

    let private ofEpilogue access (epilogue: Epilogue option) : Operand list =
        match epilogue with
        | Some epilogue -> ofAccess access epilogue.Program epilogue.Operands
        | None -> []

    /// The factors, result and epilogue of a kernel that can have an epilogue.
    let tryProduct (call: KernelCall) : struct (Operand list * Operand * Epilogue option) voption =
        match call with
        | KernelCall.MatrixProduct product ->
            ValueSome(struct ([ product.Left.Operand; product.Right.Operand ], product.Result, product.Epilogue))
        | KernelCall.Convolution convolution ->
            ValueSome(struct ([ convolution.Left; convolution.Right ], convolution.Result, convolution.Epilogue))
        | KernelCall.Loop _
        | KernelCall.Copy _
        | KernelCall.Fill _
        | KernelCall.ArgMax _
        | KernelCall.CumulativeSum _
        | KernelCall.Hash _
        | KernelCall.Gather _
        | KernelCall.ScatterAdd _
        | KernelCall.Random _
        | KernelCall.Pool _
        | KernelCall.Scan _ -> ValueNone

    /// The same call with an epilogue; a kernel that can have none stays as it is.
    let withEpilogue (epilogue: Epilogue) (call: KernelCall) : KernelCall =
        match call with
        | KernelCall.MatrixProduct product ->
            KernelCall.MatrixProduct {
                product with
                    Epilogue = Some epilogue
            }
        | KernelCall.Convolution convolution ->
            KernelCall.Convolution {
                convolution with
                    Epilogue = Some epilogue
            }
        | KernelCall.Loop _
        | KernelCall.Copy _
        | KernelCall.Fill _
        | KernelCall.ArgMax _
        | KernelCall.CumulativeSum _
        | KernelCall.Hash _
        | KernelCall.Gather _
        | KernelCall.ScatterAdd _
        | KernelCall.Random _
        | KernelCall.Pool _
        | KernelCall.Scan _ -> call

    /// The operands that a kernel reads.
    let reads (call: KernelCall) : Operand list =
        match call with
        | KernelCall.Loop(program, operands) -> ofAccess OperandAccess.Read program operands
        | KernelCall.MatrixProduct product ->
            [ product.Left.Operand; product.Right.Operand ]
            @ (if product.Accumulate then [ product.Result ] else [])
            @ ofEpilogue OperandAccess.Read product.Epilogue
        | KernelCall.Copy copy -> [ copy.Source ]
        | KernelCall.Fill _ -> []
        | KernelCall.ArgMax(_, _, _, source, _) -> [ source ]
        | KernelCall.CumulativeSum(_, _, _, _, _, source, _) -> [ source ]
        | KernelCall.Hash(_, _, _, source, _) -> [ source ]
        | KernelCall.Gather(_, _, _, _, values, indices, _) -> [ values; indices ]
        | KernelCall.ScatterAdd(_, _, _, _, indices, updates, _) -> [ indices; updates ]
        | KernelCall.Random(_, _, _, key, _) -> [ key ]
        | KernelCall.Convolution convolution ->
            [ convolution.Left; convolution.Right ]
            @ ofEpilogue OperandAccess.Read convolution.Epilogue
        | KernelCall.Pool(_, inputs, _) -> inputs
        | KernelCall.Scan scan -> [
            for carry in scan.Carries -> carry.Initial
            for input in scan.Inputs -> input.Operand
          ]

    /// The operands that a kernel writes.
    let writes (call: KernelCall) : Operand list =
        match call with
        | KernelCall.Loop(program, operands) -> ofAccess OperandAccess.Write program operands
        | KernelCall.MatrixProduct product -> product.Result :: ofEpilogue OperandAccess.Write product.Epilogue
        | KernelCall.Copy copy -> [ copy.Destination ]
        | KernelCall.Fill(destination, _, _) -> [ destination ]
        | KernelCall.ArgMax(_, _, _, _, destination) -> [ destination ]
        | KernelCall.CumulativeSum(_, _, _, _, _, _, destination) -> [ destination ]
        | KernelCall.Hash(_, _, _, _, destination) -> [ destination ]
        | KernelCall.Gather(_, _, _, _, _, _, destination) -> [ destination ]
        | KernelCall.ScatterAdd(_, _, _, _, _, _, destination) -> [ destination ]
        | KernelCall.Random(_, _, _, _, destination) -> [ destination ]
        | KernelCall.Convolution convolution ->
            convolution.Result :: ofEpilogue OperandAccess.Write convolution.Epilogue
        | KernelCall.Pool(_, _, destination) -> [ destination ]
        | KernelCall.Scan scan ->
            (scan.Carries |> Seq.choose _.Final |> List.ofSeq)
            @ [ for output in scan.Outputs -> output.Operand ]

    /// The same call with every operand moved.
    let mapOperands (move: Operand -> Operand) (call: KernelCall) : KernelCall =
        let moveAll (operands: ImmutableArray<Operand>) =
            operands |> Seq.map move |> ImmutableArray.CreateRange

        let moveEpilogue (epilogue: Epilogue option) =
            epilogue
            |> Option.map (fun epilogue -> {
                epilogue with
                    Operands = moveAll epilogue.Operands
            })

        match call with
        | KernelCall.Loop(program, operands) -> KernelCall.Loop(program, moveAll operands)
        | KernelCall.MatrixProduct product ->
            KernelCall.MatrixProduct {
                product with
                    Left = {
                        product.Left with
                            Operand = move product.Left.Operand
                    }
                    Right = {
                        product.Right with
                            Operand = move product.Right.Operand
                    }
                    Result = move product.Result
                    Epilogue = moveEpilogue product.Epilogue
            }
        | KernelCall.Copy copy ->
            KernelCall.Copy {
                copy with
                    Source = move copy.Source
                    Destination = move copy.Destination
            }
        | KernelCall.Fill(destination, count, value) -> KernelCall.Fill(move destination, count, value)
        | KernelCall.ArgMax(outer, axis, inner, source, destination) ->
            KernelCall.ArgMax(outer, axis, inner, move source, move destination)
        | KernelCall.CumulativeSum(outer, axis, inner, reverse, exclusive, source, destination) ->
            KernelCall.CumulativeSum(outer, axis, inner, reverse, exclusive, move source, move destination)
        | KernelCall.Hash(count, bins, key, source, destination) ->
            KernelCall.Hash(count, bins, key, move source, move destination)
        | KernelCall.Gather(outer, axis, inner, count, values, indices, destination) ->
            KernelCall.Gather(outer, axis, inner, count, move values, move indices, move destination)
        | KernelCall.ScatterAdd(outer, axis, inner, count, indices, updates, destination) ->
            KernelCall.ScatterAdd(outer, axis, inner, count, move indices, move updates, move destination)
        | KernelCall.Random(distribution, stream, count, key, destination) ->
            KernelCall.Random(distribution, stream, count, move key, move destination)
        | KernelCall.Convolution convolution ->
            KernelCall.Convolution {
                convolution with
                    Left = move convolution.Left
                    Right = move convolution.Right
                    Result = move convolution.Result
                    Epilogue = moveEpilogue convolution.Epilogue
            }
        | KernelCall.Pool(sizes, inputs, destination) -> KernelCall.Pool(sizes, List.map move inputs, move destination)
        | KernelCall.Scan scan ->
            let moveOperands (operands: ImmutableArray<ScanOperand>) =
                operands
                |> Seq.map (fun operand -> {
                    operand with
                        Operand = move operand.Operand
                })
                |> ImmutableArray.CreateRange

            KernelCall.Scan {
                scan with
                    Carries =
                        scan.Carries
                        |> Seq.map (fun carry -> {
                            carry with
                                Initial = move carry.Initial
                                Final = Option.map move carry.Final
                        })
                        |> ImmutableArray.CreateRange
                    Inputs = moveOperands scan.Inputs
                    Outputs = moveOperands scan.Outputs
            }
