using Functional.Runtime.Sessions;

namespace Functional.Keras;

/// <summary>What random numbers of a model's predictions are made from: a seed that is drawn when the first ones are
/// wanted, and again after <see cref="RandomSeed.Set"/>.</summary>
internal sealed class PredictionSeed
{
    private readonly Lock gate = new();
    private RandomSeed.State? origin;
    private PredictionKeys? keys;

    internal PredictionKeys Keys()
    {
        var present = RandomSeed.Present;
        lock (gate)
        {
            if (keys is null || !ReferenceEquals(present, origin))
                (origin, keys) = (present, new PredictionKeys(present.Next()));
            return keys;
        }
    }
}
