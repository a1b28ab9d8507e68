using System.Runtime.CompilerServices;

namespace Functional.Keras;

/// <summary>
/// The loss of each output: <c>"mse"</c>, <c>["mse", "binary_crossentropy"]</c> or
/// <c>new() { ["price"] = "mse", ["sold"] = "binary_crossentropy" }</c>. An output whose loss is null is not trained.
/// </summary>
[CollectionBuilder(typeof(LossPerOutput), nameof(Create))]
public sealed class LossPerOutput : PerOutput<Loss?>
{
    /// <summary>No losses yet; set them by output name.</summary>
    public LossPerOutput()
    {
    }

    private LossPerOutput(ReadOnlySpan<Loss?> losses)
        : base(losses)
    {
    }

    /// <summary>Losses in the order of the outputs.</summary>
    /// <param name="losses">The losses.</param>
    /// <returns>The losses.</returns>
    public static LossPerOutput Create(params ReadOnlySpan<Loss?> losses) => new(losses);

    /// <summary>One loss for every output.</summary>
    /// <param name="loss">The loss.</param>
    public static implicit operator LossPerOutput(Loss loss) => Create(loss);

    /// <summary>One loss for every output, by its Keras name.</summary>
    /// <param name="name">The loss's name.</param>
    public static implicit operator LossPerOutput(string name) => Create(Loss.FromName(name));
}
