using System.Collections.Immutable;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>What a file keeps of a compiled model, all of one moment between two steps.</summary>
/// <param name="Weights">The values of the weights.</param>
/// <param name="Optimizer">What the optimizer knows.</param>
/// <param name="Seed">What random numbers of training are made from.</param>
/// <param name="ShuffleSeed">What the order of samples in the present fit is made from.</param>
/// <param name="Evaluations">How many batches were judged.</param>
internal sealed record ModelState(
    ImmutableDictionary<WeightKey, HostTensor> Weights, OptimizerState Optimizer, int Seed, int ShuffleSeed, int Evaluations);
