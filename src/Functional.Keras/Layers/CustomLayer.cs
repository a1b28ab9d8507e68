using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// A layer of one's own: <see cref="Build"/> asks for weights, <see cref="Call"/> says in operations (<see cref="Ops"/>,
/// operators, layers without weights) what it computes. It converts to a layer by itself: <c>Layer scale = new Scale();</c>
/// </summary>
/// <example>
/// <code>
/// public sealed class Scale : CustomLayer
/// {
///     private SymbolicTensor? factor;
///
///     protected override void Build(IReadOnlyList&lt;Shape&gt; inputShapes) =>
///         factor = AddWeight("factor", [inputShapes[0][^1]!.Value], "ones");
///
///     protected override SymbolicTensors Call(SymbolicTensors inputs) => inputs[0] * factor!;
/// }
/// </code>
/// </example>
public abstract class CustomLayer
{
    private readonly Lock gate = new();
    private readonly Lazy<Layer> layer;
    private List<WeightRequest>? asked;
    private WeightRequest[]? built;

    /// <summary>A layer of one's own.</summary>
    /// <param name="name">A name; null lets the model choose one.</param>
    protected CustomLayer(string? name = null)
    {
        layer = new(() => LayerInstance.Create(GetType().Name, name, GetConfig(), Weights, Call));
    }

    /// <summary>The layer, to be called and asked for its weights.</summary>
    /// <param name="custom">The layer of one's own.</param>
    public static implicit operator Layer(CustomLayer custom)
    {
        ArgumentNullException.ThrowIfNull(custom);
        return custom.ToLayer();
    }

    /// <summary>The layer, which is one and the same however often it is asked for: calling it twice shares its
    /// weights.</summary>
    /// <returns>The layer.</returns>
    public Layer ToLayer() => layer.Value;

    /// <summary>The arguments that a file keeps, under Keras's manner of names; what <see cref="Saving.RegisterLayer"/>
    /// gives back when a file is loaded.</summary>
    /// <returns>The arguments; none when it is not overridden.</returns>
    public virtual JsonObject GetConfig() => [];

    /// <summary>Asks for the weights, when the layer is called first.</summary>
    /// <param name="inputShapes">The shape of every input, the batch included; null where data decides.</param>
    protected virtual void Build(IReadOnlyList<Shape> inputShapes)
    {
    }

    /// <summary>What the layer computes. It is called whenever a graph is made of the layer, and gives the same result for
    /// the same shapes.</summary>
    /// <param name="inputs">What the layer is called on.</param>
    /// <returns>The results.</returns>
    protected abstract SymbolicTensors Call(SymbolicTensors inputs);

    /// <summary>Asks for a weight; only <see cref="Build"/> does this.</summary>
    /// <param name="name">Its name: "kernel".</param>
    /// <param name="shape">Its shape, all lengths known.</param>
    /// <param name="initializer">How it begins; null is glorot_uniform.</param>
    /// <param name="regularizer">A penalty on it.</param>
    /// <param name="trainable">Whether it is trained.</param>
    /// <param name="constraint">A projection of it after every update.</param>
    /// <returns>What stands for the weight in <see cref="Call"/>.</returns>
    /// <exception cref="InvalidOperationException">It is not called by <see cref="Build"/>.</exception>
    protected SymbolicTensor AddWeight(
        string name,
        Shape shape,
        Initializer? initializer = null,
        Regularizer? regularizer = null,
        bool trainable = true,
        Constraint? constraint = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (asked is null)
        {
            throw new InvalidOperationException(
                $"Layer class '{GetType().Name}' asks for weight '{name}', which only its Build does.");
        }

        var request = new WeightRequest(
            name,
            shape.ToInts(),
            initializer?.Json ?? "glorot_uniform",
            regularizer?.Json,
            constraint?.Json,
            trainable);
        asked.Add(request);
        return new SymbolicTensor([request.Tensor], 0);
    }

    private WeightRequest[] Weights(Shape[] inputShapes)
    {
        lock (gate)
        {
            if (built is null)
            {
                asked = [];
                Build(inputShapes);
                built = [.. asked];
                asked = null;
            }

            return built;
        }
    }
}
