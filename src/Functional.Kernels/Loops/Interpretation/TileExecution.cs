using System.Numerics;
using System.Numerics.Tensors;

namespace Functional.Kernels.Loops;

/// <summary>Runs one step of the interpreter over one tile.</summary>
internal static unsafe class TileExecution
{
    /// <summary>Runs a step.</summary>
    /// <typeparam name="T">The floating-point type.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="frame">The current row and tile.</param>
    public static void Run<T>(TileStep step, ref TileFrame frame)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var instruction = step.Instruction;
        var result = frame.Resolve(step.Result);
        var first = frame.Resolve(step.First);
        var count = frame.Count;
        switch (instruction.Form)
        {
            case LoopForm.Load:
                TileMovement.Load<T>(
                    step.Element,
                    OperandAt(instruction.Operand, frame),
                    frame.ColumnStride(instruction.Operand),
                    result,
                    count);
                break;
            case LoopForm.Index:
                RunIndex(instruction.Dimension, frame, (int*)result);
                break;
            case LoopForm.Constant:
                TileMovement.Constant<T>(step.Element, instruction.Value, result);
                break;
            case LoopForm.Unary:
                TileUnary.Run<T>(instruction.UnaryFunction, step.Argument, first, result, count);
                break;
            case LoopForm.Binary:
                TileBinary.Run<T>(
                    instruction.BinaryFunction, step.Argument, first, frame.Resolve(step.Second), result, count);
                break;
            case LoopForm.Compare:
                TileComparison.Run<T>(
                    instruction.Comparison, step.Argument, first, frame.Resolve(step.Second), result, count);
                break;
            case LoopForm.Select:
                TileMovement.Select<T>(
                    step.Element, first, frame.Resolve(step.Second), frame.Resolve(step.Third), result, count);
                break;
            case LoopForm.MultiplyAdd:
                TensorPrimitives.MultiplyAddEstimate(
                    new ReadOnlySpan<T>(first, count),
                    new ReadOnlySpan<T>(frame.Resolve(step.Second), count),
                    new ReadOnlySpan<T>(frame.Resolve(step.Third), count),
                    new Span<T>(result, count));
                break;
            case LoopForm.Cast:
                TileCast.Run<T>(step.Argument, step.Element, first, result, count);
                break;
            case LoopForm.Reduce:
                TileReduction.Reduce<T>(instruction.Reduction, step.Element, first, result, count);
                break;
            case LoopForm.Store:
                TileMovement.Store<T>(
                    step.Element,
                    first,
                    OperandAt(instruction.Operand, frame),
                    frame.ColumnStride(instruction.Operand),
                    count);
                break;
            default:
                TileReduction.Accumulate<T>(
                    instruction.Reduction,
                    step.Element,
                    first,
                    OperandAt(instruction.Operand, frame),
                    frame.ColumnStride(instruction.Operand),
                    count);
                break;
        }
    }

    private static byte* OperandAt(int operand, in TileFrame frame) =>
        frame.Pointers[operand] + (frame.Column * frame.ColumnStride(operand));

    private static void RunIndex(int dimension, in TileFrame frame, int* result)
    {
        if (dimension < frame.Outer)
        {
            *result = (int)(frame.Slab[LoopSlab.Position(dimension)] + (dimension == frame.Outer - 1 ? frame.Row : 0));
            return;
        }

        var first = (int)frame.Slab[LoopSlab.FirstColumn] + frame.Column;
        for (var i = 0; i < frame.Count; i++)
            result[i] = first + i;
    }
}
