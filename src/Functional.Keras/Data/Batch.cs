namespace Functional.Keras;

/// <summary>Some samples with their targets, for training on a sequence of batches.</summary>
/// <param name="X">The inputs.</param>
/// <param name="Y">The targets.</param>
/// <param name="SampleWeight">How much each sample counts; null is all alike.</param>
public sealed record Batch(Tensors X, Tensors Y, Tensors? SampleWeight = null);
