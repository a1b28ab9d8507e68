using Functional.Benchmarks.Limits;
using Functional.Kernels.Convolution;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Convolutions;

/// <summary>Prints the rate of convolutions and their gradients over a table of shapes, beside the machine's peak.</summary>
internal static class ConvolutionCommand
{
    private static IEnumerable<(string Name, ConvolutionShape Shape)> Shapes =>
    [
        ("3x3 1-32 28x28", Square(32, 28, 3, 1, 1, 32)),
        ("3x3 3-32 32x32", Square(32, 32, 3, 1, 3, 32)),
        ("3x3 32-32 28x28", Square(32, 28, 3, 1, 32, 32)),
        ("3x3 32-64 26x26", Square(32, 26, 3, 1, 32, 64)),
        ("3x3 64-64 14x14", Square(32, 14, 3, 1, 64, 64)),
        ("3x3 64-64 8x8", Square(32, 8, 3, 1, 64, 64)),
        ("3x3 128-128 4x4", Square(32, 4, 3, 1, 128, 128)),
        ("3x3/2 32-64 28x28", Square(32, 28, 3, 2, 32, 64)),
        ("5x5 16-32 28x28", Square(32, 28, 5, 1, 16, 32)),
        ("5 64-64 200", new ConvolutionShape(32, [Axis(200, 5, 1)], 64, 64, 1)),
        ("3x3 64 depthwise 28x28", Square(32, 28, 3, 1, 64, 64, groups: 64)),
        ("3x3 32 depthwise 56x56", Square(32, 56, 3, 1, 32, 32, groups: 32)),
        ("3x3 72 depthwise 14x14", Square(32, 14, 3, 1, 72, 72, groups: 72)),
        ("3x3/2 64 depthwise 28x28", Square(32, 28, 3, 2, 64, 64, groups: 64)),
        ("3x3 64-64 in 4 28x28", Square(32, 28, 3, 1, 64, 64, groups: 4)),
    ];

    public static int Run(string[] options)
    {
        CommandLine.UseThreads(options, unlessGiven: 1);
        var only = CommandLine.Value(options, CommandLine.Only) ?? "";
        var threads = ThreadTeam.ThreadCount;
        var copied = MemoryBandwidth.MeasureCopying();
        Console.WriteLine($"float, batch 32, {threads} thread(s); Gflop/s (share of {threads} x the peak of one core)");
        Console.WriteLine($"depthwise: GB/s read and written (share of {copied:F1} GB/s copied)");
        Console.WriteLine($"{"shape",-24} {"peak",8} {"forward",24} {"input gradient",24} {"kernel gradient",24}");
        foreach (var (name, shape) in Shapes.Where(entry => entry.Name.Contains(only, StringComparison.Ordinal)))
        {
            // The peak of the same moment: clocks vary, and so does what else the machine does.
            var peak = MultiplyAddPeak.Measure512<float>(1) is var wide and > 0 ? wide : MultiplyAddPeak.Measure<float>();
            Console.Write($"{name,-24} {peak,8:F1} ");
            foreach (var direction in Enum.GetValues<ConvolutionDirection>())
                Print(shape, direction, peak * threads, copied);
            Console.WriteLine();
        }

        return 0;
    }

    private static unsafe void Print(ConvolutionShape shape, ConvolutionDirection direction, double peak, double copied)
    {
        var input = (long)shape.Batch * shape.InputPositions * shape.InputChannels;
        var kernel = (long)shape.Taps * shape.GroupInputs * shape.OutputChannels;
        var output = (long)shape.Batch * shape.OutputPositions * shape.OutputChannels;
        using var left = RandomMemory.Of<float>(direction == ConvolutionDirection.InputGradient ? output : input);
        using var right = RandomMemory.Of<float>(direction == ConvolutionDirection.KernelGradient ? output : kernel);
        using var result = RandomMemory.Of<float>(Math.Max(kernel, Math.Max(input, output)));
        var convolution = ConvolutionKernels.Create<float>(shape, direction);
        var perSecond = Stopwatches.Best(
            () => convolution.Run((float*)left.Start, (float*)right.Start, (float*)result.Start));

        // Nine multiplications per element are little: what limits a depthwise convolution is memory.
        var isDepthwise = shape.Groups > 1 && shape.GroupInputs == 1 && shape.GroupOutputs == 1;
        var (rate, limit) = isDepthwise
            ? (perSecond * (input + kernel + output) * sizeof(float) / 1e9, copied)
            : (perSecond * 2.0 * shape.Batch * shape.OutputPositions * kernel / 1e9, peak);
        Console.Write($"{rate,8:F1} {rate / limit,5:P0} {1e6 / perSecond,8:F1}us");
    }

    private static ConvolutionShape Square(
        int batch, int length, int size, int stride, int inputs, int outputs, int groups = 1)
    {
        var axis = Axis(length, size, stride);
        return new ConvolutionShape(batch, [axis, axis], inputs, outputs, groups);
    }

    // Padded so that every input position is the middle of a window, as Keras's "same".
    private static WindowAxis Axis(int length, int size, int stride) =>
        new(length, size, (length + stride - 1) / stride, stride, size / 2, 1);
}
