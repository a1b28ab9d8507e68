namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Tensors
open Functional.Core.Graph

/// The number of a value: of a node of a specialized graph, or of a copy that has no node.
[<Measure>]
type value

/// The number of a buffer of a plan.
[<Measure>]
type buffer

/// Where a kernel reads or writes: a value until memory is planned, then a buffer; and the element of it that comes first.
[<Struct>]
type Operand<[<Measure>] 'id> = { Id: int<'id>; OffsetInElements: int }

/// A factor of a matrix product: a row-major matrix per batch entry, as it lies in memory.
type MatrixLayout = {
    /// Whether the product uses the transposed matrix.
    IsTransposed: bool
    /// Elements from one row in memory to the next.
    LeadingDimension: int
    /// Elements from one batch entry to the next; 0 uses one matrix for all.
    BatchStride: int
    /// Elements from the first entry of a batch to that of the next batch.
    OuterStride: int
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
    Left: MatrixLayout
    Right: MatrixLayout
    /// Whether the product is added to what the result holds, which it then reads as well.
    Accumulate: bool
    /// Whether the right factor is the same at all positions of the loop that the product is in.
    RightStays: bool
}

/// Copies a box of elements between two places that do not overlap.
type StridedCopy = {
    Extents: ImmutableArray<int>
    ElementType: ElementType
    /// In elements, one per extent; 0 repeats, negative ones go backwards from the operand's offset.
    SourceStrides: ImmutableArray<int>
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
    Operand: Operand<buffer>
    ElementType: ElementType
    Dimensions: ImmutableArray<int>
}

/// What happens to the elements of a kernel's result while they are in cache: a program whose iteration space is the
/// result, position by position. It can run after the whole kernel. Where its last extent divides the result's rows, it can
/// as well run on blocks of finished rows, whose sums are put together afterwards.
type Epilogue<[<Measure>] 'id> = {
    Program: LoopProgram
    /// What the program reads, in the order of its operands; the first one is the kernel's result.
    Reads: ImmutableArray<Operand<'id>>
    /// What the program writes, in the order of its operands.
    Writes: ImmutableArray<Operand<'id>>
}

/// A value that the steps of a loop hand on: a variable that the body updates, or an input that follows an output.
type ScanCarry = {
    Leaf: string
    /// The output that is the next value: then a step reads it where the step before stacked it.
    Follows: string option
    /// Whether something reads the last value.
    HasFinal: bool
    ElementType: ElementType
    SizeInElements: int
}

/// What a leaf of a loop's body stands for.
type ScanOperand = {
    Leaf: string
    /// Elements from one position of the loop to the next; 0 for what stays.
    Stride: int
}

/// A kernel with its sizes: data, not a call. The runtime has one match over it. Each case says what a call of it reads
/// and writes, in this order.
[<RequireQualifiedAccess>]
type Kernel =
    /// Reads and writes the program's operands.
    | Loop of program: LoopProgram
    /// Reads the left and the right factor, and the result where it accumulates; writes the result, which overlaps neither
    /// factor, also when only the epilogue reads it.
    | MatrixProduct of product: MatrixProduct
    /// Reads the source, writes the destination.
    | Copy of copy: StridedCopy
    /// Writes one value to consecutive elements.
    | Fill of count: int * value: float
    /// Position (int32) of the first maximum along the middle of (outer, axis, inner).
    | ArgMax of outer: int * axis: int * inner: int
    /// Sums along the middle of (outer, axis, inner), up to each place or from it on, with it or without.
    | CumulativeSum of outer: int * axis: int * inner: int * reverse: bool * exclusive: bool
    /// The bins of int32 numbers by a hash of their decimal texts.
    | Hash of count: int * bins: int * key: (uint64 * uint64) option
    /// Reads values (outer, axis, inner) and int32 indices (count), writes (outer, count, inner).
    | Gather of outer: int * axis: int * inner: int * count: int
    /// Reads int32 indices (count) and updates (outer, count, inner), writes (outer, axis, inner): zeros with the updates
    /// added at the indices.
    | ScatterAdd of outer: int * axis: int * inner: int * count: int
    /// Numbers of a stream; reads the key, two int32: seed and step.
    | Random of distribution: Distribution * stream: int * count: int
    /// Reads the input (or upstream, for its own gradient) and the kernel (or upstream, for the gradient of the kernel).
    /// Everything is contiguous; rows of the result are its last axis, and it overlaps neither factor.
    | Convolution of sizes: ConvolutionSizes
    /// Reads one input for sums and maxima, two for selections; all contiguous.
    | Pool of sizes: PoolSizes
    /// A loop over positions, each of which runs a plan. Reads the first value of every carry, then the inputs; writes the
    /// last value of every carry that has one, then the outputs.
    | Scan of scan: ScanLoop

