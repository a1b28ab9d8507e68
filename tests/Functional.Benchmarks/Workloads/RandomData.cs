using System.Buffers;
using Functional.Keras;
using Functional.Kernels.Memory;

namespace Functional.Benchmarks.Workloads;

/// <summary>Data without meaning: speed must not depend on it. They are made where they stay, so that they count once.</summary>
internal static class RandomData
{
    private static readonly System.Random Source = new(1);

    public static Tensor Uniform(int rows, int columns) => Fill([rows, columns], Source.NextSingle);

    public static Tensor Normal(int rows, int columns) => Fill([rows, columns], NextNormal);

    public static Tensor UniformImages(int count, int height, int width, int channels) =>
        Fill([count, height, width, channels], Source.NextSingle);

    public static Tensor Classes(int rows, int classes) => Fill([rows], () => Source.Next(classes));

    public static Tensor NormalSequences(int count, int steps, int features) => Fill([count, steps, features], NextNormal);

    public static Tensor Tokens(int rows, int columns, int vocabulary) => Fill([rows, columns], () => Source.Next(vocabulary));

    public static Tensor Bits(int rows) => Fill([rows, 1], () => (float)Source.Next(2));

    private static Tensor Fill<T>(int[] shape, Func<T> next)
        where T : unmanaged
    {
        SpanAction<T, Func<T>> fill = static (values, next) =>
        {
            foreach (ref var value in values)
                value = next();
        };
        return new Tensor(HostTensor.Create(shape, next, fill));
    }

    // Box and Muller 1958.
    private static float NextNormal() =>
        MathF.Sqrt(-2 * MathF.Log(1 - Source.NextSingle())) * MathF.Cos(2 * MathF.PI * Source.NextSingle());
}
