namespace Functional.Kernels.Loops.Vectors;

/// <summary>A described vector of integers.</summary>
internal sealed class IntegersExpression(string operation, object? immediate, params VectorExpression[] arguments)
    : VectorExpression(operation, [.. arguments], immediate);