/// A loop. The body's carries and outputs are variables that it updates, the sequences and what stays are its inputs.
and ScanLoop = {
    Length: int
    IsReversed: bool
    Body: Plan
    Carries: ImmutableArray<ScanCarry>
    Inputs: ImmutableArray<ScanOperand>
    Outputs: ImmutableArray<ScanOperand>
}

/// A kernel, what it works on, and what follows while its result is in cache.
and KernelCall<[<Measure>] 'id> = {
    Kernel: Kernel
    Reads: ImmutableArray<Operand<'id>>
    Writes: ImmutableArray<Operand<'id>>
    /// Only products and convolutions have one.
    Epilogue: Epilogue<'id> option
}

/// What a computation becomes: kernel calls, in order, over numbered buffers. Immutable; running it is the runtime's
/// business. Updated leaves hold their next value in their own (external) buffer after the last instruction.
and [<ReferenceEquality>] Plan = {
    /// What RegisterType.Float stands for: float32 or float64.
    FloatType: ElementType
    Buffers: ImmutableArray<Buffer>
    Instructions: ImmutableArray<KernelCall<buffer>>
    Results: ImmutableArray<PlanResult>
    /// The leaves whose external buffers the plan writes.
    Updated: ImmutableArray<struct (LeafKind * string)>
    /// The size of the arena.
    ArenaSizeInBytes: int64
    /// What the arena's buffers would take if none shared memory.
    UnsharedSizeInBytes: int64
}

[<RequireQualifiedAccess>]
module Operand =

    /// The whole of a value.
    let ofValue (number: int) : Operand<value> = {
        Id = number * 1<value>
        OffsetInElements = 0
    }

    /// The whole of a buffer.
    let ofBuffer (number: int) : Operand<buffer> = {
        Id = number * 1<buffer>
        OffsetInElements = 0
    }

