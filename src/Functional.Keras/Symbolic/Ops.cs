using System.Text.Json.Nodes;
using Functional.Runtime.Interop;
using CoreTensor = Functional.Core.Layers.SymbolicTensor;

namespace Functional.Keras;

/// <summary>
/// Operations on symbolic tensors, under the names and with the arguments of keras.ops: expressions between layers. An
/// operation stands in a model as a layer without weights; it is trained through, printed and saved as Keras does. Its
/// result has no mask. Operators do the same: <c>x + 1</c> is <c>Ops.Add(x, 1)</c>, and <c>x[.., 0]</c> takes a part.
/// </summary>
/// <example>
/// <code>
/// var x = Input(shape: [4]);
/// var y = Dense(3)(x);
/// var output = Ops.Tanh(y) * 0.5 + y[.., ..1];
/// </code>
/// </example>
public static partial class Ops
{
    /// <summary>A part of a tensor: what the indexer <c>x[.., 0]</c> takes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indices">What to take of the axes, in their order; the first is the batch.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">A position or a range does not fit the shape.</exception>
    public static SymbolicTensor GetItem(SymbolicTensor x, params ReadOnlySpan<AxisIndex> indices)
    {
        ArgumentNullException.ThrowIfNull(x);
        var key = OperationArgument.OfConstant(AxisIndex.Key(indices));
        return new SymbolicTensor(Apply("GetItem", [], [OperationArgument.OfTensor(x.Core), key]), 0);
    }

    private static SymbolicTensor Call(string className, JsonObject config, params ReadOnlySpan<Operand> operands) =>
        new(Apply(className, config, Arguments(operands)), 0);

    private static SymbolicTensors CallSeveral(
        string className, JsonObject config, params ReadOnlySpan<Operand> operands) =>
        SymbolicTensors.Of(Apply(className, config, Arguments(operands)));

    private static SymbolicTensor CallOnList(string className, JsonObject config, SymbolicTensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var parts = Array.ConvertAll(tensors.ToCore(), OperationArgument.OfTensor);
        return new SymbolicTensor(Apply(className, config, [OperationArgument.OfParts(parts)]), 0);
    }

    private static OperationArgument[] Arguments(ReadOnlySpan<Operand> operands)
    {
        var arguments = new OperationArgument[operands.Length];
        for (var index = 0; index < operands.Length; index++)
        {
            ArgumentNullException.ThrowIfNull(operands[index], nameof(operands));
            arguments[index] = operands[index].Argument;
        }

        return arguments;
    }

    private static CoreTensor[] Apply(string className, JsonObject config, OperationArgument[] arguments)
    {
        var operation = OperationInterop.Create(className, config);
        var results = OperationInterop.Apply(operation, arguments);
        return LayerInstance.Of(operation).Record(OperationInterop.Inputs(arguments), results);
    }

    private static JsonNode Required(Axes value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Json;
    }

    /// <summary>A list also of a single number, where Keras's class takes nothing else.</summary>
    private static JsonArray RequiredList(Axes value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ConfiguredValue.List([.. value]);
    }

    /// <summary>The lengths of a shape; lengths that data decides are null, or a number that stands for it.</summary>
    private static JsonArray Lengths(Shape shape, int? open = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new JsonArray([.. shape.Select(length => (JsonNode?)(length ?? open))]);
    }

    private static JsonArray Pairs((int Before, int After)[] pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return new JsonArray([.. pairs.Select(pair => (JsonNode)new JsonArray(pair.Before, pair.After))]);
    }

    private static JsonObject Reduction(Axes? axis, bool keepdims) =>
        new() { ["axis"] = axis?.Json, ["keepdims"] = keepdims };

    private static JsonObject Extremum(Axes? axis, bool keepdims, double? initial) =>
        new() { ["axis"] = axis?.Json, ["keepdims"] = keepdims, ["initial"] = initial };
}
