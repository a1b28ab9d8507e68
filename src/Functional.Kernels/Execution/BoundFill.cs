using Functional.Kernels.Memory;
using Functional.Kernels.Movement;

namespace Functional.Kernels.Execution;

/// <summary>Writes one value to consecutive elements.</summary>
public sealed unsafe class BoundFill : BoundParts
{
    private readonly StridedFill _fill;

    // The value in the type of the elements, in the first bytes of these eight.
    private readonly long _bits;

    /// <summary>Prepares a fill.</summary>
    /// <param name="kind">The type of the elements.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="value">The value; for bool, anything but 0 is true.</param>
    /// <param name="target">The first element.</param>
    public BoundFill(ElementKind kind, int count, double value, BufferOperand target)
        : this(StridedFill.Prepare([count], [1], kind.SizeInBytes()), kind, value, target)
    {
    }

    private BoundFill(StridedFill fill, ElementKind kind, double value, BufferOperand target)
        : base(fill.Parts, [target])
    {
        _fill = fill;
        _bits = kind switch
        {
            ElementKind.Float32 => BitConverter.SingleToInt32Bits((float)value),
            ElementKind.Float64 => BitConverter.DoubleToInt64Bits(value),
            ElementKind.Int32 => (int)value,
            _ => value == 0 ? 0 : 1,
        };
    }

    private protected override void RunPart(int part, void** pointers)
    {
        var bits = _bits;
        _fill.Run(part, &bits, pointers[0]);
    }
}