[<RequireQualifiedAccess>]
module ScanLoop =

    /// Where the last value of every carry goes, and the outputs, of what a call writes.
    let destinations
        (scan: ScanLoop)
        (writes: ImmutableArray<Operand<'id>>)
        : Operand<'id> option array * Operand<'id> array =
        let mutable position = 0

        let next () =
            position <- position + 1
            writes[position - 1]

        let finals = [|
            for carry in scan.Carries -> if carry.HasFinal then Some(next ()) else None
        |]

        finals, [| for _ in scan.Outputs -> next () |]

[<RequireQualifiedAccess>]
module KernelCall =

    let private ofAccess access (program: LoopProgram) (operands: ImmutableArray<Operand<'id>>) =
        operands
        |> Seq.indexed
        |> Seq.filter (fun (position, _) -> program.Operands[position].Access = access)
        |> Seq.map snd
        |> ImmutableArray.CreateRange

    /// A kernel's call.
    let create (kernel: Kernel) (reads: Operand<'id> seq) (writes: Operand<'id> seq) : KernelCall<'id> = {
        Kernel = kernel
        Reads = ImmutableArray.CreateRange reads
        Writes = ImmutableArray.CreateRange writes
        Epilogue = None
    }

    /// A loop over memory, given in the order of the program's operands.
    let loop (program: LoopProgram) (operands: ImmutableArray<Operand<'id>>) : KernelCall<'id> =
        create
            (Kernel.Loop program)
            (ofAccess OperandAccess.Read program operands)
            (ofAccess OperandAccess.Write program operands)

    /// A loop over memory, given in the order of the program's operands, as an epilogue.
    let epilogue (program: LoopProgram) (operands: ImmutableArray<Operand<'id>>) : Epilogue<'id> = {
        Program = program
        Reads = ofAccess OperandAccess.Read program operands
        Writes = ofAccess OperandAccess.Write program operands
    }

    /// What a loop reads and writes, in the order of its program's operands.
    let loopOperands
        (program: LoopProgram)
        (reads: ImmutableArray<Operand<'id>>)
        (writes: ImmutableArray<Operand<'id>>)
        : ImmutableArray<Operand<'id>> =
        let mutable read = 0
        let operands = ImmutableArray.CreateBuilder(program.Operands.Length)

        for position in 0 .. program.Operands.Length - 1 do
            match program.Operands[position].Access with
            | OperandAccess.Read ->
                operands.Add reads[read]
                read <- read + 1
            | OperandAccess.Write -> operands.Add writes[position - read]

        operands.MoveToImmutable()

    /// Whether a loop may run on a kernel's result while that is in cache.
    let canHaveEpilogue (kernel: Kernel) : bool =
        match kernel with
        | Kernel.MatrixProduct _
        | Kernel.Convolution _ -> true
        | Kernel.Loop _
        | Kernel.Copy _
        | Kernel.Fill _
        | Kernel.ArgMax _
        | Kernel.CumulativeSum _
        | Kernel.Hash _
        | Kernel.Gather _
        | Kernel.ScatterAdd _
        | Kernel.Random _
        | Kernel.Pool _
        | Kernel.Scan _ -> false

    /// Everything that a call works on, in the order in which a plan's text tells of it.
    let operands (call: KernelCall<'id>) : Operand<'id> seq =
        let own: Operand<'id> seq =
            match call.Kernel with
            | Kernel.Loop program -> loopOperands program call.Reads call.Writes
            | Kernel.Scan scan ->
                let finals, outputs = ScanLoop.destinations scan call.Writes

                seq {
                    for position in 0 .. finals.Length - 1 do
                        call.Reads[position]
                        yield! Option.toList finals[position]

                    yield! Seq.skip finals.Length call.Reads
                    yield! outputs
                }
            | Kernel.MatrixProduct _
            | Kernel.Copy _
            | Kernel.Fill _
            | Kernel.ArgMax _
            | Kernel.CumulativeSum _
            | Kernel.Hash _
            | Kernel.Gather _
            | Kernel.ScatterAdd _
            | Kernel.Random _
            | Kernel.Convolution _
            | Kernel.Pool _ -> Seq.append call.Reads call.Writes

        match call.Epilogue with
        | Some epilogue -> Seq.append own (loopOperands epilogue.Program epilogue.Reads epilogue.Writes)
        | None -> own

    /// Everything that a call reads, its epilogue included.
    let reads (call: KernelCall<'id>) : Operand<'id> seq =
        match call.Epilogue with
        | Some epilogue -> Seq.append call.Reads epilogue.Reads
        | None -> call.Reads

    /// Everything that a call writes, its epilogue included.
    let writes (call: KernelCall<'id>) : Operand<'id> seq =
        match call.Epilogue with
        | Some epilogue -> Seq.append call.Writes epilogue.Writes
        | None -> call.Writes

    /// The same call on other memory.
    let mapOperands (move: Operand<'from> -> Operand<'into>) (call: KernelCall<'from>) : KernelCall<'into> =
        let moveAll (operands: ImmutableArray<Operand<'from>>) =
            ImmutableArray.CreateRange(operands, move)

        {
            Kernel = call.Kernel
            Reads = moveAll call.Reads
            Writes = moveAll call.Writes
            Epilogue =
                call.Epilogue
                |> Option.map (fun epilogue -> {
                    Program = epilogue.Program
                    Reads = moveAll epilogue.Reads
                    Writes = moveAll epilogue.Writes
                })
        }
