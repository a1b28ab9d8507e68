using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Convolution;

namespace Functional.Kernels.Tests.Convolution;

/// <summary>A convolution and its data, with the naive loop that defines it.</summary>
public sealed record ConvolutionCase(
    int Batch, WindowAxis[] Axes, int InputChannels, int OutputChannels, int Groups, ConvolutionDirection Direction, int Seed)
{
    public static Arbitrary<ConvolutionCase> Arbitrary =>
        Gen.Choose(0, int.MaxValue - 1).Select(Create).ToArbitrary();

    /// <summary>Convolutions that are computed by transforms: 3x3, with whole vectors of many channels.</summary>
    public static Arbitrary<ConvolutionCase> OfTransforms =>
        Gen.Choose(0, int.MaxValue - 1).Select(CreateForTransforms).ToArbitrary();

    public ConvolutionShape Shape => new(Batch, Axes, InputChannels, OutputChannels, Groups);

    private int InputLength => Batch * Axes.Aggregate(1, (size, axis) => size * axis.Input) * InputChannels;

    private int KernelLength =>
        Axes.Aggregate(1, (size, axis) => size * axis.Size) * (InputChannels / Groups) * OutputChannels;

    private int OutputLength => Batch * Axes.Aggregate(1, (size, axis) => size * axis.Output) * OutputChannels;

    public override string ToString() =>
        $"{Direction} of {Batch} x [{string.Join("; ", Axes)}], {InputChannels} to {OutputChannels} channels in {Groups} groups, seed {Seed}";

    public T[] Run<T>(VectorWidth vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => RunFirstOf<T>(this, vectors);

    /// <summary>Runs on the first images of another case, which is the same but for their number.</summary>
    public unsafe T[] RunFirstOf<T>(ConvolutionCase other, VectorWidth vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (left, right, _) = other.Data<T>();
        var (_, _, resultLength) = Data<T>();
        var result = Enumerable.Repeat(T.NaN, resultLength).ToArray();
        var kernel = ConvolutionKernels.Create<T>(Shape, Direction, vectors);
        fixed (T* x = left, y = right, z = result)
            kernel.Run(x, y, z);
        return result;
    }

    public double[] Expected<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (left, right, resultLength) = Data<T>();
        var result = new double[resultLength];
        for (var batch = 0; batch < Batch; batch++)
        {
            foreach (var window in Positions(axis => axis.Output))
            {
                foreach (var element in Positions(axis => axis.Size))
                    Multiply(batch, window, element, left, right, result);
            }
        }

        return result;
    }

    private static ConvolutionCase Create(int seed)
    {
        var random = new Random(seed);
        var axes = new WindowAxis[random.Next(1, 4)];
        for (var axis = 0; axis < axes.Length; axis++)
        {
            var isLast = axis == axes.Length - 1;
            var size = isLast && random.Next(5) == 0 ? random.Next(4, 17) : random.Next(1, 4);
            var dilation = random.Next(1, 3);
            var (low, high) = (random.Next(0, 4), random.Next(0, 4));
            var extent = ((size - 1) * dilation) + 1;
            var longest = isLast && random.Next(3) == 0 ? 90 : 12;
            var input = Math.Max(random.Next(1, longest), extent - low - high);
            var stride = random.Next(1, 4);
            axes[axis] = new WindowAxis(input, size, ((input + low + high - extent) / stride) + 1, stride, low, dilation);
        }

        var groups = random.Next(3) > 0 ? 1 : random.Next(1, 70);
        var inputs = groups > 4 || random.Next(3) == 0 ? 1 : random.Next(1, 40);
        var outputs = groups > 4 ? random.Next(1, 3) : random.Next(1, 70);
        return new ConvolutionCase(
            random.Next(1, 4), axes, groups * inputs, groups * outputs, groups, (ConvolutionDirection)random.Next(3), seed);
    }

    private static ConvolutionCase CreateForTransforms(int seed)
    {
        var random = new Random(seed);
        WindowAxis Axis(int longest)
        {
            var (low, high) = (random.Next(0, 3), random.Next(0, 3));
            var input = Math.Max(random.Next(1, longest), 3 - low - high);
            return new WindowAxis(input, 3, input + low + high - 2, 1, low, 1);
        }

        var channels = new[] { 32, 48, 64 };
        return new ConvolutionCase(
            random.Next(1, 5), [Axis(9), Axis(random.Next(3) == 0 ? 90 : 9)], channels[random.Next(3)], channels[random.Next(3)], 1,
            (ConvolutionDirection)random.Next(3), seed);
    }

    private (T[] Left, T[] Right, int ResultLength) Data<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(Seed);
        T[] Values(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked((random.NextDouble() - 0.5) / 4))];

        return Direction switch
        {
            ConvolutionDirection.Forward => (Values(InputLength), Values(KernelLength), OutputLength),
            ConvolutionDirection.InputGradient => (Values(OutputLength), Values(KernelLength), InputLength),
            _ => (Values(InputLength), Values(OutputLength), KernelLength),
        };
    }

    private IEnumerable<int[]> Positions(Func<WindowAxis, int> length)
    {
        IEnumerable<int[]> positions = [[]];
        return Axes.Aggregate(
            positions,
            (all, axis) => all.SelectMany(start => Enumerable.Range(0, length(axis)).Select(next => (int[])[.. start, next])));
    }

    private void Multiply<T>(int batch, int[] window, int[] element, T[] left, T[] right, double[] result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (input, kernel, output) = (batch, 0, batch);
        for (var axis = 0; axis < Axes.Length; axis++)
        {
            var place = (window[axis] * Axes[axis].Stride) - Axes[axis].Low + (element[axis] * Axes[axis].Dilation);
            if (place < 0 || place >= Axes[axis].Input)
                return;
            input = (input * Axes[axis].Input) + place;
            kernel = (kernel * Axes[axis].Size) + element[axis];
            output = (output * Axes[axis].Output) + window[axis];
        }

        var (inputs, outputs) = (InputChannels / Groups, OutputChannels / Groups);
        for (var filter = 0; filter < OutputChannels; filter++)
        {
            for (var channel = 0; channel < inputs; channel++)
            {
                var x = (input * InputChannels) + (filter / outputs * inputs) + channel;
                var k = (((kernel * inputs) + channel) * OutputChannels) + filter;
                var y = (output * OutputChannels) + filter;
                var (from, by, to) = Direction switch
                {
                    ConvolutionDirection.Forward => (x, k, y),
                    ConvolutionDirection.InputGradient => (y, k, x),
                    _ => (x, y, k),
                };
                result[to] += double.CreateChecked(left[from]) * double.CreateChecked(right[by]);
            }
        }
    }
}
