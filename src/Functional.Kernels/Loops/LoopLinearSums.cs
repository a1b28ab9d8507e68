using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>
/// Takes what is the same in a whole row out of sums over the row, where the sum can then be formed in an earlier pass: the
/// sum of <c>r * x + s * y</c> is r times the sum of x plus s times the sum of y, which need not wait for r and s.
/// </summary>
/// <remarks>
/// The gradient of a layer normalization so takes three passes instead of four. Results change by rounding only: the products
/// that are no longer formed would have been rounded too, by as much as the sums are.
/// </remarks>
internal sealed class LoopLinearSums
{
    private const int MostTerms = 4;
    private const int MostFactors = 8;

    private readonly LoopProgram program;
    private readonly int[] phases;
    private readonly LoopRewriting result;
    private readonly Dictionary<string, int> sums = [];
    private readonly Dictionary<int, List<Term>?> known = [];

    private LoopLinearSums(LoopProgram program)
    {
        this.program = program;
        phases = LoopSchedule.ExecutionPhases(program);
        result = new LoopRewriting(program);
    }

    /// <summary>Takes factors out of the sums of a program.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program with the same operands and the same effect up to rounding.</returns>
    public static LoopProgram TakeFactorsOut(LoopProgram program) => new LoopLinearSums(program).Run();

    private LoopProgram Run()
    {
        var isChanged = false;
        foreach (var (place, instruction) in program.Instructions.Index())
        {
            var terms = TermsOf(place, instruction);
            isChanged |= terms is not null;
            result[place] = terms is null
                ? result.Copy(place)
                : terms.Select(AppendTerm).Aggregate((left, right) => result.Append(LoopBinary.Add, left, right));
        }

        return isChanged ? result.Finish() : program;
    }

    private List<Term>? TermsOf(int place, LoopInstruction sum)
    {
        if (sum is not { Form: LoopForm.Reduce, Reduction: LoopReduction.Sum }
            || program.ElementOf(place) != LoopElement.Float
            || program.LevelOf(sum.First) == LoopLevel.Row)
            return null;
        if (TermsIn(sum.First) is not { } terms)
            return null;
        var phase = terms.Max(term => term.Columns.Max(register => phases[register]));
        return phase < phases[sum.First] ? terms : null;
    }

    /// <summary>The terms whose sum a register is; null for more than a few. Found once for each register, for a register that
    /// is read twice has twice the terms of those that it reads.</summary>
    private List<Term>? TermsIn(int register)
    {
        if (!known.TryGetValue(register, out var terms))
        {
            terms = Decompose(register);
            known[register] = terms = terms?.Count <= MostTerms ? terms : null;
        }

        return terms;
    }

    private List<Term>? Decompose(int register)
    {
        var instruction = program.Instructions[register];
        switch (instruction)
        {
            case { Form: LoopForm.Unary, UnaryFunction: LoopUnary.Negate }:
                return TermsIn(instruction.First)?.ConvertAll(term => term.Negated);
            case { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Add or LoopBinary.Subtract } when IsOfColumns(instruction):
                if (TermsIn(instruction.First) is not { } first || TermsIn(instruction.Second) is not { } second)
                    return null;
                var isDifference = instruction.BinaryFunction == LoopBinary.Subtract;
                return [.. first, .. isDifference ? second.ConvertAll(term => term.Negated) : second];
            case { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Multiply } when IsOfColumns(instruction):
                return TermsIn(instruction.First) is [var left] && TermsIn(instruction.Second) is [var right]
                    && left.Factors + right.Factors <= MostFactors
                    ? [left.Times(right)]
                    : [Term.Of(register)];
            case { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Multiply }:
                var (row, column) = program.LevelOf(instruction.First) == LoopLevel.Row
                    ? (instruction.First, instruction.Second)
                    : (instruction.Second, instruction.First);
                return TermsIn(column)?.ConvertAll(term => term with { Rows = term.Rows.Add(row) });
            default:
                return [Term.Of(register)];
        }
    }

    private bool IsOfColumns(LoopInstruction instruction) =>
        program.LevelOf(instruction.First) == LoopLevel.Column && program.LevelOf(instruction.Second) == LoopLevel.Column;

    private int AppendTerm(Term term)
    {
        var columns = term.Columns.Sort();
        var name = string.Join(' ', columns);
        if (!sums.TryGetValue(name, out var value))
        {
            var product = columns.Select(register => result[register])
                .Aggregate((left, right) => result.Append(LoopBinary.Multiply, left, right));
            sums[name] = value = result.Append(LoopInstruction.Reduce(LoopReduction.Sum, product));
        }

        foreach (var register in term.Rows)
            value = result.Append(LoopBinary.Multiply, value, result[register]);
        return term.IsNegative ? result.Append(LoopInstruction.Unary(LoopUnary.Negate, value)) : value;
    }

    /// <summary>A product of registers, apart by their level.</summary>
    private sealed record Term(ImmutableArray<int> Rows, ImmutableArray<int> Columns, bool IsNegative)
    {
        public int Factors => Rows.Length + Columns.Length;

        public Term Negated => this with { IsNegative = !IsNegative };

        public static Term Of(int column) => new([], [column], false);

        public Term Times(Term other) => new(
            [.. Rows, .. other.Rows], [.. Columns, .. other.Columns], IsNegative != other.IsNegative);
    }
}
