using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>What a layer can be asked.</summary>
public static class LayerExtensions
{
    extension(Layer layer)
    {
        /// <summary>The layer's name: the one given to it, or the one that its model made for it.</summary>
        public string Name => LayerInstance.Of(layer).Name;

        /// <summary>Keras's class name: "Dense".</summary>
        public string ClassName => LayerInstance.Of(layer).ClassName;

        /// <summary>Keras's constructor arguments and their values.</summary>
        public JsonObject Config => LayerInstance.Of(layer).Config;

        /// <summary>The weights, in Keras's order; none before the layer was called.</summary>
        public IReadOnlyList<Weight> Weights => Weight.Of(LayerInstance.Of(layer).WeightDescriptions);

        /// <summary>Whether the weights are trained. A change takes effect when a model is compiled.</summary>
        public bool Trainable
        {
            get => LayerInstance.Of(layer).Trainable;
            set => LayerInstance.Of(layer).Trainable = value;
        }

        /// <summary>What the layer was called on first.</summary>
        public SymbolicTensors Input => LayerInstance.Of(layer).Inputs;

        /// <summary>What the first call of the layer gave.</summary>
        public SymbolicTensors Output => LayerInstance.Of(layer).Outputs;
    }

    /// <summary>The number of weights' elements, trained or not.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>The number.</returns>
    public static long CountParams(this Layer layer) =>
        layer.Weights.Sum(weight => weight.Shape.Size ?? 0);

    /// <summary>The present values of the weights, in Keras's order.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>One tensor for every weight.</returns>
    public static IReadOnlyList<Tensor> GetWeights(this Layer layer) =>
        [.. WeightValues.Get([.. LayerInstance.Of(layer).WeightDescriptions.Where(weight => !weight.IsState)])
            .Select(value => new Tensor(value))];

    /// <summary>Puts the states that a stateful layer keeps between batches back to 0; others have none.</summary>
    /// <param name="layer">The layer.</param>
    public static void ResetStates(this Layer layer)
    {
        var states = LayerInstance.Of(layer).WeightDescriptions.Where(weight => weight.IsState).ToArray();
        WeightValues.Set(
            $"Layer '{layer.Name}'", states, [.. states.Select(state => Tensor.Create<float>(
                Shape.FromInts(state.Shape), new float[state.Size]))]);
    }

    /// <summary>Replaces the values of all weights.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weights">One tensor for every weight, in Keras's order.</param>
    /// <exception cref="ArgumentException">The number or a shape of the tensors does not fit.</exception>
    public static void SetWeights(this Layer layer, params IReadOnlyList<Tensor> weights)
    {
        var instance = LayerInstance.Of(layer);
        WeightValues.Set($"Layer '{instance.Name}'", [.. instance.WeightDescriptions.Where(weight => !weight.IsState)], weights);
    }

    /// <summary>Lets a layer learn from data before it is trained: <see cref="Layers.Normalization"/> its mean and
    /// variance, <see cref="Layers.Discretization"/> its boundaries (it must not have been called yet).</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="data">Samples along the first axis.</param>
    /// <exception cref="ArgumentException">The data does not fit the layer, or what it would learn was given.</exception>
    /// <exception cref="InvalidOperationException">The layer learns nothing from data, or was called already.</exception>
    public static void Adapt(this Layer layer, Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        LayerInstance.Of(layer).Adapt(data);
    }
}
