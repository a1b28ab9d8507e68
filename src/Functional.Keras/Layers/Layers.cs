using System.Text.Json.Nodes;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// The layers, under Keras's names and with Keras's arguments in Keras's order. Meant for
/// <c>using static Functional.Keras.Layers;</c>.
/// </summary>
public static partial class Layers
{
    private static int inputCount;

    /// <summary>A model input: the shape of one sample.</summary>
    /// <param name="shape">The lengths of a sample's axes; null where data decides. An empty shape is one number.</param>
    /// <param name="dtype">The type of one element.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <param name="batchSize">The number of samples in every batch, for layers that are stateful; null lets data
    /// decide.</param>
    /// <returns>The symbolic tensor that the model's calls begin with; its first axis is the batch.</returns>
    public static SymbolicTensor Input(
        Shape shape, ElementKind dtype = ElementKind.Float32, string? name = null, int? batchSize = null)
    {
        if (batchSize < 1)
            throw new ArgumentException($"Input: batchSize must be at least 1, but is {batchSize}.", nameof(batchSize));
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Contains(0))
        {
            throw new ArgumentException(
                $"Input{(name is null ? string.Empty : $" '{name}'")}: samples of shape {shape} have no elements: every axis needs a "
                + "length of at least 1, or null where data decides.",
                nameof(shape));
        }

        var axisPrefix = $"input{Interlocked.Increment(ref inputCount)}_axis";
        var core = LayerInterop.Input(name, axisPrefix, batchSize, [.. shape], dtype);
        var result = new SymbolicTensor([core], 0);
        LayerInstance.Of(SymbolicInterop.LayerOf(core)).Record([], [core]);
        return result;
    }

    /// <summary>A model input: the shape of one sample.</summary>
    /// <param name="shape">The lengths of a sample's axes; null where data decides. An empty shape is one number.</param>
    /// <param name="dtype">The type of one element by Keras's name: "float32", "float64", "int32" or "bool".</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <returns>The symbolic tensor that the model's calls begin with; its first axis is the batch.</returns>
    /// <exception cref="ArgumentException">There is no such type; the message lists those that there are.</exception>
    public static SymbolicTensor Input(Shape shape, string dtype, string? name = null)
    {
        foreach (var kind in Enum.GetValues<ElementKind>())
        {
            if (kind.KerasName() == dtype)
                return Input(shape, kind, name);
        }

        var names = string.Join("', '", Enum.GetValues<ElementKind>().Select(kind => kind.KerasName()));
        throw new ArgumentException($"Input: dtype must be one of '{names}', but is '{dtype}'.", nameof(dtype));
    }

    /// <summary>An input for samples like those of a tensor, whose samples begin behind so many of its axes.</summary>
    internal static SymbolicTensor InputLike(SymbolicTensor tensor, int outerAxes = 1) => Input(
        Shape.Create([.. tensor.Shape.Skip(outerAxes)]),
        tensor.ElementType,
        batchSize: outerAxes == 1 ? tensor.Shape[0] : null);

    private static JsonNode Or(ConfiguredValue? value, string fallback) => value?.Json ?? fallback;

    private static JsonNode Required(ConfiguredValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Json;
    }

    private static JsonNode Required(Axes value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Json;
    }

    private static JsonNode Required(Factor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Json;
    }

    private static JsonArray? Range((double Low, double High)? range) =>
        range is { } bounds ? new JsonArray(bounds.Low, bounds.High) : null;

    /// <summary>The numbers of a tensor as nested lists, as Keras saves arrays.</summary>
    private static JsonNode? Numbers(Tensor? tensor)
    {
        if (tensor is null)
            return null;
        var parts = tensor.ToArray<double>().Select(number => (JsonNode?)number);

        // From the innermost axis outwards, what stands along an axis becomes one list.
        foreach (var length in tensor.Shape.Reverse())
            parts = parts.Chunk(length!.Value).Select(part => (JsonNode?)new JsonArray(part));
        return parts.Single();
    }

    private static JsonArray? Lengths(Shape? shape) =>
        shape is null ? null : new JsonArray([.. shape.Select(length => (JsonNode?)length)]);
}
