using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;

namespace Functional.Kernels.Tests.Loops;

/// <summary>
/// Makes well-typed programs from a number. Functions that jump or have a limited domain are applied to loaded values
/// and constants only: there, rounding cannot make two correct answers differ.
/// </summary>
internal sealed class RandomLoop
{
    private static readonly LoopUnary[] Smooth =
    [
        LoopUnary.Negate, LoopUnary.Abs, LoopUnary.Exp, LoopUnary.Expm1, LoopUnary.Tanh, LoopUnary.Sigmoid,
        LoopUnary.Softplus,
        LoopUnary.Erf, LoopUnary.Atan, LoopUnary.Sinh, LoopUnary.Cosh, LoopUnary.Asinh,
    ];

    private static readonly LoopUnary[] Delicate =
    [
        LoopUnary.Sign, LoopUnary.Log, LoopUnary.Log1p, LoopUnary.Sqrt, LoopUnary.Rsqrt, LoopUnary.Tan, LoopUnary.Asin,
        LoopUnary.Acos, LoopUnary.Acosh, LoopUnary.Atanh, LoopUnary.Sin, LoopUnary.Cos,
        LoopUnary.Floor, LoopUnary.Ceiling, LoopUnary.Round,
    ];

    private static readonly LoopBinary[] OfIntegers =
    [
        LoopBinary.Add, LoopBinary.Subtract, LoopBinary.Multiply, LoopBinary.Divide, LoopBinary.Maximum,
        LoopBinary.Minimum, LoopBinary.Remainder, LoopBinary.FloorDivide,
    ];

    private readonly Random random;
    private readonly ImmutableArray<int> extents;
    private readonly List<LoopOperand> operands = [];
    private readonly List<LoopInstruction> instructions = [];
    private readonly List<LoopElement> elements = [];
    private readonly List<bool> isExact = [];
    private readonly List<bool> isPerColumn = [];

    private RandomLoop(int seed, int largestExtent)
    {
        random = new Random(seed);
        extents = [.. Enumerable.Range(0, random.Next(1, 5)).Select(
            _ => random.Next(5) == 0 ? 1 : random.Next(1, largestExtent))];
    }

    /// <summary>Numbers to make programs from; a failure prints the number.</summary>
    public static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    public static LoopProgram Program(int seed, int largestExtent = 9) =>
        new RandomLoop(seed, largestExtent).Build(3, 14);

    /// <summary>A program over two large dimensions, so that it has several parts.</summary>
    public static LoopProgram LargeProgram(int seed)
    {
        var random = new Random(seed);
        var builder = new RandomLoop(seed, [random.Next(1, 4) * 211, random.Next(1, 4) * 307]);
        return builder.Build(6, 20);
    }

    private RandomLoop(int seed, ImmutableArray<int> extents)
    {
        random = new Random(seed);
        this.extents = extents;
    }

    public static double[] Values(LoopOperand operand, int count, int seed)
    {
        var random = new Random(seed + operand.Strides.Sum());
        return [.. Enumerable.Range(0, count).Select(_ => operand.Element switch
        {
            LoopElement.Int32 => random.Next(-20, 20),
            LoopElement.Bool => random.Next(2),
            _ => (random.NextDouble() * 4) - 2,
        })];
    }

    private LoopProgram Build(int fewest, int most)
    {
        var steps = random.Next(fewest, most);
        AddLoad();
        for (var step = 0; step < steps; step++)
            AddStep();
        var results = random.Next(1, 4);
        for (var result = 0; result < results; result++)
            AddResult();
        return new LoopProgram(extents, [.. operands], [.. instructions]);
    }

