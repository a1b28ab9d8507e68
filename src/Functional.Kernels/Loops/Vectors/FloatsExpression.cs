namespace Functional.Kernels.Loops.Vectors;

/// <summary>A described vector of floats or doubles.</summary>
internal sealed class FloatsExpression(string operation, object? immediate, params VectorExpression[] arguments)
    : VectorExpression(operation, [.. arguments], immediate);
