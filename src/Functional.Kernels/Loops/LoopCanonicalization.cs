using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>Writes a program over as few dimensions as its strides allow, so that most maps become one long
/// row.</summary>
public static class LoopCanonicalization
{
    /// <summary>Drops dimensions of extent 1 and joins neighbours that every operand walks through in one
    /// stride.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>A program with the same effect. Dimensions that an Index names are not joined; columns are neither
    /// dropped nor joined with rows where something counts rows (a Reduce, or an Accumulate once per row).</returns>
    public static LoopProgram Canonicalize(LoopProgram program)
    {
        var current = DropUnitDimensions(program);
        for (var dimension = current.Extents.Length - 2; dimension >= 0; dimension--)
        {
            if (CanJoin(current, dimension))
                current = Join(current, dimension);
        }

        return current;
    }

    /// <summary>Whether the effect of a program depends on how many rows there are and what is in each.</summary>
    /// <param name="program">Any program.</param>
    /// <returns>True with a Reduce, or with an Accumulate that adds one value per row.</returns>
    internal static bool CountsRows(LoopProgram program) =>
        program.Instructions.Any(instruction =>
            instruction.Form == LoopForm.Reduce
            || (instruction.Form == LoopForm.Accumulate
                && program.LevelOf(instruction.First) == LoopLevel.Row
                && program.Operands[instruction.Operand].ColumnStride == 0));

    /// <summary>A value per column may become one per row when the columns are dropped, and would then be accumulated
    /// less often; such columns stay.</summary>
    private static LoopProgram DropUnitDimensions(LoopProgram program)
    {
        var columns = program.Extents.Length - 1;
        var wide = Enumerable.Range(0, columns + 1).Where(dimension => program.Extents[dimension] > 1).ToList();
        if (wide.Count == 0)
            wide.Add(columns);
        if (!program.Instructions.Any(instruction => instruction.Form == LoopForm.Reduce))
        {
            var dropped = Keep(program, wide);
            if (dropped.Instructions.All(instruction =>
                    instruction.Form != LoopForm.Accumulate || dropped.LevelOf(instruction.First) == LoopLevel.Column))
                return dropped;
        }

        return Keep(program, wide.Contains(columns) ? wide : [.. wide, columns]);
    }

    private static LoopProgram Keep(LoopProgram program, List<int> kept)
    {
        if (kept.Count == program.Extents.Length)
            return program;
        var instructions = program.Instructions.Select(instruction =>
            instruction.Form == LoopForm.Index && !kept.Contains(instruction.Dimension)
                ? LoopInstruction.Constant(LoopElement.Int32, 0)
                : instruction.Renumber(register => register, dimension => kept.IndexOf(dimension)));
        return new LoopProgram(
            Pick(program.Extents, kept),
            [.. program.Operands.Select(operand => operand with { Strides = Pick(operand.Strides, kept) })],
            [.. instructions]);
    }

    private static ImmutableArray<int> Pick(ImmutableArray<int> values, List<int> places) =>
        [.. places.Select(place => values[place])];

    private static bool CanJoin(LoopProgram program, int dimension)
    {
        var inner = dimension + 1;
        var joinsColumns = inner == program.Extents.Length - 1;
        return (long)program.Extents[dimension] * program.Extents[inner] <= int.MaxValue
            && !(joinsColumns && CountsRows(program))
            && program.Instructions.All(instruction =>
                instruction.Form != LoopForm.Index
                    || (instruction.Dimension != dimension && instruction.Dimension != inner))
            && program.Operands.All(operand =>
                operand.Strides[dimension] == (long)operand.Strides[inner] * program.Extents[inner]);
    }

    private static LoopProgram Join(LoopProgram program, int dimension) => new(
        program.Extents.RemoveAt(dimension).SetItem(
            dimension, program.Extents[dimension] * program.Extents[dimension + 1]),
        [.. program.Operands.Select(operand => operand with { Strides = operand.Strides.RemoveAt(dimension) })],
        [.. program.Instructions.Select(instruction =>
            instruction.Renumber(register => register, named => named > dimension ? named - 1 : named))]);
}
