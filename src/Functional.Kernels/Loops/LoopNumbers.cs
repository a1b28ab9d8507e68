namespace Functional.Kernels.Loops;

/// <summary>
/// Finds maxima of rows that need not look for NaN, because a NaN in the row reaches every result another way: in a softmax,
/// through the sum of the powers.
/// </summary>
internal sealed class LoopNumbers
{
    private readonly LoopProgram program;
    private readonly ILookup<int, int> readers;

    private LoopNumbers(LoopProgram program)
    {
        this.program = program;
        readers = program.Instructions
            .SelectMany((instruction, place) => LoopRegisters.ReadBy(instruction).Distinct().Select(register => (register, place)))
            .ToLookup(use => use.register, use => use.place);
    }

    /// <summary>Makes maxima of numbers of such maxima.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program with the same effect.</returns>
    public static LoopProgram SkipNaN(LoopProgram program)
    {
        var numbers = new LoopNumbers(program);
        var instructions = program.Instructions.Select((instruction, place) => numbers.MaySkipNaN(place)
            ? LoopInstruction.Reduce(LoopReduction.MaximumNumber, instruction.First)
            : instruction).ToArray();
        return instructions.AsSpan().SequenceEqual(program.Instructions.AsSpan())
            ? program
            : new LoopProgram(program.Extents, program.Operands, [.. instructions]);
    }

    private bool MaySkipNaN(int maximum)
    {
        if (program.Instructions[maximum] is not { Form: LoopForm.Reduce, Reduction: LoopReduction.Maximum } reduce
            || program.ElementOf(maximum) != LoopElement.Float)
            return false;

        // Where the value of a register is NaN: in the columns where what is reduced is, or in all columns if any is. The
        // maximum itself may be a number.
        var inColumn = new HashSet<int> { reduce.First };
        var everywhere = new HashSet<int>();
        for (var place = reduce.First + 1; place < program.Instructions.Length; place++)
        {
            var instruction = program.Instructions[place];
            var arguments = LoopRegisters.ReadBy(instruction).ToArray();
            if (IsSum(instruction) && (inColumn.Contains(instruction.First) || everywhere.Contains(instruction.First)))
                everywhere.Add(place);
            else if (KeepsNaN(instruction) && arguments.Any(everywhere.Contains))
                everywhere.Add(place);
            else if (KeepsNaN(instruction) && arguments.Any(inColumn.Contains))
                inColumn.Add(place);
        }

        return ReachesOnly(everywhere, maximum, []);
    }

    /// <summary>Whether nothing that is written depends on a register but by way of others.</summary>
    private bool ReachesOnly(HashSet<int> others, int register, HashSet<int> seen) => readers[register].All(place =>
        others.Contains(place)
        || !seen.Add(place)
        || (program.Instructions[place].DefinesRegister && program.ElementOf(place) == LoopElement.Float
            && ReachesOnly(others, place, seen)));

    private static bool IsSum(LoopInstruction instruction) =>
        instruction is { Form: LoopForm.Reduce, Reduction: LoopReduction.Sum };

    private static bool KeepsNaN(LoopInstruction instruction) => instruction.Form switch
    {
        LoopForm.MultiplyAdd => true,
        LoopForm.Unary => instruction.UnaryFunction is LoopUnary.Negate or LoopUnary.Exp or LoopUnary.Log or LoopUnary.Sqrt,
        LoopForm.Binary => instruction.BinaryFunction
            is LoopBinary.Add or LoopBinary.Subtract or LoopBinary.Multiply or LoopBinary.Divide,
        _ => false,
    };
}
