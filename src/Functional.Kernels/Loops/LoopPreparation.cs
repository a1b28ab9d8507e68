namespace Functional.Kernels.Loops;

/// <summary>All that is decided once about a program before it runs: its canonical form, order of work, parts and
/// memory.</summary>
internal sealed class LoopPreparation
{
    /// <summary>The alignment of scratch memory in bytes: one cache line, one widest vector.</summary>
    public const int Alignment = 64;

    /// <summary>Decides about a program.</summary>
    /// <param name="program">Any program.</param>
    /// <param name="bytesOfFloat">The size of its floating-point type.</param>
    /// <param name="groups">The groups of rows that shall be its parts, where they can.</param>
    public LoopPreparation(LoopProgram program, int bytesOfFloat, RowGroups? groups = null)
    {
        var canonical = Simplest(program);
        Partition = (groups is { } given ? LoopPartition.TryByRows(canonical, given) : null)
            ?? new LoopPartition(canonical);
        Program = LoopReductionInsertion.Insert(canonical);
        Schedule = new LoopSchedule(Program);
        BytesOfFloat = bytesOfFloat;
        OperandCount = Program.Operands.Length;

        var accumulators = new List<(LoopAccumulator Layout, long Offset, long BlockOffset)>();
        var offset = 0L;
        foreach (var instruction in Program.Instructions.Where(instruction => instruction.Form == LoopForm.Accumulate))
        {
            var accumulator = new LoopAccumulator(Program, instruction, Partition);
            var blockOffset = offset;
            if (accumulator.Blocks is { } blocks)
                offset += RoundUp(blocks.Elements * bytesOfFloat);
            accumulators.Add((accumulator, offset, blockOffset));
            if (accumulator.Blocks is not null)
                offset += RoundUp(accumulator.Blocks.TotalElements * sizeof(double));
            else if (!accumulator.IsDirect)
                offset += RoundUp(accumulator.Elements * BytesOf(accumulator.Element));
        }

        Accumulators = [.. accumulators];
        HasBlocks = accumulators.Exists(accumulator => accumulator.Layout.Blocks is not null);
        NeedsCombine = accumulators.Exists(accumulator => !accumulator.Layout.IsDirect);
        ScratchOffset = offset;
        BytesOfScratchSlot = RoundUp((long)Program.Columns * bytesOfFloat);
        BytesOfPart = offset + (BytesOfScratchSlot * Schedule.ScratchSlots);
        ByteStrides = ListByteStrides();
    }

    /// <summary>The canonical program, with a Reduce before every Accumulate that needs one.</summary>
    public LoopProgram Program { get; }

    /// <summary>The order of work within a row.</summary>
    public LoopSchedule Schedule { get; }

    /// <summary>The cut into parts.</summary>
    public LoopPartition Partition { get; }

    /// <summary>The size of the floating-point type.</summary>
    public int BytesOfFloat { get; }

    /// <summary>The number of operands.</summary>
    public int OperandCount { get; }

    /// <summary>The Accumulates, and where in the memory of a part their own arrays begin; so do those of blocks.</summary>
    public (LoopAccumulator Layout, long Offset, long BlockOffset)[] Accumulators { get; }

    /// <summary>Whether some Accumulate adds in blocks.</summary>
    public bool HasBlocks { get; }

    /// <summary>Whether some Accumulate gathers into arrays of the parts.</summary>
    public bool NeedsCombine { get; }

    /// <summary>Where in the memory of a part the row scratch begins.</summary>
    public long ScratchOffset { get; }

    /// <summary>The size of one register of the row scratch.</summary>
    public long BytesOfScratchSlot { get; }

    /// <summary>The memory a part needs besides the operands.</summary>
    public long BytesOfPart { get; private set; }

    /// <summary>For each operand and dimension the stride in bytes.</summary>
    public long[] ByteStrides { get; }

    /// <summary>Asks for more memory for each part.</summary>
    /// <param name="bytes">How much.</param>
    /// <returns>Where in the memory of a part it begins.</returns>
    public long Reserve(long bytes)
    {
        var offset = BytesOfPart;
        BytesOfPart += RoundUp(bytes);
        return offset;
    }

    /// <summary>The size of an element in memory.</summary>
    /// <param name="element">Its type.</param>
    /// <returns>1, 4 or 8.</returns>
    public int BytesOf(LoopElement element) => element switch
    {
        LoopElement.Float => BytesOfFloat,
        LoopElement.Int32 => sizeof(int),
        _ => 1,
    };

    private static LoopProgram Simplest(LoopProgram program)
    {
        var simple = LoopSimplification.Simplify(LoopCanonicalization.Canonicalize(program));
        return LoopContraction.Contract(LoopLinearSums.TakeFactorsOut(LoopNumbers.SkipNaN(simple)));
    }

    private static long RoundUp(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private long[] ListByteStrides()
    {
        var dimensions = Program.Extents.Length;
        var strides = new long[OperandCount * dimensions];
        for (var operand = 0; operand < OperandCount; operand++)
        {
            var accumulator = Array.Find(Accumulators, accumulator => accumulator.Layout.Operand == operand).Layout;
            var elements = accumulator?.Strides ?? Program.Operands[operand].Strides;
            for (var dimension = 0; dimension < dimensions; dimension++)
                strides[(operand * dimensions) + dimension] = (long)elements[dimension] * BytesOf(
                    Program.Operands[operand].Element);
        }

        return strides;
    }
}
