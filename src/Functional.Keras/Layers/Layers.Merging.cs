namespace Functional.Keras;

/// <content>Layers that join tensors.</content>
public static partial class Layers
{
    /// <summary>Tensors one after the other along an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: (batch, ..., a) and (batch, ..., b) to (batch, ..., a + b).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Concatenate(int axis = -1, string? name = null) =>
        LayerInstance.Create("Concatenate", name, new() { ["axis"] = axis });

    /// <summary>The sum of tensors.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: Tensors of one shape, or with axes of length 1, to that shape.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Add(string? name = null) => LayerInstance.Create("Add", name, []);

    /// <summary>The difference of two tensors.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: Tensors of one shape, or with axes of length 1, to that shape.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Subtract(string? name = null) => LayerInstance.Create("Subtract", name, []);

    /// <summary>The product of tensors, number by number.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: Tensors of one shape, or with axes of length 1, to that shape.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Multiply(string? name = null) => LayerInstance.Create("Multiply", name, []);

    /// <summary>The mean of tensors.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: Tensors of one shape, or with axes of length 1, to that shape.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Average(string? name = null) => LayerInstance.Create("Average", name, []);

    /// <summary>The largest numbers of tensors.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: Tensors of one shape, or with axes of length 1, to that shape.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Maximum(string? name = null) => LayerInstance.Create("Maximum", name, []);

    /// <summary>The smallest numbers of tensors.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: Tensors of one shape, or with axes of length 1, to that shape.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Minimum(string? name = null) => LayerInstance.Create("Minimum", name, []);

    /// <summary>The product of two tensors along axes.</summary>
    /// <param name="axes">The axis of both, or one of each.</param>
    /// <param name="normalize">Whether vectors get length 1 first: the cosine of their angle.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: (batch, n) and (batch, n) to (batch, 1).</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Dot(Axes axes, bool normalize = false, string? name = null) =>
        LayerInstance.Create("Dot", name, new() { ["axes"] = Required(axes), ["normalize"] = normalize });
}
