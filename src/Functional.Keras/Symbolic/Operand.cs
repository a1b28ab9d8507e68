using System.Text.Json.Nodes;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// What an operation is given: a symbolic tensor, a tensor of fixed values, or a number. All of them convert to it by
/// themselves: <c>x + 1</c>, <c>Ops.Maximum(x, 0.5)</c>, <c>x * new[] { 1f, 2f }</c>. A number takes the element type of
/// the tensors beside it where it can; a tensor of fixed values keeps its own.
/// </summary>
public sealed class Operand
{
    private readonly SymbolicTensor? symbolic;
    private readonly JsonNode? constant;

    private Operand(SymbolicTensor symbolic) => this.symbolic = symbolic;

    private Operand(JsonNode constant) => this.constant = constant;

    /// <summary>Whether it is a symbolic tensor, and not a fixed value.</summary>
    public bool IsSymbolic => symbolic is not null;

    internal OperationArgument Argument => symbolic is { } tensor
        ? OperationArgument.OfTensor(tensor.Core)
        : OperationArgument.OfConstant(constant);

    /// <summary>A symbolic tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    public static implicit operator Operand(SymbolicTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new Operand(tensor);
    }

    /// <summary>A tensor of fixed values.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Operand(Array(values));
    }

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Operand(int number) => new(JsonValue.Create(number));

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Operand(double number) => new(JsonValue.Create(number));

    /// <summary>A truth value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Operand(bool value) => new(JsonValue.Create(value));

    /// <summary>One axis of fixed values.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(float[] values) => (Tensor)values;

    /// <summary>Two axes of fixed values.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(float[,] values) => (Tensor)values;

    /// <summary>One axis of fixed values.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(double[] values) => (Tensor)values;

    /// <summary>Two axes of fixed values.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(double[,] values) => (Tensor)values;

    /// <summary>One axis of fixed whole numbers.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(int[] values) => (Tensor)values;

    /// <summary>Two axes of fixed whole numbers.</summary>
    /// <param name="values">The values.</param>
    public static implicit operator Operand(int[,] values) => (Tensor)values;

    /// <summary>What Keras saves of a NumPy array.</summary>
    private static JsonObject Array(Tensor values)
    {
        var offset = 0;
        return new JsonObject
        {
            ["class_name"] = "__numpy__",
            ["config"] = new JsonObject
            {
                ["value"] = Nested(values.Data, Elements(values.Data), 0, ref offset),
                ["dtype"] = values.ElementType.KerasName(),
            },
        };
    }

    private static JsonNode[] Elements(HostTensor data) => data.Kind switch
    {
        ElementKind.Float32 => [.. data.AsSpan<float>().ToArray().Select(value => (JsonNode)(double)value)],
        ElementKind.Float64 => [.. data.AsSpan<double>().ToArray().Select(value => (JsonNode)value)],
        ElementKind.Int32 => [.. data.AsSpan<int>().ToArray().Select(value => (JsonNode)value)],
        _ => [.. data.AsSpan<bool>().ToArray().Select(value => (JsonNode)value)],
    };

    private static JsonNode Nested(HostTensor data, JsonNode[] elements, int axis, ref int offset)
    {
        if (axis == data.Rank)
            return elements[offset++];
        var items = new JsonArray();
        for (var index = 0; index < data.Shape[axis]; index++)
            items.Add(Nested(data, elements, axis + 1, ref offset));
        return items;
    }
}
