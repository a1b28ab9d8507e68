using System.Collections.Immutable;

namespace Functional.Kernels.Loops;

/// <summary>Finds the type and the level of every register, and says exactly where a program contradicts
/// itself.</summary>
internal static class LoopTyping
{
    public static (ImmutableArray<LoopElement> Elements, ImmutableArray<LoopLevel> Levels) Infer(LoopProgram program)
    {
        var instructions = program.Instructions;
        var elements = new LoopElement[instructions.Length];
        var levels = new LoopLevel[instructions.Length];
        for (var place = 0; place < instructions.Length; place++)
        {
            CheckReferences(program, place);
            elements[place] = ElementOf(program, place, elements);
            levels[place] = LevelOf(program, instructions[place], levels);
        }

        return ([.. elements], [.. levels]);
    }

    private static void CheckReferences(LoopProgram program, int place)
    {
        var instruction = program.Instructions[place];
        foreach (var register in LoopRegisters.ReadBy(instruction))
        {
            if (register >= place || register < 0)
                throw Fault(
                    program, place, $"reads register {register}, but only registers before {place} are defined there");
            if (!program.Instructions[register].DefinesRegister)
                throw Fault(
                    program, place, $"reads register {register}, but '{program.Instructions[register]}' defines none");
        }

        if (instruction.Form is LoopForm.Load or LoopForm.Store or LoopForm.Accumulate
            && (uint)instruction.Operand >= (uint)program.Operands.Length)
            throw Fault(
                program,
                place,
                $"names operand {instruction.Operand}, but there are {program.Operands.Length} operands");
        if (instruction.Form == LoopForm.Index && (uint)instruction.Dimension >= (uint)program.Extents.Length)
            throw Fault(program, place, $"names dimension {instruction.Dimension} of {program.Extents.Length}");
    }

    private static LoopElement ElementOf(LoopProgram program, int place, LoopElement[] elements)
    {
        var instruction = program.Instructions[place];
        switch (instruction.Form)
        {
            case LoopForm.Load:
                Require(program, place, LoopAccess.Read);
                return program.Operands[instruction.Operand].Element;
            case LoopForm.Constant or LoopForm.Cast:
                return instruction.Element;
            case LoopForm.Index:
                return LoopElement.Int32;
            case LoopForm.Unary:
                return UnaryElement(program, place, elements[instruction.First]);
            case LoopForm.Binary:
                CheckSame(program, place, elements[instruction.First], elements[instruction.Second]);
                CheckBinary(program, place, elements[instruction.First]);
                return elements[instruction.First];
            case LoopForm.Compare:
                CheckSame(program, place, elements[instruction.First], elements[instruction.Second]);
                if (instruction.Comparison > LoopComparison.NotEqual)
                    Require(program, place, elements[instruction.First], LoopElement.Float, LoopElement.Int32);
                return LoopElement.Bool;
            case LoopForm.Select:
                Require(program, place, elements[instruction.First], LoopElement.Bool);
                CheckSame(program, place, elements[instruction.Second], elements[instruction.Third]);
                return elements[instruction.Second];
            case LoopForm.MultiplyAdd:
                foreach (var register in LoopRegisters.ReadBy(instruction))
                    Require(program, place, elements[register], LoopElement.Float);
                return LoopElement.Float;
            case LoopForm.Reduce:
                Require(program, place, elements[instruction.First], LoopElement.Float, LoopElement.Int32);
                return elements[instruction.First];
            default:
                if (instruction.Form == LoopForm.Accumulate)
                    Require(program, place, elements[instruction.First], LoopElement.Float, LoopElement.Int32);
                Require(program, place, LoopAccess.Write);
                Require(program, place, elements[instruction.First], program.Operands[instruction.Operand].Element);
                return elements[instruction.First];
        }
    }

    private static LoopElement UnaryElement(LoopProgram program, int place, LoopElement argument)
    {
        switch (program.Instructions[place].UnaryFunction)
        {
            case LoopUnary.Negate or LoopUnary.Abs or LoopUnary.Sign:
                Require(program, place, argument, LoopElement.Float, LoopElement.Int32);
                return argument;
            case LoopUnary.Not:
                Require(program, place, argument, LoopElement.Bool);
                return LoopElement.Bool;
            case LoopUnary.IsNaN or LoopUnary.IsFinite:
                Require(program, place, argument, LoopElement.Float);
                return LoopElement.Bool;
            default:
                Require(program, place, argument, LoopElement.Float);
                return LoopElement.Float;
        }
    }

    private static void CheckBinary(LoopProgram program, int place, LoopElement argument)
    {
        switch (program.Instructions[place].BinaryFunction)
        {
            case LoopBinary.And or LoopBinary.Or or LoopBinary.Xor:
                Require(program, place, argument, LoopElement.Bool);
                break;
            case LoopBinary.Power or LoopBinary.Atan2:
                Require(program, place, argument, LoopElement.Float);
                break;
            default:
                Require(program, place, argument, LoopElement.Float, LoopElement.Int32);
                break;
        }
    }

    private static LoopLevel LevelOf(LoopProgram program, LoopInstruction instruction, LoopLevel[] levels) =>
        instruction.Form switch
        {
            LoopForm.Load => program.Operands[instruction.Operand].ColumnStride == 0 ? LoopLevel.Row : LoopLevel.Column,
            LoopForm.Index => instruction.Dimension == program.Extents.Length - 1 ? LoopLevel.Column : LoopLevel.Row,
            LoopForm.Constant or LoopForm.Reduce => LoopLevel.Row,
            _ => LoopRegisters.ReadBy(instruction).Any(register => levels[register] == LoopLevel.Column)
                ? LoopLevel.Column
                : LoopLevel.Row,
        };

    private static void CheckSame(LoopProgram program, int place, LoopElement left, LoopElement right)
    {
        if (left != right)
            throw Fault(program, place, $"needs two registers of one type, but found {left} and {right}");
    }

    private static void Require(
        LoopProgram program, int place, LoopElement found, params ReadOnlySpan<LoopElement> allowed)
    {
        if (!allowed.Contains(found))
            throw Fault(program, place, $"expects {string.Join(" or ", allowed.ToArray())}, but found {found}");
    }

    private static void Require(LoopProgram program, int place, LoopAccess access)
    {
        var operand = program.Operands[program.Instructions[place].Operand];
        if (!operand.Access.HasFlag(access))
            throw Fault(program, place, $"needs {access} access, but the operand is {operand}");
    }

    internal static ArgumentException Fault(LoopProgram program, int place, string what) =>
        new($"Instruction {place} ('{program.Instructions[place]}') {what}.");
}
