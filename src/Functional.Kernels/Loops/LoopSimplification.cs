namespace Functional.Kernels.Loops;

/// <summary>
/// Writes a program with cheaper instructions. Results change by rounding only, and compiled and interpreted loops are
/// made of the same simpler program.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>x / s, where s is a row's sum of e^(y - max y), becomes x * (1 / s): one division per row. The sum lies between
/// 1 and the number of columns, so its reciprocal neither overflows nor becomes denormal.</item>
/// <item>x * sigmoid(y) becomes x / (1 + e^-y) where nothing else needs the sigmoid.</item>
/// <item>x + (c ? y : 0) becomes c ? x + y : x where nothing else needs the choice: CPUs add under a mask. In the same way
/// x - (c ? y : 0).</item>
/// </list>
/// </remarks>
internal sealed class LoopSimplification
{
    private readonly LoopProgram program;
    private readonly int[] uses;
    private readonly LoopRewriting result;
    private readonly Dictionary<int, int> reciprocals = [];

    private LoopSimplification(LoopProgram program)
    {
        this.program = program;
        uses = LoopRegisters.UsesIn(program);
        result = new LoopRewriting(program);
    }

    /// <summary>Simplifies a program.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program with the same operands and the same effect up to rounding. A register that nothing reads any
    /// more is left out.</returns>
    public static LoopProgram Simplify(LoopProgram program) => new LoopSimplification(program).Run();

    private LoopProgram Run()
    {
        var inlined = new HashSet<int>();
        foreach (var (place, instruction) in program.Instructions.Index())
        {
            if (InlinedBy(instruction) is var argument and >= 0)
                inlined.Add(argument);
        }

        var isChanged = inlined.Count > 0;
        foreach (var (place, instruction) in program.Instructions.Index())
        {
            if (inlined.Contains(place))
                continue;
            if (IsDivisionByPowers(instruction))
            {
                isChanged = true;
                result[place] = result.Append(
                    LoopBinary.Multiply, result[instruction.First], ReciprocalOf(instruction.Second));
            }
            else if (InlinedBy(instruction) is var argument and >= 0)
            {
                result[place] = program.Instructions[argument].Form == LoopForm.Select
                    ? AppendChoice(instruction, argument)
                    : AppendGate(instruction, argument);
            }
            else
            {
                result[place] = result.Copy(place);
            }
        }

        return isChanged ? result.Finish() : program;
    }

    private bool IsDivisionByPowers(LoopInstruction instruction) =>
        instruction is { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Divide }
        && program.LevelOf(instruction.First) == LoopLevel.Column
        && IsSumOfPowers(program.Instructions[instruction.Second]);

    private bool IsSumOfPowers(LoopInstruction sum)
    {
        if (sum is not { Form: LoopForm.Reduce, Reduction: LoopReduction.Sum })
            return false;
        var power = program.Instructions[sum.First];
        if (power is not { Form: LoopForm.Unary, UnaryFunction: LoopUnary.Exp })
            return false;
        var difference = program.Instructions[power.First];
        return difference is { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Subtract }
            && program.Instructions[difference.Second] is { Form: LoopForm.Reduce, Reduction: LoopReduction.Maximum } largest
            && largest.First == difference.First;
    }

    private int ReciprocalOf(int register)
    {
        if (!reciprocals.TryGetValue(register, out var reciprocal))
        {
            var one = result.Append(LoopInstruction.Constant(LoopElement.Float, 1));
            reciprocal = result.Append(LoopBinary.Divide, one, result[register]);
            reciprocals[register] = reciprocal;
        }

        return reciprocal;
    }

    /// <summary>The register whose instruction is merged with one that reads it, or -1.</summary>
    private int InlinedBy(LoopInstruction instruction)
    {
        if (instruction.Form != LoopForm.Binary || program.LevelOf(instruction.First) != program.LevelOf(instruction.Second))
            return -1;
        Func<int, bool> isMerged = instruction.BinaryFunction switch
        {
            LoopBinary.Multiply => IsSigmoid,
            LoopBinary.Add or LoopBinary.Subtract => IsChoiceOfZero,
            _ => _ => false,
        };
        if (uses[instruction.Second] == 1 && isMerged(instruction.Second))
            return instruction.Second;
        var commutes = instruction.BinaryFunction != LoopBinary.Subtract;
        return commutes && uses[instruction.First] == 1 && isMerged(instruction.First) ? instruction.First : -1;
    }

    private bool IsSigmoid(int register) =>
        program.Instructions[register] is { Form: LoopForm.Unary, UnaryFunction: LoopUnary.Sigmoid };

    private bool IsChoiceOfZero(int register) =>
        program.Instructions[register].Form == LoopForm.Select
        && program.ElementOf(register) == LoopElement.Float
        && program.Instructions[program.Instructions[register].Third] is { Form: LoopForm.Constant, Value: 0 };

    private int OtherOf(LoopInstruction instruction, int argument) =>
        result[instruction.First == argument ? instruction.Second : instruction.First];

    private int AppendGate(LoopInstruction instruction, int sigmoid)
    {
        var argument = result[program.Instructions[sigmoid].First];
        var negative = result.Append(LoopInstruction.Unary(LoopUnary.Negate, argument));
        var power = result.Append(LoopInstruction.Unary(LoopUnary.Exp, negative));
        var one = result.Append(LoopInstruction.Constant(LoopElement.Float, 1));
        var sum = result.Append(LoopBinary.Add, one, power);
        return result.Append(LoopBinary.Divide, OtherOf(instruction, sigmoid), sum);
    }

    private int AppendChoice(LoopInstruction instruction, int choice)
    {
        var (other, select) = (OtherOf(instruction, choice), program.Instructions[choice]);
        var changed = result.Append(instruction.BinaryFunction, other, result[select.Second]);
        return result.Append(LoopInstruction.Select(result[select.First], changed, other));
    }
}
