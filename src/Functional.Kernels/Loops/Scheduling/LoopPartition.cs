using System.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>
/// How the iteration space is cut into parts that can run at the same time. It depends on the program and its sizes
/// alone, so results are the same for any number of threads.
/// </summary>
internal sealed class LoopPartition
{
    /// <summary>A part is worth starting for about this many additions: some microseconds.</summary>
    private const long WorkOfPart = 1 << 18;
    private const int MostParts = 64;
    private const int MostPartialSums = 16;
    private const int FewestColumns = 256;
    private const int ColumnGranularity = 64;

    // What is done once per row, and the wait for a row's sums, take as long as so many columns.
    private const int LeastColumnsOfPrice = 64;

    // Sums of a group of rows must not cost more than a small part of the work on the rows.
    private const int FewestRowsPerSum = 8;

    private readonly LoopProgram program;
    private readonly long rowsOfBlock;
    private readonly int columnsOfBlock;
    private readonly int columnBlocks;

    /// <summary>Cuts the space of a canonical program.</summary>
    /// <param name="program">The program before Reduces were inserted for its Accumulates.</param>
    public LoopPartition(LoopProgram program)
    {
        this.program = program;
        var wanted = WantedParts(program);
        var sums = program.Instructions
            .Where(instruction => instruction.Form == LoopForm.Accumulate)
            .Select(instruction => program.Operands[instruction.Operand])
            .ToList();
        ColumnsCanSplit = CanSplitColumns(program);
        var (rowUnit, rowBlocks, columns) = (1L, 1L, 1L);
        if (sums.Count > 0 && program.Extents.Length > 1 && sums.TrueForAll(operand => operand.Strides[0] != 0))
        {
            KeepsFirstDimension = true;
            rowUnit = program.Rows / program.Extents[0];
            rowBlocks = Math.Min(wanted, program.Extents[0]);
        }
        else if (sums.Count > 0)
        {
            var inColumns = ColumnsCanSplit && sums.TrueForAll(operand => operand.ColumnStride != 0)
                && program.Columns >= wanted * FewestColumns;
            var parts = inColumns ? wanted : Math.Min(wanted, MostPartials(sums));
            if (inColumns || program.Rows == 1)
                columns = ColumnsCanSplit ? parts : 1;
            else
                rowBlocks = Math.Min(parts, program.Rows);
        }
        else
        {
            rowBlocks = Math.Min(wanted, program.Rows);
            columns = ColumnsCanSplit ? Math.Max(1, wanted / rowBlocks) : 1;
        }

        var rowUnits = program.Rows / rowUnit;
        rowsOfBlock = DivideUp(rowUnits, rowBlocks) * rowUnit;
        RowBlocks = (int)DivideUp(program.Rows, rowsOfBlock);
        var even = DivideUp(program.Columns, Math.Min(columns, Math.Max(1, program.Columns / FewestColumns)));
        columnsOfBlock = (int)Math.Min(program.Columns, DivideUp(even, ColumnGranularity) * ColumnGranularity);
        columnBlocks = (int)DivideUp(program.Columns, columnsOfBlock);
        Parts = RowBlocks * columnBlocks;
    }

    private LoopPartition(LoopProgram program, RowGroups groups)
    {
        this.program = program;
        Groups = groups;
        ColumnsCanSplit = CanSplitColumns(program);
        RowBlocks = groups.Count;
        Parts = RowBlocks;
    }

    /// <summary>The number of parts.</summary>
    public int Parts { get; }

    /// <summary>The groups of rows that are the parts, where the caller gave them.</summary>
    public RowGroups? Groups { get; }

    /// <summary>The number of blocks that the rows are cut into.</summary>
    public int RowBlocks { get; }

    /// <summary>Whether every Accumulate keeps the first dimension and parts are cut there only.</summary>
    public bool KeepsFirstDimension { get; }

    /// <summary>Whether the columns of a row may be computed by several parts.</summary>
    public bool ColumnsCanSplit { get; }

