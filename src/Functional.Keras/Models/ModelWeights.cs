namespace Functional.Keras;

/// <content>Weights: reading, replacing, keeping.</content>
public partial class Model
{
    /// <summary>Every weight once, in Keras's order: layer by layer.</summary>
    public IReadOnlyList<Weight> Weights => Weight.Of(Structure.Weights);

    /// <summary>The weights that training changes by their gradients.</summary>
    public IReadOnlyList<Weight> TrainableWeights => [.. Weights.Where(weight => weight.Trainable)];

    /// <summary>The other weights: statistics, and those of layers that are not trained.</summary>
    public IReadOnlyList<Weight> NonTrainableWeights => [.. Weights.Where(weight => !weight.Trainable)];

    /// <summary>Whether the layers are trained: set for all of them at once. Takes effect when compiling.</summary>
    public bool Trainable
    {
        get => LayerInstance.Of(ToLayer()).Trainable;
        set => LayerInstance.Of(ToLayer()).Trainable = value;
    }

    internal IReadOnlyList<Functional.Runtime.Interop.WeightDescription> WeightDescriptions => Structure.Weights;

    /// <summary>The number of weights' elements, trained or not.</summary>
    /// <returns>The number.</returns>
    public long CountParams() => Weights.Sum(weight => weight.Shape.Size ?? 0);

    /// <summary>The present values of the weights, in Keras's order.</summary>
    /// <returns>One tensor for every weight.</returns>
    public IReadOnlyList<Tensor> GetWeights() =>
        [.. Structure.Values().Where((_, index) => !Structure.Weights[index].IsState).Select(value => new Tensor(value))];

    /// <summary>Replaces the values of all weights.</summary>
    /// <param name="weights">One tensor for every weight, in Keras's order.</param>
    /// <exception cref="ArgumentException">The number or a shape of the tensors does not fit.</exception>
    public void SetWeights(params IReadOnlyList<Tensor> weights)
    {
        Structure.Table();
        WeightValues.Set($"Model '{Name}'", [.. Structure.Weights.Where(weight => !weight.IsState)], weights);
    }

    /// <summary>All weights as they are now: a reference, not a copy.</summary>
    /// <returns>The snapshot, which never changes.</returns>
    public WeightSnapshot Snapshot() => new(Structure, Structure.Table());

    /// <summary>Puts the weights back to what they were when a snapshot was taken.</summary>
    /// <param name="snapshot">A snapshot of this model.</param>
    /// <exception cref="ArgumentException">The snapshot was taken of another model.</exception>
    public void Restore(WeightSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!ReferenceEquals(snapshot.Structure, Structure))
            throw new ArgumentException($"The snapshot was not taken of model '{Name}' as it is now.", nameof(snapshot));
        Structure.Table();
        Structure.Store.Restore(Structure.Keys, snapshot.Table);
    }
}
