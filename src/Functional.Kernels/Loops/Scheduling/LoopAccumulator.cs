using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>
/// Where the parts of a program gather the values of one Accumulate: in the operand itself when they touch different
/// elements of it, otherwise each in a dense array of its own that is combined in the order of the parts.
/// </summary>
internal sealed class LoopAccumulator
{
    public LoopAccumulator(LoopProgram program, LoopInstruction instruction, LoopPartition partition)
    {
        var operand = program.Operands[instruction.Operand];
        Operand = instruction.Operand;
        Reduction = instruction.Reduction;
        Element = operand.Element;
        OperandStrides = operand.Strides;
        Elements = KeptElements(program, operand);
        IsDirect = partition.Parts == 1 || partition.KeepsFirstDimension
            || (partition.RowBlocks == 1 && operand.ColumnStride != 0);
        KeptExtents = [.. program.Extents.Select((extent, dimension) => operand.Strides[dimension] == 0 ? 1 : extent)];
        DenseStrides = Dense(KeptExtents, operand.Strides);
        Blocks = LoopSumBlocks.TryCreate(program, instruction, partition, IsDirect);
    }

    /// <summary>The place of the operand.</summary>
    public int Operand { get; }

    /// <summary>The way of combining.</summary>
    public LoopReduction Reduction { get; }

    /// <summary>The type of the elements.</summary>
    public LoopElement Element { get; }

    /// <summary>The number of elements of the result.</summary>
    public long Elements { get; }

    /// <summary>Whether parts write to the operand.</summary>
    public bool IsDirect { get; }

    /// <summary>The extents, 1 where the operand has stride 0.</summary>
    public ImmutableArray<int> KeptExtents { get; }

    /// <summary>The strides of the operand.</summary>
    public ImmutableArray<int> OperandStrides { get; }

    /// <summary>The strides of a part's own array.</summary>
    public ImmutableArray<int> DenseStrides { get; }

    /// <summary>The blocks in which many values are added; null where they are few, or not added.</summary>
    public LoopSumBlocks? Blocks { get; }

    /// <summary>The strides of the memory that a part accumulates into.</summary>
    public ImmutableArray<int> Strides => Blocks?.Strides ?? (IsDirect ? OperandStrides : DenseStrides);

    /// <summary>The number of elements an operand keeps apart.</summary>
    public static long KeptElements(LoopProgram program, LoopOperand operand)
    {
        var elements = 1L;
        for (var dimension = 0; dimension < program.Extents.Length; dimension++)
            elements *= operand.Strides[dimension] == 0 ? 1 : program.Extents[dimension];
        return elements;
    }

    private static ImmutableArray<int> Dense(ImmutableArray<int> extents, ImmutableArray<int> strides)
    {
        var dense = new int[extents.Length];
        var next = 1;
        for (var dimension = extents.Length - 1; dimension >= 0; dimension--)
        {
            dense[dimension] = strides[dimension] == 0 ? 0 : next;
            next *= extents[dimension];
        }

        return [.. dense];
    }
}
