using System.Globalization;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>Data that was checked against a model, in the element types that the model takes.</summary>
/// <param name="Inputs">One for every input.</param>
/// <param name="Targets">One for every output, or null where none is needed.</param>
/// <param name="SampleWeights">One for every output, or null where samples count alike.</param>
/// <param name="OutputShapes">The shapes of the model's outputs, with lengths that data decides.</param>
internal sealed record PreparedData(
    HostTensor[] Inputs, HostTensor?[] Targets, HostTensor?[] SampleWeights, Shape[] OutputShapes)
{
    internal int RowCount => Inputs[0].Shape[0];

    /// <summary>
    /// What graphs are made for: types of targets, which samples have weights, and lengths of both where those of the outputs
    /// are known before.
    /// </summary>
    internal string Signature => string.Join(';', OutputShapes.Select((output, index) =>
        $"{Describe(Targets[index], output)}/{Describe(SampleWeights[index], output)}"));

    /// <summary>Inputs, targets and sample weights that there are, in the order of training sessions.</summary>
    internal HostTensor[] All =>
        [.. Inputs, .. Targets.OfType<HostTensor>(), .. SampleWeights.OfType<HostTensor>()];

    internal PreparedData Rows(int start, int count) => new(
        Array.ConvertAll(Inputs, tensor => HostTensorConversion.Slice(tensor, start, count)),
        Array.ConvertAll(Targets, tensor => tensor is null ? null : HostTensorConversion.Slice(tensor, start, count)),
        Array.ConvertAll(SampleWeights, tensor => tensor is null ? null : HostTensorConversion.Slice(tensor, start, count)),
        OutputShapes);

    private static string Describe(HostTensor? tensor, Shape output)
    {
        if (tensor is null)
            return "-";
        var lengths = tensor.Shape.ToArray().Select((length, axis) =>
            axis < output.Count && output[axis] is null ? "?" : length.ToString(CultureInfo.InvariantCulture));
        return $"{tensor.Kind}({string.Join(',', lengths.Skip(1))})";
    }
}
