using System.Reflection.Emit;

namespace Functional.Kernels.Loops;

/// <summary>Writes the code of single instructions.</summary>
internal sealed class InstructionEmitter(LoopProgram program, VectorTypes types, EmitterFrame frame, ILGenerator il)
{
    /// <summary>An instruction that runs once per row; its value is in all lanes.</summary>
    /// <param name="place">The instruction.</param>
    public void EmitRow(int place)
    {
        var instruction = program.Instructions[place];
        switch (instruction.Form)
        {
            case LoopForm.Load:
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Load{program.ElementOf(place)}Row");
                break;
            case LoopForm.Index:
                EmitRowIndex(instruction.Dimension);
                break;
            case LoopForm.Store:
                il.Emit(OpCodes.Ldloc, frame.LocalOf(instruction.First));
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Store{program.ElementOf(place)}Row");
                return;
            case LoopForm.Accumulate:
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Load{program.ElementOf(place)}Row");
                il.Emit(OpCodes.Ldloc, frame.LocalOf(instruction.First));
                EmitStep(place);
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Store{program.ElementOf(place)}Row");
                return;
            default:
                EmitValue(place);
                break;
        }

        il.Emit(OpCodes.Stloc, frame.LocalOf(place));
    }

    /// <summary>An instruction that runs for a vector of columns.</summary>
    /// <param name="place">The instruction.</param>
    /// <param name="column">Which columns.</param>
    public void EmitColumn(int place, EmitterColumn column)
    {
        var instruction = program.Instructions[place];
        switch (instruction.Form)
        {
            case LoopForm.Load:
                EmitLoad(place, column);
                break;
            case LoopForm.Index:
                EmitColumnIndex(column);
                break;
            case LoopForm.Store:
                il.Emit(OpCodes.Ldloc, frame.LocalOf(instruction.First));
                EmitStore(place, column);
                return;
            case LoopForm.Accumulate:
                EmitLoad(place, column);
                il.Emit(OpCodes.Ldloc, frame.LocalOf(instruction.First));
                EmitStep(place);
                EmitStore(place, column);
                return;
            default:
                EmitValue(place);
                break;
        }

        il.Emit(OpCodes.Stloc, frame.LocalOf(place));
    }

    /// <summary>Combines a vector of columns into a sum; columns that do not exist count as neutral.</summary>
    /// <param name="place">The Reduce.</param>
    /// <param name="sum">Its sum.</param>
    /// <param name="column">Which columns.</param>
    public void EmitReduce(int place, LocalBuilder sum, EmitterColumn column)
    {
        var isInteger = program.ElementOf(place) == LoopElement.Int32;
        il.Emit(OpCodes.Ldloc, sum);
        if (column.IsRest)
        {
            il.Emit(OpCodes.Ldloc, frame.Mask);
            Call(types.Width, "AsFloats");
        }

        il.Emit(OpCodes.Ldloc, frame.LocalOf(program.Instructions[place].First));
        if (column.IsRest)
        {
            EmitNeutral(place);
            Call(isInteger ? types.Integer : types.Width, "Select");
        }

        EmitStep(place);
        il.Emit(OpCodes.Stloc, sum);
    }

    /// <summary>Pushes the neutral element of a reduction.</summary>
    /// <param name="place">The Reduce.</param>
    public void EmitNeutral(int place)
    {
        var reduction = program.Instructions[place].Reduction;
        if (program.ElementOf(place) == LoopElement.Int32)
            EmitInteger(LoopCombination.IntegerNeutral(reduction));
        else
            EmitFloat(LoopCombination.FloatNeutral<double>(reduction));
    }

    /// <summary>Combines the two vectors on the stack.</summary>
    /// <param name="place">The Reduce or Accumulate.</param>
    public void EmitStep(int place)
    {
        il.Emit(OpCodes.Ldc_I4, (int)program.Instructions[place].Reduction);
        Call(types.Reduction, "Step", types.VectorOf(program.ElementOf(place)));
    }

    private void EmitLoad(int place, EmitterColumn column) => EmitAccess("Load", place, column);

    private void EmitStore(int place, EmitterColumn column) => EmitAccess("Store", place, column);

    private void EmitAccess(string direction, int place, EmitterColumn column)
    {
        var number = program.Instructions[place].Operand;
        var operand = program.Operands[number];
        frame.EmitColumnAddress(number, column.Offset);
        if (EmitterFrame.IsStrided(operand) || operand.ColumnStride == 0)
        {
            frame.EmitColumnStride(number);
            EmitCount(column);
            Call(types.Memory, $"{direction}{operand.Element}Strided");
        }
        else if (column.IsRest)
        {
            il.Emit(OpCodes.Ldloc, frame.Mask);
            EmitCount(column);
            Call(types.Memory, $"{direction}{operand.Element}Part");
        }
        else
        {
            Call(types.Memory, $"{direction}{operand.Element}Full");
        }
    }

