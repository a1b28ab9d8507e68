using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <content>Shapes and places of elements.</content>
public static partial class Ops
{
    /// <summary>The same elements under another shape, the batch included.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="newshape">The lengths; one may be null (or -1) and takes what is left: <c>[null, 3]</c>.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Reshape(SymbolicTensor x, Shape newshape) =>
        Call("Reshape", new() { ["newshape"] = Lengths(newshape, open: -1) }, x);

    /// <summary>All elements on one axis.</summary>
    /// <param name="x">The tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Ravel(SymbolicTensor x) => Call("Ravel", [], x);

    /// <summary>Axes in another order; the batch is axis 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">Which axis of the tensor every axis of the result is; null turns the order round.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Transpose(SymbolicTensor x, Axes? axes = null) =>
        Call("Transpose", new() { ["axes"] = axes?.Json }, x);

    /// <summary>Axes at other places, the others in their order.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="source">The axes.</param>
    /// <param name="destination">Their places in the result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Moveaxis(SymbolicTensor x, Axes source, Axes destination) =>
        Call("Moveaxis", new() { ["source"] = Required(source), ["destination"] = Required(destination) }, x);

    /// <summary>Two axes in each other's place.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis1">One axis.</param>
    /// <param name="axis2">The other axis.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Swapaxes(SymbolicTensor x, int axis1, int axis2) =>
        Call("Swapaxes", new() { ["axis1"] = axis1, ["axis2"] = axis2 }, x);

    /// <summary>A new axis of length 1.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">Its place in the result.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor ExpandDims(SymbolicTensor x, Axes axis) =>
        Call("ExpandDims", new() { ["axis"] = Required(axis) }, x);

    /// <summary>Takes axes of length 1 away.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; null is all of length 1.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Squeeze(SymbolicTensor x, Axes? axis = null) =>
        Call("Squeeze", new() { ["axis"] = axis?.Json }, x);

    /// <summary>Axes of length 1 stretched to a shape.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shape">The lengths; null keeps that of the tensor.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor BroadcastTo(SymbolicTensor x, Shape shape) =>
        Call("BroadcastTo", new() { ["shape"] = Lengths(shape) }, x);

    /// <summary>Axes in the opposite direction.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axes; null is all, the batch included.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Flip(SymbolicTensor x, Axes? axis = null) =>
        Call("Flip", new() { ["axis"] = axis?.Json }, x);

    /// <summary>Elements moved along axes; what goes out at the end comes in at the beginning.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="shift">How far, for every axis.</param>
    /// <param name="axis">The axes; null rolls all elements as one axis.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Roll(SymbolicTensor x, Axes shift, Axes? axis = null) =>
        Call("Roll", new() { ["shift"] = Required(shift), ["axis"] = axis?.Json }, x);

    /// <summary>Every part of an axis several times before the next one.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="repeats">How many times.</param>
    /// <param name="axis">The axis; null makes one axis of all elements.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Repeat(SymbolicTensor x, int repeats, int? axis = null) =>
        Call("Repeat", new() { ["repeats"] = repeats, ["axis"] = axis }, x);

    /// <summary>The whole of every axis several times.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="repeats">How many times, for every axis from the last.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Tile(SymbolicTensor x, Axes repeats) =>
        Call("Tile", new() { ["repeats"] = RequiredList(repeats) }, x);

    /// <summary>Elements around a tensor: of one value, or its own seen in a mirror.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="padWidth">How many before and after, for every axis, the batch included.</param>
    /// <param name="constantValues">The value, where mode is "constant".</param>
    /// <param name="mode">"constant"; "reflect": mirrored at the outermost elements; "symmetric": mirrored behind them,
    /// so that they come twice.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Pad(
        SymbolicTensor x, (int Before, int After)[] padWidth, double constantValues = 0.0, string mode = "constant")
    {
        ArgumentNullException.ThrowIfNull(mode);
        JsonObject config = new() { ["pad_width"] = Pairs(padWidth), ["mode"] = mode };
        return mode == "constant"
            ? Call("Pad", config, x, constantValues)
            : constantValues == 0.0
            ? Call("Pad", config, x)
            : throw new ArgumentException(
                $"A constant value is for mode \"constant\", but mode is \"{mode}\".", nameof(constantValues));
    }

    /// <summary>The elements at and below a diagonal of matrices; others become 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="k">The diagonal: 0 is the main one, higher numbers are above it.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Tril(SymbolicTensor x, int k = 0) => Call("Tril", new() { ["k"] = k }, x);

    /// <summary>The elements at and above a diagonal of matrices; others become 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="k">The diagonal: 0 is the main one, higher numbers are above it.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit; the message says why.</exception>
    public static SymbolicTensor Triu(SymbolicTensor x, int k = 0) => Call("Triu", new() { ["k"] = k }, x);
}