    private void AddStep()
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                AddLoad();
                break;
            case 2:
                Add(
                    LoopInstruction.Constant(LoopElement.Float, Math.Round(random.NextDouble() * 3, 2)),
                    LoopElement.Float,
                    true,
                    false);
                break;
            case 3:
                var dimension = random.Next(extents.Length);
                Add(LoopInstruction.Index(dimension), LoopElement.Int32, true, dimension == extents.Length - 1);
                break;
            case 4:
                AddUnary();
                break;
            case 5 or 6:
                AddBinary();
                break;
            case 7:
                AddCompare();
                break;
            case 8:
                AddSelect();
                break;
            case 9:
                AddCast();
                break;
            case 10:
                AddMultiplyAdd();
                break;
            default:
                AddReduce();
                break;
        }
    }

    private void Add(LoopInstruction instruction, LoopElement element, bool exact, bool perColumn)
    {
        instructions.Add(instruction);
        elements.Add(element);
        isExact.Add(exact);
        isPerColumn.Add(perColumn);
    }

    private void AddLoad()
    {
        var element = random.Next(5) switch { 0 => LoopElement.Int32, 1 => LoopElement.Bool, _ => LoopElement.Float };
        var strides = DenseStrides().Select(stride => random.Next(4) == 0 ? 0 : stride).ToImmutableArray();
        operands.Add(new LoopOperand(element, strides, LoopAccess.Read));
        Add(LoopInstruction.Load(operands.Count - 1), element, true, strides[^1] != 0);
    }

    /// <summary>Strides of memory in which no two elements share a place: any order of dimensions, gaps, either
    /// direction.</summary>
    private int[] DenseStrides()
    {
        var order = Enumerable.Range(0, extents.Length).Reverse().ToArray();
        if (random.Next(4) == 0)
            random.Shuffle(order);
        var next = random.Next(8) == 0 ? 2 : 1;
        var strides = new int[extents.Length];
        foreach (var dimension in order)
        {
            strides[dimension] = random.Next(8) == 0 ? -next : next;
            next *= extents[dimension] + (random.Next(8) == 0 ? 1 : 0);
        }

        return strides;
    }

    private int Pick(Func<int, bool> allowed)
    {
        var places = Enumerable.Range(0, instructions.Count)
            .Where(place => instructions[place].DefinesRegister && allowed(place)).ToArray();
        return places.Length == 0 ? -1 : places[random.Next(places.Length)];
    }

    private void AddUnary()
    {
        var delicate = random.Next(3) == 0;
        var argument = Pick(place => elements[place] == LoopElement.Float && (!delicate || isExact[place]));
        if (argument >= 0)
        {
            var function = delicate ? Delicate[random.Next(Delicate.Length)] : Smooth[random.Next(Smooth.Length)];
            Add(
                LoopInstruction.Unary(function, argument),
                LoopElement.Float,
                function is LoopUnary.Negate or LoopUnary.Abs && isExact[argument],
                isPerColumn[argument]);
        }
    }

    private void AddBinary()
    {
        var element = random.Next(6) switch { 0 => LoopElement.Int32, 1 => LoopElement.Bool, _ => LoopElement.Float };
        var function = element switch
        {
            LoopElement.Bool => (LoopBinary)random.Next((int)LoopBinary.And, (int)LoopBinary.Xor + 1),
            LoopElement.Int32 => OfIntegers[random.Next(OfIntegers.Length)],
            _ => (LoopBinary)random.Next((int)LoopBinary.Atan2 + 1),
        };
        var delicate = function is LoopBinary.Divide or LoopBinary.Power or LoopBinary.Remainder
            or LoopBinary.FloorDivide or LoopBinary.Atan2;
        var first = Pick(place => elements[place] == element && (!delicate || isExact[place]));
        var second = Pick(place => elements[place] == element && (!delicate || isExact[place]));
        if (first >= 0 && second >= 0)
            Add(
                LoopInstruction.Binary(function, first, second),
                element,
                element != LoopElement.Float && isExact[first] && isExact[second],
                isPerColumn[first] || isPerColumn[second]);
    }

    private void AddCompare()
    {
        var first = Pick(place => isExact[place]);
        if (first < 0)
            return;
        var second = Pick(place => isExact[place] && elements[place] == elements[first]);
        var comparison = (LoopComparison)random.Next(elements[first] == LoopElement.Bool ? 2 : 6);
        Add(
            LoopInstruction.Compare(comparison, first, second),
            LoopElement.Bool,
            true,
            isPerColumn[first] || isPerColumn[second]);
    }

    private void AddSelect()
    {
        var condition = Pick(place => elements[place] == LoopElement.Bool);
        var whenTrue = Pick(_ => true);
        if (condition < 0)
            return;
        var whenFalse = Pick(place => elements[place] == elements[whenTrue]);
        Add(
            LoopInstruction.Select(condition, whenTrue, whenFalse),
            elements[whenTrue],
            isExact[condition] && isExact[whenTrue] && isExact[whenFalse],
            isPerColumn[condition] || isPerColumn[whenTrue] || isPerColumn[whenFalse]);
    }

    private void AddMultiplyAdd()
    {
        int PickFloat() => Pick(place => elements[place] == LoopElement.Float);
        var (first, second, third) = (PickFloat(), PickFloat(), PickFloat());
        if (first >= 0)
            Add(
                LoopInstruction.MultiplyAdd(first, second, third),
                LoopElement.Float,
                false,
                isPerColumn[first] || isPerColumn[second] || isPerColumn[third]);
    }

    private void AddCast()
    {
        var argument = Pick(place => isExact[place]);
        var element = (LoopElement)random.Next(3);
        if (argument >= 0)
            Add(LoopInstruction.Cast(element, argument), element, true, isPerColumn[argument]);
    }

    private void AddReduce()
    {
        var argument = Pick(place => elements[place] != LoopElement.Bool);
        if (argument >= 0)
            Add(
                LoopInstruction.Reduce((LoopReduction)random.Next(4), argument),
                elements[argument],
                elements[argument] == LoopElement.Int32 && isExact[argument],
                false);
    }

    private void AddResult()
    {
        if (random.Next(3) == 0)
        {
            AddAccumulate();
            return;
        }

        var source = Pick(_ => true);
        var strides = DenseStrides();
        if (!isPerColumn[source] && random.Next(2) == 0)
            strides[^1] = 0;
        var inPlace = instructions[source].Form == LoopForm.Load
            && operands[instructions[source].Operand].Strides.SequenceEqual(strides)
            && operands[instructions[source].Operand].Access == LoopAccess.Read;
        operands.Add(new LoopOperand(elements[source], [.. strides], LoopAccess.Write));
        if (inPlace)
        {
            operands.RemoveAt(operands.Count - 1);
            var operand = instructions[source].Operand;
            operands[operand] = operands[operand] with { Access = LoopAccess.ReadWrite };
            var factor = Pick(place => elements[place] == elements[source]);
            if (elements[source] != LoopElement.Bool)
            {
                Add(
                    LoopInstruction.Binary(LoopBinary.Add, source, factor),
                    elements[source],
                    false,
                    isPerColumn[source] || isPerColumn[factor]);
                source = instructions.Count - 1;
            }

            if (isPerColumn[source] && strides[^1] == 0)
                return;
            Add(LoopInstruction.Store(operand, source), elements[source], false, false);
            return;
        }

        Add(LoopInstruction.Store(operands.Count - 1, source), elements[source], false, false);
    }

    private void AddAccumulate()
    {
        var source = Pick(place => elements[place] != LoopElement.Bool);
        if (source < 0)
            return;
        var strides = DenseStrides().Select(stride => random.Next(2) == 0 ? 0 : stride);
        operands.Add(new LoopOperand(elements[source], [.. strides], LoopAccess.Write));
        var reduction = (LoopReduction)random.Next(elements[source] == LoopElement.Int32 ? 3 : 4);
        Add(LoopInstruction.Accumulate(reduction, operands.Count - 1, source), elements[source], false, false);
    }
}
