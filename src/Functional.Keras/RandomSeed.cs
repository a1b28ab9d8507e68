using System.Security.Cryptography;

namespace Functional.Keras;

/// <summary>
/// The seed that weights, shuffling and dropout begin with, as keras.utils.set_random_seed sets it. The same seed and the
/// same sequence of layers, models and calls give the same numbers: on any x64 processor with FMA, where matrix products are
/// those of the built-in kernels. Without it, every process has a seed of its own.
/// </summary>
public static class RandomSeed
{
    private static State state = new(RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>
    /// Starts all random numbers anew: of layers, models and fits that begin after it, and of predictions. A model in
    /// training keeps the seed that it began with.
    /// </summary>
    /// <param name="seed">Any number; equal seeds give equal numbers.</param>
    public static void Set(int seed) => Volatile.Write(ref state, new State(seed));

    /// <summary>What numbers are drawn from until the next <see cref="Set"/>.</summary>
    internal static State Present => Volatile.Read(ref state);

    internal static WeightSeed NextWeightSeed() => Present.NextWeightSeed();

    /// <summary>A seed for something that draws many numbers from it: a training session, shuffling.</summary>
    internal static int Next() => Present.Next();

    internal sealed class State(int seed)
    {
        private int streams;

        internal WeightSeed NextWeightSeed() => new(seed, Interlocked.Increment(ref streams));

        internal int Next() => NextWeightSeed().ForWeight(0);
    }
}
