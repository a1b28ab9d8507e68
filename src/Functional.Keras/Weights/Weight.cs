using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>One weight of a layer: its name, shape and present value.</summary>
public sealed class Weight
{
    private readonly WeightDescription description;

    private Weight(WeightDescription description) => this.description = description;

    /// <summary>Keras's name: "kernel", "bias".</summary>
    public string Name => description.Name;

    /// <summary>The name with those of the layers around it: "dense/kernel".</summary>
    public string Path => description.Path;

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape => Shape.FromInts(description.Shape);

    /// <summary>The type of one element.</summary>
    public ElementKind ElementType => description.ElementType;

    /// <summary>Whether training changes it by its gradient; false for statistics that a layer keeps.</summary>
    public bool Trainable => description.IsTrainable && LayerInstance.Of(description.Layer).Trainable;

    /// <summary>The present value.</summary>
    public Tensor Value => new(WeightValues.Get(description));

    /// <summary>"dense/kernel (64, 10)".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Path} {Shape}";

    internal static IReadOnlyList<Weight> Of(IReadOnlyList<WeightDescription> descriptions) =>
        [.. descriptions.Where(description => !description.IsState).Select(description => new Weight(description))];
}
