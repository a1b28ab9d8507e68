namespace Functional.Kernels.Loops;

/// <summary>
/// Makes one instruction of a product and the sum that reads it: x * y + z, and with a negation z - x * y and x * y - z. That
/// saves an instruction, and a rounding where the CPU can.
/// </summary>
/// <remarks>
/// A difference of two products stays: rounded apart, equal products differ by exactly 0, and callers may take the root of it.
/// </remarks>
internal sealed class LoopContraction
{
    private readonly LoopProgram program;
    private readonly int[] uses;
    private readonly LoopRewriting result;

    private LoopContraction(LoopProgram program)
    {
        this.program = program;
        uses = LoopRegisters.UsesIn(program);
        result = new LoopRewriting(program);
    }

    /// <summary>Contracts a program.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program with the same operands and the same effect up to rounding.</returns>
    public static LoopProgram Contract(LoopProgram program) => new LoopContraction(program).Run();

    private LoopProgram Run()
    {
        var products = new int[program.Instructions.Length];
        var contracted = new HashSet<int>();
        foreach (var (place, instruction) in program.Instructions.Index())
        {
            products[place] = ProductIn(place, instruction);
            if (products[place] >= 0)
                contracted.Add(products[place]);
        }

        if (contracted.Count == 0)
            return program;
        foreach (var (place, instruction) in program.Instructions.Index())
        {
            if (!contracted.Contains(place))
                result[place] = products[place] >= 0 ? AppendSum(instruction, products[place]) : result.Copy(place);
        }

        return result.Finish();
    }

    /// <summary>The product that a sum or difference takes in, or -1.</summary>
    private int ProductIn(int place, LoopInstruction sum)
    {
        if (sum is not { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Add or LoopBinary.Subtract }
            || program.ElementOf(place) != LoopElement.Float
            || (sum.BinaryFunction == LoopBinary.Subtract && IsProduct(sum.First) && IsProduct(sum.Second)))
            return -1;
        return CanTakeIn(place, sum.Second) ? sum.Second : CanTakeIn(place, sum.First) ? sum.First : -1;
    }

    // A product per row is computed once, a sum of it per column as often as there are columns.
    private bool CanTakeIn(int place, int register) =>
        IsProduct(register) && uses[register] == 1 && program.LevelOf(register) == program.LevelOf(place);

    private bool IsProduct(int register) =>
        program.Instructions[register] is { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Multiply };

    private int AppendSum(LoopInstruction sum, int register)
    {
        var product = program.Instructions[register];
        var isSecond = sum.Second == register;
        var isDifference = sum.BinaryFunction == LoopBinary.Subtract;
        var addend = result[isSecond ? sum.First : sum.Second];
        var (left, right) = program.LevelOf(product.Second) == LoopLevel.Row
            ? (product.Second, product.First)
            : (product.First, product.Second);
        return result.Append(LoopInstruction.MultiplyAdd(
            isDifference && isSecond ? Negative(result[left]) : result[left],
            result[right],
            isDifference && !isSecond ? Negative(addend) : addend));
    }

    // Of a value per row it is computed once per row; CPUs negate an argument of a multiply-add for nothing.
    private int Negative(int register) => result.Append(LoopInstruction.Unary(LoopUnary.Negate, register));
}
