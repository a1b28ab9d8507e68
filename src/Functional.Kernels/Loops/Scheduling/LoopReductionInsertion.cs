namespace Functional.Kernels.Loops;

/// <summary>Reduces the columns of a row before their values are accumulated into one element.</summary>
internal static class LoopReductionInsertion
{
    /// <summary>Puts a Reduce before every Accumulate that would combine several columns into one element.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program with the same effect in which an Accumulate is either per row or has a column
    /// stride.</returns>
    public static LoopProgram Insert(LoopProgram program)
    {
        var result = new LoopRewriting(program);
        foreach (var (place, instruction) in program.Instructions.Index())
        {
            if (instruction.Form == LoopForm.Accumulate
                && program.Operands[instruction.Operand].ColumnStride == 0
                && program.LevelOf(instruction.First) == LoopLevel.Column)
            {
                var reduced = result.Append(LoopInstruction.Reduce(instruction.Reduction, result[instruction.First]));
                result[place] = result.Append(
                    LoopInstruction.Accumulate(instruction.Reduction, instruction.Operand, reduced));
            }
            else
            {
                result[place] = result.Copy(place);
            }
        }

        return result.Finish();
    }
}
