using Functional.Benchmarks.Limits;
using Functional.Kernels.Convolution;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Pooling;

namespace Functional.Benchmarks.Convolutions;

/// <summary>Prints how fast pools and their gradients read and write, beside the speed of a copy.</summary>
internal static class PoolCommand
{
    private static readonly (PoolFunction Function, string Name)[] _functions =
    [
        (PoolFunction.Maximum, "maximum"),
        (PoolFunction.SelectAndScatter, "its gradient"),
        (PoolFunction.Sum, "sum"),
        (PoolFunction.SumGradient, "its gradient"),
    ];

    private static IEnumerable<(string Name, PoolShape Shape)> Shapes =>
    [
        ("2x2 64 24x24", Square(24, 2, 2, 0, 12, 64)),
        ("2x2 32 28x28", Square(28, 2, 2, 0, 14, 32)),
        ("2x2 6 28x28", Square(28, 2, 2, 0, 14, 6)),
        ("2x2 64 25x25", Square(25, 2, 2, 0, 12, 64)),
        ("3x3/2 64 28x28", Square(28, 3, 2, 1, 14, 64)),
        ("3x3/1 64 14x14", Square(14, 3, 1, 1, 14, 64)),
        ("7x7 512 7x7", Square(7, 7, 7, 0, 1, 512)),
    ];

    public static int Run(string[] options)
    {
        CommandLine.UseThreads(options, unlessGiven: 1);
        var copied = MemoryBandwidth.MeasureCopying();
        Console.WriteLine($"float, batch 32, {ThreadTeam.ThreadCount} thread(s); GB/s read and written (share of {copied:F1} GB/s copied)");
        Console.WriteLine($"{"shape",-16} {string.Concat(_functions.Select(function => $"{function.Name,26}"))}");
        foreach (var (name, shape) in Shapes)
        {
            Console.Write($"{name,-16} ");
            foreach (var (function, _) in _functions)
                Print(shape, function, copied);
            Console.WriteLine();
        }

        return 0;
    }

    private static void Print(PoolShape shape, PoolFunction function, double copied)
    {
        var image = (long)shape.Batch * shape.Channels * shape.Height.Input * shape.Width.Input;
        var windows = (long)shape.Batch * shape.Channels * shape.Height.Output * shape.Width.Output;
        using var first = RandomMemory.Of<float>(image);
        using var second = RandomMemory.Of<float>(image);
        using var result = RandomMemory.Of<float>(image);
        var work = new Work(new Pool<float>(shape, function), first, second, result);
        var perSecond = Stopwatches.Best(() => ThreadTeam.Run(work.Parts, work));
        var elements = windows + (function == PoolFunction.SelectAndScatter ? 2 * image : image);
        var rate = perSecond * elements * sizeof(float) / 1e9;
        Console.Write($"{rate,8:F1} {rate / copied,6:P0} {1e6 / perSecond,8:F1}us");
    }

    private static PoolShape Square(int length, int size, int stride, int low, int output, int channels)
    {
        var axis = new WindowAxis(length, size, output, stride, low, 1);
        return new PoolShape(32, [axis, axis], channels);
    }

    private sealed unsafe class Work(Pool<float> pool, AlignedMemory first, AlignedMemory second, AlignedMemory result) : IPartitionedWork
    {
        public int Parts => pool.Parts;

        public void Run(int part) => pool.Run(part, (float*)first.Start, (float*)second.Start, (float*)result.Start);
    }
}
