using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>Data that was checked against a model, in the element types that the model takes.</summary>
internal sealed record PreparedData(HostTensor[] Inputs, HostTensor?[] Targets, HostTensor?[] SampleWeights)
{
    internal int RowCount => Inputs[0].Shape[0];

    /// <summary>What graphs are made for: shapes and types of targets, and which samples have weights.</summary>
    internal string Signature => string.Join(';', Targets.Zip(SampleWeights, (target, weight) =>
        $"{Describe(target)}/{Describe(weight)}"));

    /// <summary>Inputs, targets and sample weights that there are, in the order of training sessions.</summary>
    internal HostTensor[] All =>
        [.. Inputs, .. Targets.OfType<HostTensor>(), .. SampleWeights.OfType<HostTensor>()];

    internal PreparedData Rows(int start, int count) => new(
        Array.ConvertAll(Inputs, tensor => HostTensorConversion.Slice(tensor, start, count)),
        Array.ConvertAll(Targets, tensor => tensor is null ? null : HostTensorConversion.Slice(tensor, start, count)),
        Array.ConvertAll(SampleWeights, tensor => tensor is null ? null : HostTensorConversion.Slice(tensor, start, count)));

    private static string Describe(HostTensor? tensor) => tensor is null
        ? "-"
        : $"{tensor.Kind}({string.Join(',', tensor.Shape[1..].ToArray())})";
}
