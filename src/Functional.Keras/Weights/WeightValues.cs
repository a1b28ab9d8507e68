using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Reading and replacing the values of weights, with the checks that shapes need.</summary>
internal static class WeightValues
{
    internal static WeightKey Key(WeightDescription weight) => new(LayerInstance.Of(weight.Layer), weight.Index);

    internal static HostTensor Get(WeightDescription weight)
    {
        var key = Key(weight);
        key.Layer.Store.PublishPending();
        return key.Layer.Store.Get(key);
    }

    /// <summary>Replaces the values of weights. Raises ArgumentException when number or shapes do not fit.</summary>
    internal static void Set(string owner, IReadOnlyList<WeightDescription> weights, IReadOnlyList<Tensor> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != weights.Count)
        {
            throw new ArgumentException(
                $"{owner} has {weights.Count} weights, but {values.Count} tensors were given.", nameof(values));
        }

        var changes = new List<KeyValuePair<WeightKey, HostTensor>>(weights.Count);
        foreach (var (weight, value) in weights.Zip(values))
        {
            if (!value.Data.Shape.SequenceEqual(weight.Shape))
            {
                throw new ArgumentException(
                    $"{owner}: weight '{weight.Path}' has shape {Shape.FromInts(weight.Shape)}, "
                    + $"but the given tensor has shape {value.Shape}.",
                    nameof(values));
            }

            var present = Get(weight).Kind;
            changes.Add(KeyValuePair.Create(Key(weight), HostTensorConversion.Cast(value.Data, present)));
        }

        foreach (var group in changes.GroupBy(change => change.Key.Layer.Store))
            group.Key.Set(group);
    }
}
