using System.Collections.Immutable;

namespace Functional.Kernels.Loops.Vectors;

/// <summary>An operation on vectors that is described, not carried out.</summary>
/// <param name="operation">The name of the operation in <see cref="IVectorArithmetic{TFloats, TIntegers}"/>, or
/// <see cref="Given"/>.</param>
/// <param name="arguments">The vectors it is applied to.</param>
/// <param name="immediate">A number, an enumeration member, or for <see cref="Given"/> where the value is.</param>
internal abstract class VectorExpression(
    string operation, ImmutableArray<VectorExpression> arguments, object? immediate)
{
    /// <summary>The operation of a value that exists already.</summary>
    public const string Given = "Given";

    /// <summary>The name of the operation.</summary>
    public string Operation { get; } = operation;

    /// <summary>The vectors it is applied to.</summary>
    public ImmutableArray<VectorExpression> Arguments { get; } = arguments;

    /// <summary>What it is applied to besides vectors.</summary>
    public object? Immediate { get; } = immediate;
}