    /// <summary>The rows and columns of a part.</summary>
    public LoopPart this[int part]
    {
        get
        {
            if (Groups is { } groups)
                return BlockOf(groups.AllRows, groups.Columns, groups.FirstRow(part), groups.RowsIn(part))!.Value;
            var firstRow = part / columnBlocks * rowsOfBlock;
            var firstColumn = part % columnBlocks * columnsOfBlock;
            return new LoopPart(
                firstRow,
                Math.Min(rowsOfBlock, program.Rows - firstRow),
                firstColumn,
                Math.Min(columnsOfBlock, program.Columns - firstColumn));
        }
    }

    /// <summary>
    /// Some rows of a space that the caller sees as rows and columns, also where they were joined to one long row; null
    /// where they are no block of their own.
    /// </summary>
    /// <param name="rows">All rows that the caller sees.</param>
    /// <param name="columns">The length of such a row.</param>
    /// <param name="first">The first row of the block.</param>
    /// <param name="count">How many rows the block has.</param>
    /// <returns>The block.</returns>
    public LoopPart? RowsOf(long rows, int columns, long first, long count)
    {
        // Cut anywhere, a long row would have its vectors anywhere.
        var isCutInRow = columns % program.Columns != 0;
        return isCutInRow && columns % ColumnGranularity != 0 ? null : BlockOf(rows, columns, first, count);
    }

    /// <summary>A partition into groups of rows.</summary>
    /// <param name="program">The program before Reduces were inserted for its Accumulates.</param>
    /// <param name="groups">The groups as the caller sees rows.</param>
    /// <returns>The partition; null where groups are no blocks of their own, or sums of groups would cost too
    /// much.</returns>
    public static LoopPartition? TryByRows(LoopProgram program, RowGroups groups)
    {
        var sums = program.Instructions
            .Where(instruction => instruction.Form == LoopForm.Accumulate)
            .Select(instruction => LoopAccumulator.KeptElements(program, program.Operands[instruction.Operand]));
        var partition = new LoopPartition(program, groups);
        return partition.BlockOf(groups.AllRows, groups.Columns, 0, groups.AllRows) is not null
            && sums.All(kept => kept * groups.Count * FewestRowsPerSum <= groups.AllRows * groups.Columns)
            ? partition
            : null;
    }

    private LoopPart? BlockOf(long rows, int columns, long first, long count)
    {
        if (program.Rows * program.Columns != rows * columns)
            return null;
        var (each, rest) = Math.DivRem(columns, program.Columns);
        if (rest == 0)
            return new LoopPart(first * each, count * each, 0, program.Columns);
        return program.Rows == 1 && ColumnsCanSplit
            ? new LoopPart(0, 1, (int)(first * columns), (int)(count * columns))
            : null;
    }

    private static bool CanSplitColumns(LoopProgram program) =>
        !LoopCanonicalization.CountsRows(program) && !StoresRows(program);

    /// <summary>Whether something is written once per row, which two parts must not both do.</summary>
    private static bool StoresRows(LoopProgram program) => program.Instructions.Any(instruction =>
        instruction.Form == LoopForm.Store && program.Operands[instruction.Operand].ColumnStride == 0);

    private static long WantedParts(LoopProgram program)
    {
        var cost = Math.Max(1, program.Instructions.Sum(instruction => LoopCost.Of(program, instruction)));
        var work = (double)program.Rows * Math.Max(program.Columns, LeastColumnsOfPrice) * cost;

        // An odd number of parts would leave one of two threads, or of four, waiting.
        return BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(work / WorkOfPart, 1, MostParts));
    }

    /// <summary>Partial sums must not cost more than the sums: a quarter of the elements at most.</summary>
    private long MostPartials(List<LoopOperand> sums)
    {
        var elements = sums.Max(operand => LoopAccumulator.KeptElements(program, operand));
        var affordable = program.Rows * program.Columns / (4 * elements);
        return Math.Clamp(affordable, 1, MostPartialSums);
    }

    private static long DivideUp(long value, long divisor) => (value + divisor - 1) / divisor;
}
