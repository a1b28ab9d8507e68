using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>
/// How the values of an Accumulate that sums many rows are added: a few rows in the type of the values, and these blocks as
/// doubles. So a long sum is as exact as a short one, in an order that depends on sizes only.
/// </summary>
internal sealed class LoopSumBlocks
{
    private const int RowsOfNarrowBlock = 64;
    private const int RowsOfWideBlock = 32;
    private const int WideColumns = 128;

    private readonly ImmutableArray<int> extents;
    private readonly ImmutableArray<int> kept;
    private readonly long rowsOfRun;
    private readonly long rowsOfBlock;

    private LoopSumBlocks(LoopProgram program, LoopOperand operand, int columns, int summed, bool isDirect)
    {
        extents = program.Extents;
        var last = extents.Length - 1;
        kept = [.. extents.Select((extent, dimension) =>
            operand.Strides[dimension] == 0 ? 1 : dimension == last ? columns : extent)];
        var first = FirstSummed(program, operand);
        Strides = DenseBeyond(summed);
        TotalStrides = DenseBeyond(isDirect ? first : -1);
        Elements = ElementsBeyond(summed);
        TotalElements = ElementsBeyond(isDirect ? first : -1);
        var rowsBeyond = RowsBeyond(summed);
        rowsOfRun = rowsBeyond * extents[summed];
        rowsOfBlock = rowsBeyond * RowsOf(columns);
        RowsOfTotal = RowsBeyond(first) * extents[first];
        Summed = summed;
        First = first;
    }

    /// <summary>The last dimension of rows that is summed over.</summary>
    public int Summed { get; }

    /// <summary>The first dimension of rows that is summed over.</summary>
    public int First { get; }

    /// <summary>The strides of the memory that a block is added up in: 0 up to the summed dimension.</summary>
    public ImmutableArray<int> Strides { get; }

    /// <summary>The strides of the sums of blocks.</summary>
    public ImmutableArray<int> TotalStrides { get; }

    /// <summary>The elements that a block adds to.</summary>
    public long Elements { get; }

    /// <summary>The elements of the sums of blocks.</summary>
    public long TotalElements { get; }

    /// <summary>After so many rows, sums are complete; a part that writes to the operand has whole ones.</summary>
    public long RowsOfTotal { get; }

    /// <summary>The extents of what the sums of blocks have, 1 for dimensions that are summed over.</summary>
    public ImmutableArray<int> Kept => kept;

    /// <summary>The blocks of an Accumulate; null where it sums so few values that it needs none.</summary>
    /// <param name="program">The program.</param>
    /// <param name="instruction">The Accumulate.</param>
    /// <param name="partition">The parts.</param>
    /// <param name="isDirect">Whether parts write to the operand.</param>
    /// <returns>The blocks, or null.</returns>
    public static LoopSumBlocks? TryCreate(
        LoopProgram program, LoopInstruction instruction, LoopPartition partition, bool isDirect)
    {
        var operand = program.Operands[instruction.Operand];
        if (instruction.Reduction != LoopReduction.Sum || operand.Element != LoopElement.Float)
            return null;
        var summed = program.Extents.Length - 2;
        while (summed >= 0 && (operand.Strides[summed] != 0 || program.Extents[summed] == 1))
            summed--;
        if (summed < 0)
            return null;
        var part = partition[0];
        var blocks = new LoopSumBlocks(program, operand, part.Columns, summed, isDirect);
        var additions = 1L;
        for (var dimension = 0; dimension <= summed; dimension++)
            additions *= operand.Strides[dimension] == 0 ? program.Extents[dimension] : 1;
        var additionsOfPart = Math.Min(additions, part.Rows / (blocks.rowsOfRun / program.Extents[summed]));
        return additionsOfPart > RowsOf(part.Columns) ? blocks : null;
    }

    /// <summary>The row that ends the block of another.</summary>
    /// <param name="row">The other row.</param>
    /// <returns>The row after the block's last.</returns>
    public long EndOfBlock(long row)
    {
        var inRun = row % rowsOfRun;
        return row - inRun + Math.Min(rowsOfRun, ((inRun / rowsOfBlock) + 1) * rowsOfBlock);
    }

    /// <summary>Where a row's element lies, up to a dimension.</summary>
    /// <param name="row">The row.</param>
    /// <param name="strides">The strides of the memory.</param>
    /// <param name="dimensions">How many dimensions count, from the first.</param>
    /// <returns>An offset in elements.</returns>
    public long OffsetOf(long row, ImmutableArray<int> strides, int dimensions)
    {
        var offset = 0L;
        for (var dimension = extents.Length - 2; dimension >= 0; dimension--)
        {
            var (quotient, position) = Math.DivRem(row, extents[dimension]);
            row = quotient;
            if (dimension < dimensions)
                offset += position * strides[dimension];
        }

        return offset;
    }

    private static int RowsOf(int columns) => columns < WideColumns ? RowsOfNarrowBlock : RowsOfWideBlock;

    private static int FirstSummed(LoopProgram program, LoopOperand operand)
    {
        var first = 0;
        while (operand.Strides[first] != 0 || program.Extents[first] == 1)
            first++;
        return first;
    }

    private long RowsBeyond(int dimension)
    {
        var rows = 1L;
        for (var other = dimension + 1; other < extents.Length - 1; other++)
            rows *= extents[other];
        return rows;
    }

    private long ElementsBeyond(int dimension)
    {
        var elements = 1L;
        for (var other = dimension + 1; other < kept.Length; other++)
            elements *= kept[other];
        return elements;
    }

    private ImmutableArray<int> DenseBeyond(int dimension)
    {
        var dense = new int[kept.Length];
        var next = 1;
        for (var other = kept.Length - 1; other > dimension; other--)
        {
            dense[other] = kept[other] == 1 ? 0 : next;
            next = checked(next * kept[other]);
        }

        return [.. dense];
    }
}
