using System.Collections.Immutable;

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
        var places = new int[program.Instructions.Length];
        var instructions = ImmutableArray.CreateBuilder<LoopInstruction>();
        for (var place = 0; place < places.Length; place++)
        {
            var instruction = program.Instructions[place].Renumber(
                register => places[register], dimension => dimension);
            if (instruction.Form == LoopForm.Accumulate
                && program.Operands[instruction.Operand].ColumnStride == 0
                && program.LevelOf(program.Instructions[place].First) == LoopLevel.Column)
            {
                instructions.Add(LoopInstruction.Reduce(instruction.Reduction, instruction.First));
                instruction = LoopInstruction.Accumulate(
                    instruction.Reduction, instruction.Operand, instructions.Count - 1);
            }

            places[place] = instructions.Count;
            instructions.Add(instruction);
        }

        return new LoopProgram(program.Extents, program.Operands, instructions.ToImmutable());
    }
}
