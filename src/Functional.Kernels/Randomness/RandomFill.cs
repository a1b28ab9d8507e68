using System.Numerics;
using System.Runtime.Intrinsics;

namespace Functional.Kernels.Randomness;

/// <summary>Fills an array with floating-point random numbers from <see cref="Philox"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed unsafe class RandomFill<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Unit = 1.0 / (1 << 24);
    private const double BelowMinusTwo = 0.0227501319481792072;
    private const double WithinTwo = 0.954499736103641585;

    private readonly RandomDistribution distribution;
    private readonly RandomPartition partition;

    /// <summary>Makes a fill ready to run.</summary>
    /// <param name="distribution">How bits become numbers.</param>
    /// <param name="count">The number of elements.</param>
    public RandomFill(RandomDistribution distribution, long count)
    {
        this.distribution = distribution;
        partition = new RandomPartition(count, distribution == RandomDistribution.Uniform ? 1 << 15 : 1 << 12);
    }

    /// <summary>The number of independent parts; it depends on sizes only.</summary>
    public int Parts => partition.Parts;

    /// <summary>Fills one part.</summary>
    /// <param name="part">The number of the part, from 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream: what the numbers are for.</param>
    /// <param name="step">The step: when they are drawn.</param>
    /// <param name="target">The whole array.</param>
    public void Run(int part, int seed, int stream, int step, T* target)
    {
        var bits = stackalloc uint[Philox.BatchSize];
        var (first, last) = partition[part];
        for (var index = first; index < last; index += Philox.BatchSize)
        {
            Philox.Fill(seed, stream, step, index, bits);
            var batch = (int)Math.Min(Philox.BatchSize, last - index);
            Transform(bits, target + index, batch);
        }
    }

    private void Transform(uint* bits, T* target, int count)
    {
        switch (distribution)
        {
            case RandomDistribution.Uniform when typeof(T) == typeof(float) && count == Philox.BatchSize:
                FillUniform(bits, (float*)target);
                break;
            case RandomDistribution.Uniform:
                for (var i = 0; i < count; i++)
                    target[i] = T.CreateTruncating((int)(bits[i] >> 8)) * T.CreateTruncating(Unit);
                break;
            case RandomDistribution.Normal:
                for (var i = 0; i < count; i++)
                    target[i] = T.CreateTruncating(NormalQuantile.Of(Middle(bits[i])));
                break;
            default:
                for (var i = 0; i < count; i++)
                    target[i] = T.CreateTruncating(NormalQuantile.Of(BelowMinusTwo + (Middle(bits[i]) * WithinTwo)));
                break;
        }
    }

    /// <summary>A whole batch of floats at once; the conversion and the product are exact.</summary>
    private static void FillUniform(uint* bits, float* target)
    {
        for (var i = 0; i < Philox.BatchSize; i += Vector256<uint>.Count)
        {
            var numbers = Vector256.ConvertToSingle((Vector256.Load(bits + i) >>> 8).AsInt32());
            (numbers * (float)Unit).Store(target + i);
        }
    }

    private static double Middle(uint bits) => ((bits >> 8) + 0.5) * Unit;
}
