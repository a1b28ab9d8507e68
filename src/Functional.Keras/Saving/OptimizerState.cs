using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>What an optimizer knows after some steps.</summary>
/// <param name="Steps">The number of steps done.</param>
/// <param name="LearningRate">The learning rate, where no schedule decides it.</param>
/// <param name="Slots">What it remembers of weights, in the order of Keras's optimizer variables; nothing before the
/// first step.</param>
internal sealed record OptimizerState(int Steps, double? LearningRate, IReadOnlyList<HostTensor> Slots);
