using System.Runtime.CompilerServices;

namespace Functional.Keras;

/// <summary>
/// How much the loss of each output counts: <c>[1.0, 0.5]</c> or <c>new() { ["price"] = 1.0, ["sold"] = 0.5 }</c>.
/// </summary>
[CollectionBuilder(typeof(LossWeights), nameof(Create))]
public sealed class LossWeights : PerOutput<double>
{
    /// <summary>No weights yet; set them by output name.</summary>
    public LossWeights()
    {
    }

    private LossWeights(ReadOnlySpan<double> weights)
        : base(weights)
    {
    }

    /// <summary>Weights in the order of the outputs.</summary>
    /// <param name="weights">The weights.</param>
    /// <returns>The weights.</returns>
    public static LossWeights Create(params ReadOnlySpan<double> weights) => new(weights);

    /// <summary>One weight for every output.</summary>
    /// <param name="weight">The weight.</param>
    public static implicit operator LossWeights(double weight) => Create(weight);
}
