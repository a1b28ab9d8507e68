namespace Functional.Kernels.Loops;

/// <summary>The registers that an instruction reads.</summary>
internal static class LoopRegisters
{
    /// <summary>Lists them in the order first, second, third.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <returns>As many registers as its form reads.</returns>
    public static IEnumerable<int> ReadBy(LoopInstruction instruction) => instruction.Form switch
    {
        LoopForm.Load or LoopForm.Constant or LoopForm.Index => [],
        LoopForm.Binary or LoopForm.Compare => [instruction.First, instruction.Second],
        LoopForm.Select or LoopForm.MultiplyAdd => [instruction.First, instruction.Second, instruction.Third],
        _ => [instruction.First],
    };

    /// <summary>Counts how often each register of a program is read.</summary>
    /// <param name="program">The program.</param>
    /// <returns>A number for each instruction.</returns>
    public static int[] UsesIn(LoopProgram program)
    {
        var uses = new int[program.Instructions.Length];
        foreach (var register in program.Instructions.SelectMany(ReadBy))
            uses[register]++;
        return uses;
    }
}
