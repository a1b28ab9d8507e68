using System.Collections.Immutable;
using System.Text;

namespace Functional.Kernels.Loops;

/// <summary>
/// A fused loop as immutable data: what happens at every point of a row-major iteration space. The last extent counts
/// the columns, the product of the others the rows.
/// </summary>
/// <remarks>
/// <para>A register has one value per column or one per row (<see cref="LoopLevel"/>); where a per-row register meets
/// per-column ones it is repeated. An instruction that needs the result of a Reduce belongs to a later phase of its
/// row: a row is processed phase by phase while it is in cache. Phases are derived, not written.</para>
/// <para>For every element all Loads come before all Stores, and all Stores of a row come after its last Reduce. So an
/// operand that is written may be the same memory as one that is read, if both have the same strides. The target of an
/// Accumulate must not overlap any other operand.</para>
/// </remarks>
public sealed class LoopProgram
{
    private readonly ImmutableArray<LoopElement> elements;
    private readonly ImmutableArray<LoopLevel> levels;

    /// <summary>Makes a program from its parts and checks them.</summary>
    /// <param name="extents">The size of each dimension, at least one dimension, each at least 1.</param>
    /// <param name="operands">The arrays it works on.</param>
    /// <param name="instructions">Its steps in order.</param>
    /// <exception cref="ArgumentException">The program is malformed; the message says where and how.</exception>
    public LoopProgram(
        ImmutableArray<int> extents,
        ImmutableArray<LoopOperand> operands,
        ImmutableArray<LoopInstruction> instructions)
    {
        Extents = extents;
        Operands = operands;
        Instructions = instructions;
        LoopValidation.CheckSpace(extents, operands);
        (elements, levels) = LoopTyping.Infer(this);
        LoopValidation.CheckTargets(this);
        Rows = extents.AsSpan(0, extents.Length - 1).ToArray().Aggregate(1L, (product, extent) => product * extent);
    }

    /// <summary>The size of each dimension.</summary>
    public ImmutableArray<int> Extents { get; }

    /// <summary>The arrays the program works on.</summary>
    public ImmutableArray<LoopOperand> Operands { get; }

    /// <summary>The steps, in order; step i defines register i.</summary>
    public ImmutableArray<LoopInstruction> Instructions { get; }

    /// <summary>The number of rows: the product of all extents but the last.</summary>
    public long Rows { get; }

    /// <summary>The number of columns: the last extent.</summary>
    public int Columns => Extents[^1];

    /// <summary>The type of a register.</summary>
    /// <param name="register">The number of an instruction that defines one.</param>
    /// <returns>The type of the instruction's result.</returns>
    public LoopElement ElementOf(int register) => elements[register];

    /// <summary>Whether a register has a value per row or per column.</summary>
    /// <param name="register">The number of an instruction that defines one.</param>
    /// <returns>The level of the instruction's result.</returns>
    public LoopLevel LevelOf(int register) => levels[register];

    /// <summary>A listing: extents, operands, and one line per instruction.</summary>
    /// <returns>The listing.</returns>
    public override string ToString()
    {
        var text = new StringBuilder().Append("loop over [").AppendJoin(", ", Extents).Append(']');
        for (var operand = 0; operand < Operands.Length; operand++)
            text.Append('\n').Append("  operand ").Append(operand).Append(": ").Append(Operands[operand]);
        for (var register = 0; register < Instructions.Length; register++)
        {
            var instruction = Instructions[register];
            text.Append('\n').Append(
                instruction.DefinesRegister ? $"  r{register} = {instruction}" : $"  {instruction}");
        }

        return text.ToString();
    }
}
