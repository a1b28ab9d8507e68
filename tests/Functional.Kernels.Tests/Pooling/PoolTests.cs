using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Convolution;
using Functional.Kernels.Pooling;
using Xunit;

namespace Functional.Kernels.Tests.Pooling;

/// <summary>Pools against a naive loop.</summary>
public sealed unsafe class PoolTests
{
    [Fact]
    public void AnyPool_IsTheNaiveLoop() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            Check<float>(seed);
            Check<double>(seed);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public void OfEqualMaxima_TheFirstOneCounts_AndNaNIsGreatest(int channels)
    {
        FirstMaximumCounts<float>(channels);
        FirstMaximumCounts<double>(channels);
    }

    private static void FirstMaximumCounts<T>(int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var axis = new WindowAxis(6, 3, 2, 3, 0, 1);
        var input = InEachChannel(2, 5, 5, 1, double.NaN, 9);
        Assert.Equal(InEachChannel(5, double.NaN), Run([axis], 1, channels, PoolFunction.Maximum, input, [T.Zero], 2 * channels));
        Assert.Equal(
            InEachChannel(0, 7, 0, 0, 8, 0),
            Run([axis], 1, channels, PoolFunction.SelectAndScatter, input, InEachChannel(7, 8), 6 * channels));
        Assert.Equal(
            InEachChannel(20, 50),
            Run([axis], 1, channels, PoolFunction.SelectAndGather, input, InEachChannel(10, 20, 30, 40, 50, 60), 2 * channels));

        T[] InEachChannel(params double[] values) =>
            [.. values.SelectMany(value => Enumerable.Repeat(T.CreateChecked(value), channels))];
    }

    private static void Check<T>(int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var axes = new WindowAxis[random.Next(1, 4)];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            var (input, size, stride) = (random.Next(1, 9), random.Next(1, 4), random.Next(1, 4));
            var (low, high) = (random.Next(0, 3), random.Next(0, 3));
            low = Math.Max(low, size - input - high);
            axes[axis] = new WindowAxis(input, size, ((input + low + high - size) / stride) + 1, stride, low, 1);
        }

        var (batch, channels) = (random.Next(1, 5), random.Next(1, 90));
        var function = (PoolFunction)random.Next(5);
        var input0 = batch * axes.Aggregate(1, (length, axis) => length * axis.Input) * channels;
        var output = batch * axes.Aggregate(1, (length, axis) => length * axis.Output) * channels;

        // Few different values: many windows have several maxima.
        T[] Values(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.Next(-4, 4)))];
        var first = Values(function == PoolFunction.SumGradient ? output : input0);
        var second = Values(function == PoolFunction.SelectAndScatter ? output : input0);
        var isGradient = function is PoolFunction.SumGradient or PoolFunction.SelectAndScatter;
        var expected = Expected(axes, batch, channels, function, first, second, new T[isGradient ? input0 : output]);
        Assert.Equal(expected, Run(axes, batch, channels, function, first, second, expected.Length));
    }

    private static T[] Run<T>(
        WindowAxis[] axes, int batch, int channels, PoolFunction function, T[] first, T[] second, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pool = new Pool<T>(new PoolShape(batch, axes, channels), function);
        var result = Enumerable.Repeat(T.NaN, length).ToArray();
        fixed (T* x = first, y = second, z = result)
        {
            for (var part = pool.Parts - 1; part >= 0; part--)
                pool.Run(part, x, y, z);
        }

        return result;
    }

    private static T[] Expected<T>(
        WindowAxis[] axes, int batch, int channels, PoolFunction function, T[] first, T[] second, T[] result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var window = 0;
        for (var image = 0; image < batch; image++)
        {
            foreach (var position in Positions(axes, axis => axis.Output))
            {
                for (var channel = 0; channel < channels; channel++, window++)
                {
                    int[] places =
                    [
                        .. Positions(axes, axis => axis.Size)
                            .Select(element => Place(axes, image, position, element))
                            .Where(place => place >= 0)
                            .Select(place => (place * channels) + channel),
                    ];
                    var isSelection = function is not (PoolFunction.Sum or PoolFunction.SumGradient);
                    var greatest = isSelection && places.Length > 0 ? places.MaxBy(place => first[place]) : -1;
                    switch (function)
                    {
                        case PoolFunction.Sum:
                            result[window] = places.Aggregate(T.Zero, (sum, place) => sum + first[place]);
                            break;
                        case PoolFunction.SumGradient:
                            Array.ForEach(places, place => result[place] += first[window]);
                            break;
                        case PoolFunction.Maximum:
                            result[window] = greatest < 0 ? T.NegativeInfinity : first[greatest];
                            break;
                        case PoolFunction.SelectAndScatter when greatest >= 0:
                            result[greatest] += second[window];
                            break;
                        case PoolFunction.SelectAndGather:
                            result[window] = greatest < 0 ? T.Zero : second[greatest];
                            break;
                    }
                }
            }
        }

        return result;
    }

    private static int Place(WindowAxis[] axes, int image, int[] window, int[] element)
    {
        var place = image;
        for (var axis = 0; axis < axes.Length; axis++)
        {
            var along = axes[axis].Place(window[axis], element[axis]);
            if (along < 0 || along >= axes[axis].Input)
                return -1;
            place = (place * axes[axis].Input) + along;
        }

        return place;
    }

    private static IEnumerable<int[]> Positions(WindowAxis[] axes, Func<WindowAxis, int> length)
    {
        IEnumerable<int[]> positions = [[]];
        return axes.Aggregate(
            positions,
            (all, axis) => all.SelectMany(start => Enumerable.Range(0, length(axis)).Select(next => (int[])[.. start, next])));
    }
}
