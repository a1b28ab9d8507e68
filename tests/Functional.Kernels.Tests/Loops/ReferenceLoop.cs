using System.Numerics;
using Functional.Kernels.Loops;
using MathNet.Numerics;

namespace Functional.Kernels.Tests.Loops;

/// <summary>
/// What a program means, one value at a time: row by row, every register a list of all its columns. Arithmetic is done
/// in T and functions in double, without vectors, tiles, phases or parts.
/// </summary>
internal sealed class ReferenceLoop<T>(LoopProgram program, IReadOnlyList<double[]> before, IReadOnlyList<int> origins)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool[][] visited = [.. before.Select(memory => new bool[memory.Length])];

    public double[][] Run()
    {
        var after = before.Select(memory => (double[])memory.Clone()).ToArray();
        for (var row = 0L; row < program.Rows; row++)
            RunRow(row, after);
        return after;
    }

    private void RunRow(long row, double[][] after)
    {
        var positions = PositionsOf(row);
        var registers = new double[program.Instructions.Length][];
        for (var place = 0; place < registers.Length; place++)
        {
            var instruction = program.Instructions[place];
            var isPerRow = program.LevelOf(place) == LoopLevel.Row;
            var count = isPerRow ? 1 : program.Columns;
            registers[place] = new double[count];
            if (instruction.Form == LoopForm.Accumulate)
                Accumulate(instruction, registers[instruction.First], positions, after[instruction.Operand]);
            else if (instruction.Form == LoopForm.Reduce)
                registers[place][0] = Enumerable.Range(0, program.Columns)
                    .Select(column => At(registers[instruction.First], column))
                    .Aggregate((left, right) => Step(instruction.Reduction, program.ElementOf(place), left, right));
            else if (instruction.Form == LoopForm.Store)
                for (var column = 0; column < program.Columns; column++)
                    after[instruction.Operand][Offset(instruction.Operand, positions, column)] = At(
                        registers[instruction.First], column);
            else
                for (var column = 0; column < count; column++)
                    registers[place][column] = Round(
                        program.ElementOf(place), Value(place, registers, positions, column));
        }
    }

    private int[] PositionsOf(long row)
    {
        var positions = new int[program.Extents.Length];
        for (var dimension = positions.Length - 2; dimension >= 0; dimension--)
        {
            positions[dimension] = (int)(row % program.Extents[dimension]);
            row /= program.Extents[dimension];
        }

        return positions;
    }

    private int Offset(int operand, int[] positions, int column)
    {
        var strides = program.Operands[operand].Strides;
        var offset = origins[operand] + (column * strides[^1]);
        for (var dimension = 0; dimension < positions.Length - 1; dimension++)
            offset += positions[dimension] * strides[dimension];
        return offset;
    }

    private void Accumulate(LoopInstruction instruction, double[] values, int[] positions, double[] target)
    {
        var element = program.Operands[instruction.Operand].Element;
        var oncePerRow = values.Length == 1 && program.Operands[instruction.Operand].ColumnStride == 0
            && program.LevelOf(instruction.First) == LoopLevel.Row;
        for (var column = 0; column < (oncePerRow ? 1 : program.Columns); column++)
        {
            var place = Offset(instruction.Operand, positions, column);
            ref var seen = ref visited[instruction.Operand][place];
            target[place] = seen
                ? Step(instruction.Reduction, element, target[place], At(values, column))
                : At(values, column);
            seen = true;
        }
    }

    private double Value(int place, double[][] registers, int[] positions, int column)
    {
        var instruction = program.Instructions[place];
        var x = instruction.First >= 0 ? At(registers[instruction.First], column) : 0;
        var y = instruction.Second >= 0 ? At(registers[instruction.Second], column) : 0;
        var isInteger = instruction.First >= 0 && program.ElementOf(instruction.First) == LoopElement.Int32;
        return instruction.Form switch
        {
            LoopForm.Load => before[instruction.Operand][Offset(instruction.Operand, positions, column)],
            LoopForm.Constant => instruction.Value,
            LoopForm.Index => instruction.Dimension == positions.Length - 1 ? column : positions[instruction.Dimension],
            LoopForm.Unary => Unary(instruction.UnaryFunction, x),
            LoopForm.Binary => isInteger
                ? Integer(instruction.BinaryFunction, (int)x, (int)y)
                : Binary(instruction.BinaryFunction, x, y),
            LoopForm.Compare => Compare(instruction.Comparison, x, y) ? 1 : 0,
            LoopForm.MultiplyAdd => (x * y) + At(registers[instruction.Third], column),
            LoopForm.Select => x != 0 ? y : At(registers[instruction.Third], column),
            _ => instruction.Element == LoopElement.Bool ? (x != 0 ? 1 : 0) : x,
        };
    }

    private static double At(double[] values, int column) => values[values.Length == 1 ? 0 : column];

    private static double Round(LoopElement element, double value) => element switch
    {
        LoopElement.Float => double.CreateTruncating(T.CreateTruncating(value)),
        LoopElement.Int32 => Wrap(value),
        _ => value != 0 ? 1 : 0,
    };

    /// <summary>A value that no Int32 holds is either the exact result of wrapping arithmetic or a cast, which
    /// saturates; the tests keep casts in range.</summary>
    private static double Wrap(double value) => double.IsNaN(value) ? 0 : unchecked((int)(long)Math.Truncate(value));

    private static double Step(LoopReduction reduction, LoopElement element, double left, double right) =>
        Round(element, reduction switch
        {
            LoopReduction.Sum => left + right,
            LoopReduction.Maximum => Math.Max(left, right),
            LoopReduction.Minimum => Math.Min(left, right),
            _ => element == LoopElement.Int32 ? unchecked((int)left * (int)right) : left * right,
        });

    private static double Integer(LoopBinary function, int x, int y) => function switch
    {
        LoopBinary.Add => unchecked(x + y),
        LoopBinary.Subtract => unchecked(x - y),
        LoopBinary.Multiply => unchecked(x * y),
        LoopBinary.Maximum => Math.Max(x, y),
        LoopBinary.Minimum => Math.Min(x, y),
        LoopBinary.Divide => y == 0 ? 0 : Math.Truncate((double)x / y),
        LoopBinary.FloorDivide => y == 0 ? 0 : Math.Floor((double)x / y),
        _ => y == 0 ? 0 : x - (y * Math.Floor((double)x / y)),
    };

    private static bool Compare(LoopComparison comparison, double x, double y) => comparison switch
    {
        LoopComparison.Equal => x == y,
        LoopComparison.NotEqual => x != y,
        LoopComparison.Less => x < y,
        LoopComparison.LessOrEqual => x <= y,
        LoopComparison.Greater => x > y,
        _ => x >= y,
    };

    private static double Binary(LoopBinary function, double x, double y) => function switch
    {
        LoopBinary.Add => x + y,
        LoopBinary.Subtract => x - y,
        LoopBinary.Multiply => x * y,
        LoopBinary.Divide => x / y,
        LoopBinary.Power => Math.Pow(x, y),
        LoopBinary.Maximum => Math.Max(x, y),
        LoopBinary.Minimum => Math.Min(x, y),
        LoopBinary.Remainder => Modulo(x, y),
        LoopBinary.FloorDivide => y == 0 ? x / y : Math.Round((x - Modulo(x, y)) / y),
        LoopBinary.Atan2 => Math.Atan2(x, y),
        LoopBinary.And => x != 0 && y != 0 ? 1 : 0,
        LoopBinary.Or => x != 0 || y != 0 ? 1 : 0,
        _ => (x != 0) != (y != 0) ? 1 : 0,
    };

    private static double Modulo(double x, double y)
    {
        var rest = Math.IEEERemainder(x, y);
        return rest != 0 && double.IsNegative(rest) != double.IsNegative(y) ? rest + y : rest;
    }

    private static double Unary(LoopUnary function, double x) => function switch
    {
        LoopUnary.Negate => -x,
        LoopUnary.Abs => Math.Abs(x),
        LoopUnary.Sign => double.IsNaN(x) ? x : Math.Sign(x),
        LoopUnary.Exp => Math.Exp(x),
        LoopUnary.Expm1 => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1,
        LoopUnary.Log => Math.Log(x),
        LoopUnary.Log1p => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x),
        LoopUnary.Sqrt => Math.Sqrt(x),
        LoopUnary.Rsqrt => 1 / Math.Sqrt(x),
        LoopUnary.Tanh => Math.Tanh(x),
        LoopUnary.Sigmoid => 1 / (1 + Math.Exp(-x)),
        LoopUnary.Softplus => x > 30 ? x : Math.Log(1 + Math.Exp(x)),
        LoopUnary.Erf => SpecialFunctions.Erf(x),
        LoopUnary.Sin => Math.Sin(x),
        LoopUnary.Cos => Math.Cos(x),
        LoopUnary.Tan => Math.Tan(x),
        LoopUnary.Asin => Math.Asin(x),
        LoopUnary.Acos => Math.Acos(x),
        LoopUnary.Atan => Math.Atan(x),
        LoopUnary.Sinh => Math.Sinh(x),
        LoopUnary.Cosh => Math.Cosh(x),
        LoopUnary.Asinh => Math.Asinh(x),
        LoopUnary.Acosh => Math.Acosh(x),
        LoopUnary.Atanh => Math.Atanh(x),
        LoopUnary.Floor => Math.Floor(x),
        LoopUnary.Ceiling => Math.Ceiling(x),
        LoopUnary.Round => Math.Round(x, MidpointRounding.ToEven),
        LoopUnary.Not => x != 0 ? 0 : 1,
        LoopUnary.IsNaN => double.IsNaN(x) ? 1 : 0,
        _ => double.IsFinite(x) ? 1 : 0,
    };
}
