using System.Runtime.InteropServices;
using Functional.Keras;

namespace Functional.Benchmarks.Workloads;

/// <summary>Data without meaning: speed must not depend on it.</summary>
internal static class RandomData
{
    private static readonly System.Random Source = new(1);

    public static Tensor Uniform(int rows, int columns) => Table(rows, columns, Source.NextSingle);

    public static Tensor Normal(int rows, int columns) => Table(rows, columns, NextNormal);

    public static Tensor UniformImages(int count, int height, int width, int channels)
    {
        var values = new float[count, height, width, channels];
        foreach (ref var value in MemoryMarshal.CreateSpan(ref values[0, 0, 0, 0], values.Length))
            value = Source.NextSingle();
        return values;
    }

    public static Tensor Classes(int rows, int classes)
    {
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
            labels[row] = Source.Next(classes);
        return labels;
    }

    public static Tensor NormalSequences(int count, int steps, int features)
    {
        var values = new float[count, steps, features];
        foreach (ref var value in MemoryMarshal.CreateSpan(ref values[0, 0, 0], values.Length))
            value = NextNormal();
        return values;
    }

    public static Tensor Tokens(int rows, int columns, int vocabulary)
    {
        var values = new int[rows, columns];
        foreach (ref var value in MemoryMarshal.CreateSpan(ref values[0, 0], values.Length))
            value = Source.Next(vocabulary);
        return values;
    }

    public static Tensor Bits(int rows)
    {
        var values = new float[rows, 1];
        for (var row = 0; row < rows; row++)
            values[row, 0] = Source.Next(2);
        return values;
    }

    private static Tensor Table(int rows, int columns, Func<float> next)
    {
        var values = new float[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[row, column] = next();
        }

        return values;
    }

    // Box and Muller 1958.
    private static float NextNormal() =>
        MathF.Sqrt(-2 * MathF.Log(1 - Source.NextSingle())) * MathF.Cos(2 * MathF.PI * Source.NextSingle());
}
