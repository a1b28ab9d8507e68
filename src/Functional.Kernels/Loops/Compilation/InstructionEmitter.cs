using System.Reflection.Emit;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>Writes the code of single instructions.</summary>
internal sealed class InstructionEmitter(LoopSchedule schedule, VectorTypes types, EmitterFrame frame, ILGenerator il)
{
    private readonly LoopProgram program = schedule.Program;
    private readonly ExpressionEmitter expressions = new(types, il);

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
                expressions.Emit(ValueOf(instruction.First));
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Store{program.ElementOf(place)}Row");
                return;
            case LoopForm.Accumulate:
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Load{program.ElementOf(place)}Row");
                EmitStepOnLoaded(place);
                frame.EmitRowAddress(instruction.Operand);
                Call(types.Memory, $"Store{program.ElementOf(place)}Row");
                return;
            default:
                expressions.Emit(Compute(place));
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
                EmitColumnNumbers(column.Offset);
                break;
            case LoopForm.Store:
                expressions.Emit(ValueOf(instruction.First));
                EmitStore(place, column);
                return;
            case LoopForm.Accumulate:
                EmitLoad(place, column);
                EmitStepOnLoaded(place);
                EmitStore(place, column);
                return;
            default:
                expressions.Emit(Compute(place));
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
        var instruction = program.Instructions[place];
        if (!column.IsRest && IsSumOfChoices(place))
        {
            // The CPU adds under the mask of the choice.
            var choice = program.Instructions[instruction.First];
            var next = Describe(types.Symbolic, "Add", Given(place, sum), ValueOf(choice.Second));
            expressions.Emit(Describe(types.Symbolic, "Select", ValueOf(choice.First), next, Given(place, sum)));
            il.Emit(OpCodes.Stloc, sum);
            return;
        }

        if (column.IsRest)
        {
            var exists = Describe(
                types.Symbolic, "AsFloats", new IntegersExpression(VectorExpression.Given, frame.Mask));
            var select = program.ElementOf(place) == LoopElement.Int32 ? types.Integer : types.Symbolic;
            expressions.Emit(
                Describe(select, "Select", exists, StepByArgument(place, Given(place, sum)), Given(place, sum)));
        }
        else
        {
            expressions.Emit(StepByArgument(place, Given(place, sum)));
        }

