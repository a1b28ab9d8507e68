using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <content>Tensors joined, cut and multiplied.</content>
public static partial class Ops
{
    /// <summary>Tensors one after the other along an axis.</summary>
    /// <param name="xs">The tensors.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Concatenate(SymbolicTensors xs, int axis = 0) =>
        CallOnList("Concatenate", new() { ["axis"] = axis }, xs);

    /// <summary>Tensors of one shape along a new axis.</summary>
    /// <param name="xs">The tensors.</param>
    /// <param name="axis">The place of the new axis in the result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Stack(SymbolicTensors xs, int axis = 0) =>
        CallOnList("Stack", new() { ["axis"] = axis }, xs);

    /// <summary>Tensors one after the other along axis 1.</summary>
    /// <param name="xs">The tensors.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Hstack(SymbolicTensors xs) => CallOnList("Hstack", [], xs);

    /// <summary>Tensors one after the other along axis 0.</summary>
    /// <param name="xs">The tensors.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Vstack(SymbolicTensors xs) => CallOnList("Vstack", [], xs);

    /// <summary>An axis cut into equal parts.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="sections">The number of parts.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensors Split(SymbolicTensor x, int sections, int axis = 0) =>
        CallSeveral("Split", new() { ["indices_or_sections"] = sections, ["axis"] = axis }, x);

    /// <summary>An axis cut at positions.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indices">The positions where a new part begins.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensors Split(SymbolicTensor x, int[] indices, int axis = 0) =>
        CallSeveral(
            "Split", new() { ["indices_or_sections"] = ConfiguredValue.List(indices), ["axis"] = axis }, x);

    /// <summary>The parts of an axis, one by one.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="num">Their number; null is the length of the axis.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The parts, without the axis.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensors Unstack(SymbolicTensor x, int? num = null, int axis = 0) =>
        CallSeveral("Unstack", new() { ["num"] = num, ["axis"] = axis }, x);

    /// <summary>The parts of an axis that indices name.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="indices">The positions, from the end when negative.</param>
    /// <param name="axis">The axis; null is all elements as one axis.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Take(SymbolicTensor x, Operand indices, int? axis = null) =>
        Call("Take", new() { ["axis"] = axis }, x, indices);

    /// <summary>The matrix product over the last two axes; other axes are broadcast.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Matmul(Operand x1, Operand x2) => Call("Matmul", [], x1, x2);

    /// <summary>The product over the last axis of <c>x1</c> and the last but one of <c>x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Dot(Operand x1, Operand x2) => Call("Dot", [], x1, x2);

    /// <summary>All products of an element of one with an element of the other.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Outer(Operand x1, Operand x2) => Call("Outer", [], x1, x2);

    /// <summary>The sum of products over as many last axes of <c>x1</c> as first axes of <c>x2</c>.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <param name="axes">The number of axes.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Tensordot(Operand x1, Operand x2, int axes = 2) =>
        Call("Tensordot", new() { ["axes"] = axes }, x1, x2);

    /// <summary>The sum of products over axes of both.</summary>
    /// <param name="x1">The first operand.</param>
    /// <param name="x2">The second operand.</param>
    /// <param name="axes">The axes of one, and those of the other that belong to them.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Tensordot(Operand x1, Operand x2, (int[] First, int[] Second) axes) =>
        Call(
            "Tensordot",
            new() { ["axes"] = new JsonArray(ConfiguredValue.List(axes.First), ConfiguredValue.List(axes.Second)) },
            x1,
            x2);

    /// <summary>Sums of products as Einstein's convention writes them: <c>Einsum("bij,bjk-&gt;bik", x, y)</c>. "..."
    /// stands for leading axes; a letter does not occur twice in one operand.</summary>
    /// <param name="subscripts">The letters of every operand and of the result.</param>
    /// <param name="operands">The operands.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Einsum(string subscripts, params ReadOnlySpan<Operand> operands) =>
        Call("Einsum", new() { ["subscripts"] = subscripts }, operands);
}
