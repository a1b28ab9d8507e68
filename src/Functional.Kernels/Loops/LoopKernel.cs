using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Kernels.Loops;

/// <summary>
/// A loop program made ready to run many times: cut into parts, its scratch allocated. Running it allocates nothing. An
/// instance serves one run at a time; the parts of that run may be on different threads and in any order.
/// </summary>
public abstract unsafe class LoopKernel : IDisposable
{
    private readonly LoopPreparation preparation;
    private byte* memory;

    private protected LoopKernel(LoopPreparation preparation)
    {
        this.preparation = preparation;
        if (preparation.BytesOfPart > 0)
            memory = (byte*)NativeMemory.AlignedAlloc(
                (nuint)(preparation.BytesOfPart * Parts), LoopPreparation.Alignment);
    }

    /// <summary>Gives the scratch memory back.</summary>
    ~LoopKernel() => NativeMemory.AlignedFree(memory);

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts => preparation.Partition.Parts;

    /// <summary>Whether <see cref="Combine"/> has anything to do after the parts.</summary>
    public bool NeedsCombine => preparation.NeedsCombine;

    /// <summary>The groups of rows that are the parts: they may run one by one, as soon as rows are there.</summary>
    public RowGroups? Groups => preparation.Partition.Groups;

    /// <summary>Whether programs become machine code in this process.</summary>
    internal static bool IsCompiled => RuntimeFeature.IsDynamicCodeCompiled && LoopCompiler.WidestVector > 0;

    /// <summary>How programs run in this process, and why, as a part of a sentence.</summary>
    internal static string Manner =>
        IsCompiled ? $"compiled for vectors of {LoopCompiler.WidestVector} bits"
        : RuntimeFeature.IsDynamicCodeCompiled ? "interpreted, since the processor has no vectors that code is made for"
        : "interpreted, about ten times slower than compiled ones, since this program makes no code while it runs: it was "
            + "published as native code, or its project sets DynamicCodeSupport to false";

    /// <summary>Makes a program ready to run: as compiled code where the process may make code, else over
    /// tiles.</summary>
    /// <typeparam name="T">The floating-point type of its Float elements: float or double.</typeparam>
    /// <param name="program">The program; it is canonicalised first, so any program will do.</param>
    /// <param name="allowCompilation">Whether code may be made.</param>
    /// <param name="cache">Where code is kept; without one the program is compiled for this kernel alone.</param>
    /// <param name="groups">The groups of rows that shall be the parts; compiled code follows them where each is a
    /// block of its own and sums over rows are small beside a group.</param>
    /// <returns>The kernel.</returns>
    public static LoopKernel Prepare<T>(
        LoopProgram program, bool allowCompilation = true, LoopCodeCache? cache = null, RowGroups? groups = null)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> =>
        allowCompilation && IsCompiled
            ? Compile<T>(program, LoopCompiler.WidestVector, cache ?? new LoopCodeCache(1), groups)
            : Interpret<T>(program);

    /// <summary>Makes a kernel of compiled code over vectors of a given width.</summary>
    internal static LoopKernel Compile<T>(LoopProgram program, int bits, LoopCodeCache cache, RowGroups? groups = null)
        where T : unmanaged
    {
        var preparation = new LoopPreparation(program, sizeof(T), groups);
        return new CompiledLoop(preparation, LoopCompiler.Compile(preparation, bits, cache));
    }

    /// <summary>Makes a kernel that runs over cache-sized tiles.</summary>
    internal static LoopKernel Interpret<T>(LoopProgram program)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> =>
        new LoopInterpreter<T>(new LoopPreparation(program, sizeof(T)));

    /// <summary>Runs one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="operands">For each operand of the program the address of its first element.</param>
    public void Run(int part, void** operands) => Run(preparation.Partition[part], MemoryOfPart(part), operands);

    /// <summary>
    /// Whether blocks of rows can be run one by one, in any order and on any thread: nothing is gathered over rows, and
    /// no scratch is needed.
    /// </summary>
    /// <param name="rows">All dimensions but the last of the program as it was given.</param>
    /// <param name="columns">Its last dimension.</param>
    /// <returns>True when running all rows does what running all parts does.</returns>
    public bool CanRunRows(long rows, int columns) =>
        preparation.Accumulators.Length == 0
        && preparation.BytesOfPart == 0
        && preparation.Partition.RowsOf(rows, columns, 0, rows) is not null;

    /// <summary>Runs a block of rows.</summary>
    /// <param name="rows">All dimensions but the last of the program as it was given.</param>
    /// <param name="columns">Its last dimension.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="operands">For each operand of the program the address of its first element.</param>
    /// <exception cref="InvalidOperationException">Rows cannot be run on their own.</exception>
    public void RunRows(long rows, int columns, long first, long count, void** operands)
    {
        if (!CanRunRows(rows, columns))
            throw new InvalidOperationException("Bug in Functional: this loop cannot run by rows. Please report it.");
        Run(preparation.Partition.RowsOf(rows, columns, first, count)!.Value, null, operands);
    }

    private void Run(LoopPart block, byte* partMemory, void** operands)
    {
        var program = preparation.Program;
        var outer = program.Extents.Length - 1;
        var operandCount = preparation.OperandCount;
        var pointers = stackalloc byte*[operandCount];
        var slab = stackalloc long[LoopSlab.Length(outer, operandCount)];
        Bind(block, operands, partMemory, pointers, slab, outer);
        if (outer == 0)
        {
            slab[LoopSlab.Rows] = 1;
            RunSlab(pointers, slab);
        }
        else
        {
            RunSlabs(block, operands, partMemory, pointers, slab, outer);
        }

        GC.KeepAlive(this);
    }

