using Functional.Keras;

namespace Functional.Benchmarks.Workloads;

/// <summary>One row of the table of workloads: a model, its data, and how many steps are timed.</summary>
/// <param name="Name">W1, W2, ...</param>
/// <param name="Params">The number of weights, checked before anything is timed.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="Epochs">How often the data are gone through in one timed repeat; calls, for inference.</param>
/// <param name="IsInference">Whether it predicts instead of training.</param>
/// <param name="Create">A compiled model and its data.</param>
internal sealed record Workload(
    string Name, long Params, int BatchSize, int Epochs, bool IsInference, Func<(Model Model, Tensors X, Tensors Y)> Create);
