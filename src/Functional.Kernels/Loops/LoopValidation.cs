using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>The rules of a program that concern its space, its operands and where it writes.</summary>
internal static class LoopValidation
{
    public static void CheckSpace(ImmutableArray<int> extents, ImmutableArray<LoopOperand> operands)
    {
        if (extents.IsDefaultOrEmpty)
            throw new ArgumentException("A loop needs at least one dimension, but extents is empty.", nameof(extents));
        for (var dimension = 0; dimension < extents.Length; dimension++)
        {
            if (extents[dimension] < 1)
                throw new ArgumentException(
                    $"Extent {dimension} is {extents[dimension]}, but an extent is at least 1.", nameof(extents));
        }

        for (var place = 0; place < operands.Length; place++)
        {
            var operand = operands[place];
            if (operand.Strides.Length != extents.Length)
                throw new ArgumentException(
                    $"Operand {place} ({operand}) has {operand.Strides.Length} strides, "
                    + $"but the loop has {extents.Length} dimensions.",
                    nameof(operands));
            if (operand.Access == LoopAccess.None)
                throw new ArgumentException(
                    $"Operand {place} ({operand}) is neither read nor written.", nameof(operands));
        }
    }

    public static void CheckTargets(LoopProgram program)
    {
        var writtenBy = new int[program.Operands.Length];
        Array.Fill(writtenBy, -1);
        for (var place = 0; place < program.Instructions.Length; place++)
        {
            var instruction = program.Instructions[place];
            if (instruction.DefinesRegister)
                continue;
            if (writtenBy[instruction.Operand] >= 0)
                throw LoopTyping.Fault(
                    program,
                    place,
                    $"writes operand {instruction.Operand}, "
                    + $"which instruction {writtenBy[instruction.Operand]} writes already");
            writtenBy[instruction.Operand] = place;
            if (instruction.Form == LoopForm.Store)
                CheckStore(program, place);
        }

        CheckAccumulatedIsNotLoaded(program, writtenBy);
    }

    private static void CheckStore(LoopProgram program, int place)
    {
        var instruction = program.Instructions[place];
        var strides = program.Operands[instruction.Operand].Strides;
        var columnDimension = program.Extents.Length - 1;
        for (var dimension = 0; dimension < columnDimension; dimension++)
        {
            if (strides[dimension] == 0 && program.Extents[dimension] > 1)
                throw LoopTyping.Fault(
                    program,
                    place,
                    $"would write the same element {program.Extents[dimension]} times: "
                    + $"the operand's stride is 0 in dimension {dimension}");
        }

        if (strides[columnDimension] == 0 && program.Columns > 1
            && program.LevelOf(instruction.First) == LoopLevel.Column)
            throw LoopTyping.Fault(
                program,
                place,
                "writes a value per column to an operand that has one element per row "
                + $"(column stride 0, {program.Columns} columns)");
    }

    private static void CheckAccumulatedIsNotLoaded(LoopProgram program, int[] writtenBy)
    {
        for (var place = 0; place < program.Instructions.Length; place++)
        {
            var instruction = program.Instructions[place];
            if (instruction.Form != LoopForm.Load)
                continue;
            var writer = writtenBy[instruction.Operand];
            if (writer >= 0 && program.Instructions[writer].Form == LoopForm.Accumulate)
                throw LoopTyping.Fault(
                    program,
                    place,
                    $"reads operand {instruction.Operand}, into which instruction {writer} accumulates");
        }
    }
}
