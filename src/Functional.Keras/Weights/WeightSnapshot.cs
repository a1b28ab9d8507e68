using System.Collections.Immutable;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>The weights of a model at one moment.</summary>
public sealed class WeightSnapshot
{
    internal WeightSnapshot(ModelStructure structure, ImmutableDictionary<WeightKey, HostTensor> table)
    {
        Structure = structure;
        Table = table;
    }

    /// <summary>The values, in Keras's order.</summary>
    public IReadOnlyList<Tensor> Values => [.. Structure.Keys.Select(key => new Tensor(Table[key]))];

    internal ModelStructure Structure { get; }

    internal ImmutableDictionary<WeightKey, HostTensor> Table { get; }
}
