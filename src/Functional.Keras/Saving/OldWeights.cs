using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>The numbers of a weight, and the lengths of its axes.</summary>
internal sealed record OldWeight(int[] Shape, double[] Values)
{
    /// <summary>The same numbers under other lengths.</summary>
    internal OldWeight Reshape(params int[] shape) => new(shape, Values);

    /// <summary>The axes in another order.</summary>
    internal OldWeight Transpose(params int[] order)
    {
        var shape = Array.ConvertAll(order, axis => Shape[axis]);
        return Gather(shape, index =>
        {
            var source = new int[order.Length];
            for (var axis = 0; axis < order.Length; axis++)
                source[order[axis]] = index[axis];
            return source;
        });
    }

    /// <summary>The elements of some axes in the opposite order.</summary>
    internal OldWeight Flip(int axisCount) => Gather(Shape, index =>
        [.. index.Select((position, axis) => axis < axisCount ? Shape[axis] - 1 - position : position)]);

    /// <summary>Several beside each other along the last axis.</summary>
    internal static OldWeight Concatenate(params OldWeight[] parts)
    {
        var rows = parts[0].Shape[..^1].Aggregate(1, (product, length) => product * length);
        var values = new List<double>(parts.Sum(part => part.Values.Length));
        for (var row = 0; row < rows; row++)
        {
            foreach (var part in parts)
                values.AddRange(part.Values.AsSpan(row * part.Shape[^1], part.Shape[^1]));
        }

        return new OldWeight([.. parts[0].Shape[..^1], parts.Sum(part => part.Shape[^1])], [.. values]);
    }

    /// <summary>Elements of other places.</summary>
    internal OldWeight Gather(int[] shape, Func<int[], int[]> source)
    {
        var values = new double[Values.Length];
        var index = new int[shape.Length];
        for (var position = 0; position < values.Length; position++)
        {
            var rest = position;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            var offset = 0;
            var found = source(index);
            for (var axis = 0; axis < found.Length; axis++)
                offset = (offset * Shape[axis]) + found[axis];
            values[position] = Values[offset];
        }

        return new OldWeight(shape, values);
    }
}

/// <summary>
/// The weights of a layer as Keras 1 and 2 kept them in .h5 files, in the form of Keras 3: kernels of convolutions that
/// Theano computed (true convolutions) are flipped, recurrent layers of Keras 1 had weights of their own for every gate, and
/// those of cuDNN have its layout.
/// </summary>
/// <param name="Version">The first number of the version that wrote the file.</param>
/// <param name="IsTheano">Whether Theano computed.</param>
internal sealed record OldWeights(int Version, bool IsTheano)
{
    /// <summary>The weights of a layer of a class and its arguments, as far as they have another form in Keras 3.</summary>
    internal OldWeight[] Upgrade(string className, JsonObject config, OldWeight[] stored)
    {
        switch (className)
        {
            case "Bidirectional" when stored.Length % 2 == 0:
                return [.. Inner(config, stored[..(stored.Length / 2)]), .. Inner(config, stored[(stored.Length / 2)..])];
            case "TimeDistributed":
                return Inner(config, stored);
            case "Conv1D" or "Conv2D" or "Conv3D" or "Conv2DTranspose" when stored is [var kernel, .. var others]:
                kernel = Version <= 1 ? Kernel(className, config, kernel) : kernel;
                return [IsTheano ? kernel.Flip(kernel.Shape.Length - 2) : kernel, .. others];
            case "ConvLSTM2D" when IsTheano && stored is [var input, var state, .. var rest]:
                return [input.Flip(2), state.Flip(2), .. rest];
            case "LSTM" or "GRU":
                return Recurrent(className, config, stored);
            default:
                return stored;
        }
    }

    private OldWeight[] Inner(JsonObject config, OldWeight[] stored) =>
        config["layer"] is JsonObject layer && layer["config"] is JsonObject inner
            ? Upgrade(layer["class_name"]?.ToString() ?? string.Empty, inner, stored)
            : stored;

    /// <summary>Keras 1 kept kernels as Theano wants them where channels come first.</summary>
    private static OldWeight Kernel(string className, JsonObject config, OldWeight kernel)
    {
        var isFirst = config["data_format"]?.ToString() == "channels_first";
        switch (className)
        {
            case "Conv1D" when kernel.Shape.Length == 4:
                var filters = config["filters"]?.GetValue<int>();
                if (kernel.Shape[1] != 1 || kernel.Shape[3] != filters)
                    kernel = kernel.Transpose(2, 3, 1, 0);
                return kernel.Reshape(kernel.Shape[0], kernel.Shape[2], kernel.Shape[3]);
            case "Conv2D" when isFirst:
                return kernel.Transpose(2, 3, 1, 0);
            case "Conv3D" when isFirst:
                return kernel.Transpose(2, 3, 4, 1, 0);
            case "Conv2DTranspose":
                return isFirst ? kernel.Transpose(2, 3, 0, 1) : kernel.Transpose(0, 1, 3, 2);
            default:
                return kernel;
        }
    }

    private static OldWeight[] Recurrent(string className, JsonObject config, OldWeight[] stored)
    {
        var units = config["units"]?.GetValue<int>() ?? 0;
        var gates = className == "LSTM" ? 4 : 3;

        // Keras 1: kernel, recurrent kernel and bias of every gate; of an LSTM in the order input, cell, forget, output.
        if (stored.Length == 3 * gates)
        {
            int[] order = className == "LSTM" ? [0, 2, 1, 3] : [0, 1, 2];
            return [.. Enumerable.Range(0, 3).Select(kind =>
                OldWeight.Concatenate([.. order.Select(gate => stored[(3 * gate) + kind])]))];
        }

        // cuDNN has biases for input and state beside each other, and its kernels in the other order of rows and columns.
        if (stored is not [var kernel, var recurrent, { Shape: [var length] } bias] || length != 2 * gates * units)
            return stored;
        var biases = className == "GRU"
            ? bias.Reshape(2, gates * units)
            : new OldWeight([gates * units], [.. Enumerable.Range(0, gates * units)
                .Select(index => bias.Values[index] + bias.Values[(gates * units) + index])]);
        return [FromCuDnn(kernel, units, isSquare: false), FromCuDnn(recurrent, units, isSquare: true), biases];
    }

    /// <summary>A square part of a gate is transposed; one of another shape keeps it.</summary>
    private static OldWeight FromCuDnn(OldWeight kernel, int units, bool isSquare)
    {
        var rows = kernel.Shape[0];
        return kernel.Gather(kernel.Shape, index =>
        {
            var (row, gate, column) = (index[0], index[1] / units, index[1] % units);
            if (isSquare)
                return [column, (gate * units) + row];

            // The numbers of a part, row by row, fill it column by column.
            var position = row + (column * rows);
            return [position / units, (gate * units) + (position % units)];
        });
    }
}