        il.Emit(OpCodes.Stloc, sum);
    }

    /// <summary>Pushes the neutral element of a reduction.</summary>
    /// <param name="place">The Reduce.</param>
    public void EmitNeutral(int place) => expressions.Emit(NeutralOf(place));

    /// <summary>Combines two sums of a reduction and pushes the result.</summary>
    /// <param name="place">The Reduce.</param>
    /// <param name="left">A sum.</param>
    /// <param name="right">Another sum.</param>
    public void EmitStep(int place, LocalBuilder left, LocalBuilder right) =>
        EmitStep(place, Given(place, left), Given(place, right));

    /// <summary>Combines the lanes of a sum and pushes the result.</summary>
    /// <param name="place">The Reduce.</param>
    /// <param name="sum">The sum.</param>
    public void EmitAcross(int place, LocalBuilder sum) =>
        expressions.Emit(Describe(types.Reduction, "Across", Given(place, sum), program.Instructions[place].Reduction));

    /// <summary>Whether an instruction is a Reduce that adds floating-point numbers, which rounds.</summary>
    /// <param name="place">The Reduce.</param>
    public bool IsFloatSum(int place) =>
        program.Instructions[place].Reduction == LoopReduction.Sum && program.ElementOf(place) == LoopElement.Float;

    private void EmitStep(int place, VectorExpression left, VectorExpression right) =>
        expressions.Emit(Step(place, left, right));

    private VectorExpression Step(int place, VectorExpression left, VectorExpression right) =>
        Describe(types.Reduction, "Step", left, right, program.Instructions[place].Reduction);

    /// <summary>Whether a Reduce adds some of the columns only, and zeros for the others.</summary>
    private bool IsSumOfChoices(int place)
    {
        var instruction = program.Instructions[place];
        var choice = program.Instructions[instruction.First];
        return instruction.Reduction == LoopReduction.Sum
            && program.ElementOf(place) == LoopElement.Float
            && choice.Form == LoopForm.Select
            && program.Instructions[choice.Third] is { Form: LoopForm.Constant, Value: 0 };
    }

    private VectorExpression NeutralOf(int place)
    {
        var reduction = program.Instructions[place].Reduction;
        return program.ElementOf(place) == LoopElement.Int32
            ? Integer(LoopCombination.IntegerNeutral(reduction))
            : Float(LoopCombination.FloatNeutral<double>(reduction));
    }

    /// <summary>Combines the vector on the stack, which was read from the target of an Accumulate, with its
    /// argument.</summary>
    private void EmitStepOnLoaded(int place)
    {
        il.Emit(OpCodes.Stloc, frame.LocalOf(place));
        expressions.Emit(StepByArgument(place, Given(place, frame.LocalOf(place))));
    }

    /// <summary>A value combined with the argument of a reduction. A product is added as it is formed; where nothing else
    /// reads it, the JIT compiler leaves it out.</summary>
    private VectorExpression StepByArgument(int place, VectorExpression value)
    {
        var instruction = program.Instructions[place];
        var argument = program.Instructions[instruction.First];
        if (instruction.Reduction == LoopReduction.Sum
            && program.ElementOf(place) == LoopElement.Float
            && argument is { Form: LoopForm.Binary, BinaryFunction: LoopBinary.Multiply })
        {
            return Describe(types.Symbolic, "MultiplyAdd", ValueOf(argument.First), ValueOf(argument.Second), value);
        }

        return Step(place, value, ValueOf(instruction.First));
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

    private void Call(Type type, string name) => il.Emit(OpCodes.Call, types.Method(type, name));

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

        il.Emit(OpCodes.Call, types.Method(types.Width, "Integer"));
    }

    /// <summary>Sets the numbers of the first columns of a pass.</summary>
    public void EmitFirstColumns()
    {
        frame.LoadSlab(LoopSlab.FirstColumn);
        Call(types.Width, "Integer");
        Call(types.Width, "get_LaneNumbers");
        Call(types.Width, "IntegerAdd");
        il.Emit(OpCodes.Stloc, frame.ColumnNumbers);
    }

    /// <summary>Pushes the numbers of columns. Counting them in a vector keeps them out of the CPU's other
    /// registers.</summary>
    /// <param name="offset">How many columns they are ahead of the loop variable.</param>
    public void EmitColumnNumbers(int offset)
    {
        var numbers = new IntegersExpression(VectorExpression.Given, frame.ColumnNumbers);
        expressions.Emit(offset == 0 ? numbers : Describe(types.Symbolic, "IntegerAdd", numbers, Integer(offset)));
    }

    /// <summary>Whether a register is computed anew wherever it is read: constants, and comparisons, which next to a
    /// Select stay in a mask register.</summary>
    /// <param name="register">The register.</param>
    /// <returns>True if it has no local.</returns>
    public bool IsRepeated(int register) =>
        program.Instructions[register].Form == LoopForm.Constant
        || (program.Instructions[register].Form == LoopForm.Compare && schedule.SlotOf(register) < 0);

    private VectorExpression ValueOf(int register) =>
        IsRepeated(register) ? Compute(register) : Given(register, frame.LocalOf(register));

    private VectorExpression Given(int register, LocalBuilder local) => program.ElementOf(register) == LoopElement.Int32
        ? new IntegersExpression(VectorExpression.Given, local)
        : new FloatsExpression(VectorExpression.Given, local);

    private VectorExpression Compute(int place)
    {
        var instruction = program.Instructions[place];
        var arguments = LoopRegisters.ReadBy(instruction).Select(ValueOf).ToArray();
        switch (instruction.Form)
        {
            case LoopForm.Constant:
                return ConstantOf(instruction);
            case LoopForm.Unary:
                return Unary(instruction, arguments[0]);
            case LoopForm.Binary:
                return Binary(instruction, arguments[0], arguments[1]);
            case LoopForm.Compare:
                return Compare(instruction, arguments[0], arguments[1]);
            case LoopForm.Select:
                var type = program.ElementOf(place) == LoopElement.Int32 ? types.Integer : types.Symbolic;
                return Describe(type, "Select", arguments[0], arguments[1], arguments[2]);
            case LoopForm.MultiplyAdd:
                return Describe(types.Symbolic, "MultiplyAdd", arguments[0], arguments[1], arguments[2]);
            default:
                var from = program.ElementOf(instruction.First);
                return from == instruction.Element
                    ? arguments[0]
                    : Describe(types.Cast, $"{from}To{instruction.Element}", arguments[0]);
        }
    }

    private VectorExpression ConstantOf(LoopInstruction instruction) => instruction.Element switch
    {
        LoopElement.Float => Float(instruction.Value),
        LoopElement.Int32 => Integer((int)instruction.Value),
        _ => Describe(types.Symbolic, "AsFloats", Integer(instruction.Value != 0 ? -1 : 0)),
    };

    private VectorExpression Unary(LoopInstruction instruction, VectorExpression argument)
    {
        var name = instruction.UnaryFunction.ToString();
        if (argument is IntegersExpression)
            return Describe(types.Integer, name, argument);
        if (instruction.UnaryFunction == LoopUnary.Exp && IsNegationHere(instruction.First))
            return Describe(types.Unary, "ExpOfNegative", ValueOf(program.Instructions[instruction.First].First));
        return types.Find(types.Unary, name) is not null
            ? Describe(types.Unary, name, argument)
            : new FloatsExpression("ByLane", instruction.UnaryFunction, argument);
    }

    /// <summary>Whether a register is a negation that is computed, and its argument with it, wherever it is
    /// read.</summary>
    private bool IsNegationHere(int register) =>
        program.Instructions[register] is { Form: LoopForm.Unary, UnaryFunction: LoopUnary.Negate }
        && schedule.SlotOf(register) < 0;

    private VectorExpression Binary(LoopInstruction instruction, VectorExpression left, VectorExpression right)
    {
        var name = instruction.BinaryFunction.ToString();
        if (left is IntegersExpression)
            return types.Find(types.Integer, name) is not null
                ? Describe(types.Integer, name, left, right)
                : new IntegersExpression("IntegerByLane", instruction.BinaryFunction, left, right);
        if (instruction.BinaryFunction is LoopBinary.Maximum or LoopBinary.Minimum)
        {
            // One instruction does it when one side is known not to be NaN.
            var bounded = instruction.BinaryFunction == LoopBinary.Maximum ? "AtLeast" : "AtMost";
            if (IsNumber(left))
                return Describe(types.Symbolic, bounded, left, right);
            if (IsNumber(right))
                return Describe(types.Symbolic, bounded, right, left);
        }

        return types.Find(types.Symbolic, name) is not null
            ? Describe(types.Symbolic, name, left, right)
            : new FloatsExpression("ByLane", instruction.BinaryFunction, left, right);
    }

    private VectorExpression Compare(LoopInstruction instruction, VectorExpression left, VectorExpression right) =>
        program.ElementOf(instruction.First) switch
        {
            LoopElement.Int32 => Describe(types.Integer, instruction.Comparison.ToString(), left, right),
            LoopElement.Float => Describe(types.Comparison, instruction.Comparison.ToString(), left, right),
            _ => Describe(
                types.Comparison,
                instruction.Comparison == LoopComparison.Equal ? "SameTruth" : "DifferentTruth",
                left,
                right),
        };

    private static bool IsNumber(VectorExpression expression) =>
        expression.Operation == "Constant" && !double.IsNaN((double)expression.Immediate!);

    private static FloatsExpression Float(double value) => new("Constant", value);

    private static IntegersExpression Integer(long value) => new("Integer", value);

    private VectorExpression Describe(Type type, string name, params object[] arguments) =>
        (VectorExpression)types.Method(type, name, arguments[0].GetType()).Invoke(null, arguments)!;
}