    /// <summary>Puts together what the parts of a run gathered; call it after all of them.</summary>
    /// <param name="operands">The same addresses as for the parts.</param>
    public void Combine(void** operands)
    {
        foreach (var accumulator in preparation.Accumulators)
        {
            if (!accumulator.Layout.IsDirect)
                LoopCombination.Combine(
                    accumulator.Layout,
                    preparation,
                    memory + accumulator.Offset,
                    (byte*)operands[accumulator.Layout.Operand]);
        }

        GC.KeepAlive(this);
    }

    /// <summary>Gives the scratch memory back.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the scratch memory back.</summary>
    /// <param name="disposing">Whether the caller asked for it, as opposed to the garbage collector.</param>
    protected virtual void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(memory);
        memory = null;
    }

    /// <summary>The scratch memory of a part.</summary>
    private protected byte* MemoryOfPart(int part) => memory + (part * preparation.BytesOfPart);

    /// <summary>Runs consecutive rows along the last outer dimension.</summary>
    /// <param name="pointers">For each operand the address of its first element in the first row.</param>
    /// <param name="slab">Sizes and strides: <see cref="LoopSlab"/>.</param>
    private protected abstract void RunSlab(byte** pointers, long* slab);

    private void Bind(LoopPart block, void** operands, byte* partMemory, byte** pointers, long* slab, int outer)
    {
        slab[LoopSlab.Columns] = block.Columns;
        slab[LoopSlab.FirstColumn] = block.FirstColumn;
        slab[LoopSlab.Scratch] = (long)(partMemory + preparation.ScratchOffset);
        for (var operand = 0; operand < preparation.OperandCount; operand++)
            pointers[operand] = (byte*)operands[operand];
        foreach (var accumulator in preparation.Accumulators)
        {
            var (layout, offset, blockOffset) = accumulator;
            if (layout.Blocks is { } blocks)
            {
                // A block has the columns of the part only, from its first one on.
                var bytesBefore = (long)block.FirstColumn * blocks.Strides[outer] * preparation.BytesOfFloat;
                pointers[layout.Operand] = partMemory + blockOffset - bytesBefore;
                LoopSums.Clear(blocks, preparation.BytesOfFloat, partMemory + blockOffset, partMemory + offset);
                continue;
            }

            if (!layout.IsDirect)
                pointers[layout.Operand] = partMemory + offset;
            LoopCombination.Clear(layout, preparation, block, pointers[layout.Operand]);
        }

        var strides = preparation.ByteStrides;
        for (var operand = 0; operand < preparation.OperandCount; operand++)
        {
            var ofOperand = strides.AsSpan(operand * (outer + 1), outer + 1);
            var row = LoopSlab.RowStride(outer, operand);
            slab[row] = outer == 0 ? 0 : ofOperand[outer - 1];
            slab[row + 1] = ofOperand[outer];
            pointers[operand] += block.FirstColumn * ofOperand[outer];
        }
    }

    private void RunSlabs(
        LoopPart block, void** operands, byte* partMemory, byte** pointers, long* slab, int outer)
    {
        var extents = preparation.Program.Extents;
        var strides = preparation.ByteStrides;
        var operandCount = preparation.OperandCount;
        var start = stackalloc byte*[operandCount];
        var row = block.FirstRow;
        var end = block.FirstRow + block.Rows;
        var inner = extents[outer - 1];
        var blockEnds = stackalloc long[preparation.Accumulators.Length];
        new Span<long>(blockEnds, preparation.Accumulators.Length).Fill(row);
        while (row < end)
        {
            var remaining = row;
            for (var operand = 0; operand < operandCount; operand++)
                start[operand] = pointers[operand];
            for (var dimension = outer - 1; dimension >= 0; dimension--)
            {
                var (quotient, position) = Math.DivRem(remaining, extents[dimension]);
                remaining = quotient;
                slab[LoopSlab.Position(dimension)] = position;
                if (position == 0)
                    continue;
                for (var operand = 0; operand < operandCount; operand++)
                    start[operand] += position * strides[(operand * (outer + 1)) + dimension];
            }

            var rows = Math.Min(end - row, inner - slab[LoopSlab.Position(outer - 1)]);
            if (preparation.HasBlocks)
                rows = Math.Min(rows, EndOfBlocks(row, end, blockEnds) - row);
            slab[LoopSlab.Rows] = rows;
            RunSlab(start, slab);
            row += rows;
            if (preparation.HasBlocks)
                PutAside(block, row, blockEnds, operands, partMemory);
        }
    }

    /// <summary>The row that ends the first of the blocks that another is in.</summary>
    private long EndOfBlocks(long row, long end, long* blockEnds)
    {
        var first = end;
        for (var place = 0; place < preparation.Accumulators.Length; place++)
        {
            if (preparation.Accumulators[place].Layout.Blocks is not { } blocks)
                continue;
            if (blockEnds[place] == row)
                blockEnds[place] = Math.Min(end, blocks.EndOfBlock(row));
            first = Math.Min(first, blockEnds[place]);
        }

        return first;
    }

    /// <summary>Puts the blocks aside that end before a row.</summary>
    private void PutAside(LoopPart block, long row, long* blockEnds, void** operands, byte* partMemory)
    {
        for (var place = 0; place < preparation.Accumulators.Length; place++)
        {
            var (layout, offset, blockOffset) = preparation.Accumulators[place];
            if (layout.Blocks is null || blockEnds[place] != row)
                continue;
            LoopSums.PutAside(
                layout,
                preparation.BytesOfFloat,
                block,
                row - 1,
                partMemory + blockOffset,
                (double*)(partMemory + offset),
                (byte*)operands[layout.Operand]);
        }
    }
}
