using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>A program that is written anew, instruction by instruction, over the operands of another one.</summary>
/// <param name="program">The other one.</param>
internal sealed class LoopRewriting(LoopProgram program)
{
    private readonly int[] places = new int[program.Instructions.Length];
    private readonly ImmutableArray<LoopInstruction>.Builder instructions = ImmutableArray.CreateBuilder<LoopInstruction>();

    /// <summary>The new number of a register.</summary>
    /// <param name="register">Its number in the other program.</param>
    public int this[int register]
    {
        get => places[register];
        set => places[register] = value;
    }

    /// <summary>Writes an instruction.</summary>
    /// <param name="instruction">The instruction, which names new registers.</param>
    /// <returns>The register that it defines.</returns>
    public int Append(LoopInstruction instruction)
    {
        instructions.Add(instruction);
        return instructions.Count - 1;
    }

    /// <summary>Writes an instruction of two arguments.</summary>
    /// <param name="function">Its function.</param>
    /// <param name="first">A new register.</param>
    /// <param name="second">Another one.</param>
    /// <returns>The register that it defines.</returns>
    public int Append(LoopBinary function, int first, int second) =>
        Append(LoopInstruction.Binary(function, first, second));

    /// <summary>Writes an instruction of the other program as it is.</summary>
    /// <param name="place">The instruction.</param>
    /// <returns>The register that it defines.</returns>
    public int Copy(int place) =>
        Append(program.Instructions[place].Renumber(register => places[register], dimension => dimension));

    /// <summary>The new program.</summary>
    public LoopProgram Finish() => new(program.Extents, program.Operands, instructions.ToImmutable());
}