    private void EmitCount(EmitterColumn column)
    {
        if (column.IsRest)
            il.Emit(OpCodes.Ldloc, frame.Rest);
        else
            il.Emit(OpCodes.Ldc_I4, types.Lanes);
    }

    private void EmitRowIndex(int dimension)
    {
        frame.LoadSlab(LoopSlab.Position(dimension));
        if (dimension == program.Extents.Length - 2)
        {
            il.Emit(OpCodes.Ldloc, frame.Row);
            il.Emit(OpCodes.Add);
        }

        Call(types.Width, "Integer");
    }

    private void EmitColumnIndex(EmitterColumn column)
    {
        frame.LoadSlab(LoopSlab.FirstColumn);
        il.Emit(OpCodes.Ldloc, frame.Column);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldc_I4, column.Offset);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Add);
        Call(types.Width, "Integer");
        Call(types.Width, "get_LaneNumbers");
        Call(types.Width, "IntegerAdd");
    }

    private void EmitValue(int place)
    {
        var instruction = program.Instructions[place];
        switch (instruction.Form)
        {
            case LoopForm.Constant:
                EmitConstant(instruction);
                break;
            case LoopForm.Unary:
                EmitUnary(instruction);
                break;
            case LoopForm.Binary:
                EmitBinary(instruction);
                break;
            case LoopForm.Compare:
                EmitCompare(instruction);
                break;
            case LoopForm.Select:
                Push(instruction.First, instruction.Second, instruction.Third);
                Call(program.ElementOf(place) == LoopElement.Int32 ? types.Integer : types.Width, "Select");
                break;
            default:
                Push(instruction.First);
                var from = program.ElementOf(instruction.First);
                if (from != instruction.Element)
                    Call(types.Cast, $"{from}To{instruction.Element}");
                break;
        }
    }

    private void EmitConstant(LoopInstruction instruction)
    {
        if (instruction.Element == LoopElement.Float)
            EmitFloat(instruction.Value);
        else if (instruction.Element == LoopElement.Int32)
            EmitInteger((int)instruction.Value);
        else
        {
            EmitInteger(instruction.Value != 0 ? -1 : 0);
            Call(types.Width, "AsFloats");
        }
    }

    private void EmitUnary(LoopInstruction instruction)
    {
        Push(instruction.First);
        var name = instruction.UnaryFunction.ToString();
        if (program.ElementOf(instruction.First) == LoopElement.Int32)
            Call(types.Integer, name);
        else if (VectorTypes.Has(types.Unary, name))
            Call(types.Unary, name);
        else
        {
            il.Emit(OpCodes.Ldc_I4, (int)instruction.UnaryFunction);
            Call(types.LaneByLane, "Apply", types.Floats, 2);
        }
    }

    private void EmitBinary(LoopInstruction instruction)
    {
        Push(instruction.First, instruction.Second);
        var name = instruction.BinaryFunction.ToString();
        var isInteger = program.ElementOf(instruction.First) == LoopElement.Int32;
        var type = isInteger ? types.Integer : types.Width;
        if (VectorTypes.Has(type, name))
            Call(type, name);
        else
        {
            il.Emit(OpCodes.Ldc_I4, (int)instruction.BinaryFunction);
            Call(types.LaneByLane, "Apply", isInteger ? types.Integers : types.Floats, 3);
        }
    }

    private void EmitCompare(LoopInstruction instruction)
    {
        Push(instruction.First, instruction.Second);
        var name = instruction.Comparison.ToString();
        switch (program.ElementOf(instruction.First))
        {
            case LoopElement.Int32:
                Call(types.Integer, name);
                break;
            case LoopElement.Bool:
                Call(types.Comparison, instruction.Comparison == LoopComparison.Equal ? "SameTruth" : "DifferentTruth");
                break;
            default:
                Call(types.Comparison, name);
                break;
        }
    }

    private void EmitFloat(double value)
    {
        il.Emit(OpCodes.Ldc_R8, value);
        Call(types.Width, "Constant");
    }

    private void EmitInteger(int value)
    {
        il.Emit(OpCodes.Ldc_I8, (long)value);
        Call(types.Width, "Integer");
    }

    private void Push(params ReadOnlySpan<int> registers)
    {
        foreach (var register in registers)
            il.Emit(OpCodes.Ldloc, frame.LocalOf(register));
    }

    private void Call(Type type, string name, Type? first = null, int parameters = -1) =>
        il.Emit(OpCodes.Call, types.Method(type, name, first, parameters));
}
