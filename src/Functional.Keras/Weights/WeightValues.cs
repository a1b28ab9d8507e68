using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Reading and replacing the values of weights, with the checks that shapes need.</summary>
internal static class WeightValues
{
    internal static WeightKey Key(WeightDescription weight) => new(LayerInstance.Of(weight.Layer), weight.Index);

    /// <summary>The newest value of a weight.</summary>
    internal static HostTensor Get(WeightDescription weight)
    {
        var key = Key(weight);
        key.Layer.Store.PublishPending();
        return key.Layer.Store.Get(key);
    }

    /// <summary>The value of a weight, for who may not wait for a training: the newest that its store has.</summary>
    internal static HostTensor GetStored(WeightDescription weight)
    {
        var key = Key(weight);
        key.Layer.Store.TryPublishPending();
        return key.Layer.Store.Get(key);
    }

    /// <summary>The newest values of weights, all of one moment where their layers belong to one model.</summary>
    internal static HostTensor[] Get(IReadOnlyList<WeightDescription> weights)
    {
        WeightKey[] keys = [.. weights.Select(Key)];
        var values = new HostTensor[keys.Length];
        foreach (var group in keys.Index().GroupBy(entry => entry.Item.Layer.Store.Root))
        {
            group.Key.PublishPending();
            var table = group.Key.Initialize([.. group.Select(entry => entry.Item)]);
            foreach (var (index, key) in group)
                values[index] = table[key];
        }

        return values;
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

        var present = Get(weights);
        var changes = new List<KeyValuePair<WeightKey, HostTensor>>(weights.Count);
        foreach (var ((weight, value), old) in weights.Zip(values).Zip(present))
        {
            if (!value.Data.Shape.SequenceEqual(weight.Shape))
            {
                throw new ArgumentException(
                    $"{owner}: weight '{weight.Path}' has shape {Shape.FromInts(weight.Shape)}, "
                    + $"but the given tensor has shape {value.Shape}.",
                    nameof(values));
            }

            changes.Add(KeyValuePair.Create(Key(weight), HostTensorConversion.Cast(value.Data, old.Kind)));
        }

        foreach (var group in changes.GroupBy(change => change.Key.Layer.Store.Root))
            group.Key.Set(group);
    }
}
