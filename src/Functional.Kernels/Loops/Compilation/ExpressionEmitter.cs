using System.Reflection;
using System.Reflection.Emit;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>
/// Writes the code of described vectors. Operations that the runtime has itself are called there directly, where the
/// JIT compiler knows them as instructions.
/// </summary>
internal sealed class ExpressionEmitter(VectorTypes types, ILGenerator il)
{
    /// <summary>The names that operations have in the runtime's vector classes.</summary>
    private static readonly Dictionary<string, string> RuntimeNames = new()
    {
        ["Add"] = "Add",
        ["Subtract"] = "Subtract",
        ["Multiply"] = "Multiply",
        ["Divide"] = "Divide",
        ["MultiplyAdd"] = "MultiplyAddEstimate",
        ["Sqrt"] = "Sqrt",
        ["Abs"] = "Abs",
        ["Negate"] = "Negate",
        ["Floor"] = "Floor",
        ["Ceiling"] = "Ceiling",
        ["Round"] = "Round",
        ["RuntimeSin"] = "Sin",
        ["RuntimeCos"] = "Cos",
        ["RuntimeLog"] = "Log",
        ["Maximum"] = "Max",
        ["Minimum"] = "Min",
        ["AtLeast"] = "MaxNative",
        ["AtMost"] = "MinNative",
        ["Equal"] = "Equals",
        ["Less"] = "LessThan",
        ["LessOrEqual"] = "LessThanOrEqual",
        ["And"] = "BitwiseAnd",
        ["Or"] = "BitwiseOr",
        ["Xor"] = "Xor",
        ["Not"] = "OnesComplement",
        ["Select"] = "ConditionalSelect",
        ["AsIntegers"] = "As",
        ["AsFloats"] = "As",
        ["IntegerAdd"] = "Add",
        ["IntegerSubtract"] = "Subtract",
        ["IntegerMultiply"] = "Multiply",
        ["IntegerMaximum"] = "Max",
        ["IntegerMinimum"] = "Min",
        ["IntegerEqual"] = "Equals",
        ["IntegerLess"] = "LessThan",
        ["IntegerAnd"] = "BitwiseAnd",
        ["ShiftLeft"] = "ShiftLeft",
        ["ShiftRight"] = "ShiftRightArithmetic",
    };

    /// <summary>Pushes the value of an expression. What occurs in it several times is computed once.</summary>
    /// <param name="expression">The expression.</param>
    public void Emit(VectorExpression expression)
    {
        var uses = new Dictionary<VectorExpression, int>(ReferenceEqualityComparer.Instance);
        Count(expression, uses);
        Emit(expression, uses, new Dictionary<VectorExpression, LocalBuilder>(ReferenceEqualityComparer.Instance));
    }

    private static void Count(VectorExpression expression, Dictionary<VectorExpression, int> uses)
    {
        uses[expression] = uses.GetValueOrDefault(expression) + 1;
        if (uses[expression] > 1 && !IsComparison(expression))
            return;
        foreach (var argument in expression.Arguments)
            Count(argument, uses);
    }

    private void Emit(
        VectorExpression expression,
        Dictionary<VectorExpression, int> uses,
        Dictionary<VectorExpression, LocalBuilder> known)
    {
        if (known.TryGetValue(expression, out var local))
        {
            il.Emit(OpCodes.Ldloc, local);
            return;
        }

        foreach (var argument in expression.Arguments)
            Emit(argument, uses, known);
        EmitOperation(expression);
        if (uses[expression] > 1 && expression.Arguments.Length > 0 && !IsComparison(expression))
        {
            known[expression] = local = il.DeclareLocal(
                expression is IntegersExpression ? types.Integers : types.Floats);
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Stloc, local);
        }
    }

    /// <summary>A comparison is written again where it is used: next to a Select it stays in a mask register. As a
    /// vector it costs more than a second comparison, and on some CPUs that move waits for the previous
    /// iteration.</summary>
    private static bool IsComparison(VectorExpression expression) =>
        expression.Operation is "Equal" or "Less" or "LessOrEqual" or "IntegerEqual" or "IntegerLess";

    private void EmitOperation(VectorExpression expression)
    {
        switch (expression.Operation)
        {
            case VectorExpression.Given:
                il.Emit(OpCodes.Ldloc, (LocalBuilder)expression.Immediate!);
                break;
            case "Constant":
                EmitConstant((double)expression.Immediate!);
                break;
            case "Integer":
                EmitInteger((long)expression.Immediate!);
                break;
            default:
                EmitImmediate(expression.Immediate);
                il.Emit(OpCodes.Call, MethodOf(expression));
                break;
        }
    }

    private void EmitConstant(double value)
    {
        if (types.Floats.GetGenericArguments()[0] == typeof(float))
            il.Emit(OpCodes.Ldc_R4, (float)value);
        else
            il.Emit(OpCodes.Ldc_R8, value);
        il.Emit(OpCodes.Call, types.OfRuntime("Create", types.Floats.GetGenericArguments()[0], 1));
    }

    private void EmitInteger(long value)
    {
        if (types.Integers.GetGenericArguments()[0] == typeof(int))
            il.Emit(OpCodes.Ldc_I4, (int)value);
        else
            il.Emit(OpCodes.Ldc_I8, value);
        il.Emit(OpCodes.Call, types.OfRuntime("Create", types.Integers.GetGenericArguments()[0], 1));
    }

    private void EmitImmediate(object? immediate)
    {
        switch (immediate)
        {
            case int number:
                il.Emit(OpCodes.Ldc_I4, number);
                break;
            case LoopUnary function:
                il.Emit(OpCodes.Ldc_I4, (int)function);
                break;
            case LoopBinary function:
                il.Emit(OpCodes.Ldc_I4, (int)function);
                break;
            default:
                break;
        }
    }

    private MethodInfo MethodOf(VectorExpression expression)
    {
        var parameters = expression.Arguments.Length + (expression.Immediate is null ? 0 : 1);
        if (RuntimeNames.TryGetValue(expression.Operation, out var name))
            return types.OfRuntime(name, TypeOf(expression.Arguments[0]), parameters);
        return expression.Operation switch
        {
            "ToFloats" when types.Integers.GetGenericArguments()[0] == typeof(int) =>
                types.OfRuntime("ConvertToSingle", types.Integers, 1),
            "ToIntegers" when types.Integers.GetGenericArguments()[0] == typeof(int) =>
                types.OfRuntime("ConvertToInt32", types.Floats, 1),
            "ByLane" => expression.Arguments.Length == 1
                ? types.ByLane(typeof(LoopUnary))
                : types.ByLane(typeof(LoopBinary)),
            "LaneNumbers" => types.Method(types.Width, "get_LaneNumbers"),
            _ => types.Method(types.Width, expression.Operation),
        };
    }

    private Type TypeOf(VectorExpression expression) => expression is IntegersExpression
        ? types.Integers
        : types.Floats;
}
