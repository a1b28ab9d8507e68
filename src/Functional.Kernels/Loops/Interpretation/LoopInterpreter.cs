using System.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>
/// Runs a program instruction by instruction over cache-sized tiles of a row. It generates no code, so it works where
/// dynamic code is not available, and it is what compiled programs are checked against.
/// </summary>
/// <typeparam name="T">The floating-point type: float or double.</typeparam>
internal sealed unsafe class LoopInterpreter<T> : LoopKernel
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly TileLayout layout;
    private readonly int outer;
    private readonly int operandCount;

    public LoopInterpreter(LoopPreparation preparation)
        : this(preparation, Reserve(preparation))
    {
    }

    private LoopInterpreter(LoopPreparation preparation, (TileLayout Layout, long Offset) tiles)
        : base(preparation)
    {
        layout = tiles.Layout;
        outer = preparation.Program.Extents.Length - 1;
        operandCount = preparation.OperandCount;
        TilesOffset = tiles.Offset - preparation.ScratchOffset;
        var columns = Math.Min(TileLayout.Columns, preparation.Program.Columns);
        for (var part = 0; part < Parts; part++)
        {
            var memory = MemoryOfPart(part) + tiles.Offset;
            foreach (var step in layout.Constants)
            {
                TileMovement.Constant<T>(step.Element, step.Instruction.Value, memory + step.Result.Offset);
                Repeat(step, memory, columns);
            }
        }
    }

    /// <summary>The distance from the row scratch of a part to its tiles.</summary>
    private long TilesOffset { get; }

    private protected override void RunSlab(byte** pointers, long* slab)
    {
        var current = stackalloc byte*[operandCount];
        var scratch = (byte*)slab[LoopSlab.Scratch];
        var frame = new TileFrame
        {
            Pointers = current,
            Slab = slab,
            Scratch = scratch,
            Tiles = scratch + TilesOffset,
            Outer = outer,
        };
        for (var row = 0L; row < slab[LoopSlab.Rows]; row++)
        {
            for (var operand = 0; operand < operandCount; operand++)
                current[operand] = pointers[operand] + (row * slab[LoopSlab.RowStride(outer, operand)]);
            frame.Row = row;
            RunRow(ref frame, (int)slab[LoopSlab.Columns]);
        }
    }

    private static (TileLayout Layout, long Offset) Reserve(LoopPreparation preparation)
    {
        var layout = new TileLayout(preparation);
        return (layout, preparation.Reserve(layout.Bytes));
    }

    private void RunRow(ref TileFrame frame, int columns)
    {
        var repetitions = Math.Min(columns, TileLayout.Columns);
        foreach (var phase in layout.Phases)
        {
            RunRowSteps(ref frame, phase.RowSteps, repetitions);
            foreach (var step in phase.Reductions)
                TileReduction.Clear<T>(step, frame.Tiles + step.Result.Offset);
            for (var column = 0; column < columns; column += TileLayout.Columns)
            {
                frame.Column = column;
                frame.Count = Math.Min(TileLayout.Columns, columns - column);
                foreach (var step in phase.ColumnSteps)
                    TileExecution.Run<T>(step, ref frame);
            }

            foreach (var step in phase.Reductions)
            {
                TileReduction.Finish<T>(step, frame.Tiles + step.Result.Offset);
                Repeat(step, frame.Tiles, repetitions);
            }
        }

        RunRowSteps(ref frame, layout.Epilogue, repetitions);
    }

    private static void RunRowSteps(ref TileFrame frame, TileStep[] steps, int repetitions)
    {
        frame.Column = 0;
        frame.Count = 1;
        foreach (var step in steps)
        {
            TileExecution.Run<T>(step, ref frame);
            Repeat(step, frame.Tiles, repetitions);
        }
    }

    private static void Repeat(TileStep step, byte* tiles, int count)
    {
        if (step.Repeated.Space != TileSpace.None)
            TileMovement.Fill<T>(step.Element, tiles + step.Result.Offset, tiles + step.Repeated.Offset, count);
    }
}
