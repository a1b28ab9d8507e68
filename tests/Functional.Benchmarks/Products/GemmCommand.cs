using Functional.Benchmarks.Limits;
using Functional.Kernels.Blas;
using Functional.Kernels.Blas.Mkl;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Products;

/// <summary>
/// <c>gemm [--threads N] [--type float|double] [--only TEXT]</c>: the rate of every matrix product provider over a table of
/// shapes, beside the machine's peak. With several threads also how many times as fast they are as one, and the rate of MKL
/// with threads of its own.
/// </summary>
internal static class GemmCommand
{
    public static unsafe int Run(string[] options)
    {
        CommandLine.UseThreads(options, unlessGiven: 1);
        var only = CommandLine.Value(options, CommandLine.Only) ?? "";
        if (CommandLine.Value(options, "--type") == "double")
        {
            Print<double>(only, (provider, shape, left, right, result) =>
                provider.Multiply(shape, (double*)left, (double*)right, 0, (double*)result));
        }
        else
        {
            Print<float>(only, (provider, shape, left, right, result) =>
                provider.Multiply(shape, (float*)left, (float*)right, 0, (float*)result));
        }

        return 0;
    }

    private static unsafe void Print<T>(string only, Product multiply)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var providers = Providers();
        var threads = ThreadTeam.ThreadCount;
        var scaling = threads > 1 ? " scaling" : "";
        Console.WriteLine($"{typeof(T).Name}, {threads} thread(s); Gflop/s (share of {threads} x the peak of one core)"
            + (threads > 1 ? $"; scaling: {threads} threads over 1; own: MKL's own threads" : ""));
        Console.WriteLine($"{"shape",-20} {"peak",8} {string.Concat(providers.Select(provider => $"{provider.Name,24}{scaling}"))}"
            + (threads > 1 ? "     own" : ""));
        foreach (var (name, shape) in BenchmarkShapes.All.Where(entry => entry.Name.Contains(only, StringComparison.Ordinal)))
        {
            using var left = RandomMemory.Of<T>((long)shape.BatchCount * shape.Rows * shape.Inner);
            using var right = RandomMemory.Of<T>((long)shape.BatchCount * shape.Inner * shape.Columns);
            using var result = RandomMemory.Of<T>((long)shape.BatchCount * shape.Rows * shape.Columns);
            var flops = Flops(shape);

            // The peak of the same moment: clocks vary, and so does what else the machine does.
            var peak = MultiplyAddPeak.Measure512<T>(1) is var wide and > 0 ? wide : MultiplyAddPeak.Measure<T>();
            Console.Write($"{name,-20} {peak,8:F1} ");
            foreach (var provider in providers)
            {
                double PerSecond(int count)
                {
                    ThreadTeam.ThreadCount = count;
                    return Stopwatches.Best(() => multiply(provider, shape, left.Start, right.Start, result.Start));
                }

                var alone = threads > 1 ? PerSecond(1) : 0;
                var perSecond = PerSecond(threads);
                var rate = perSecond * flops / 1e9;
                Console.Write($"{rate,8:F1} {rate / peak / threads,5:P0} {1e6 / perSecond,8:F2}us");
                if (threads > 1)
                    Console.Write($" {perSecond / alone,7:F2}");
            }

            if (threads > 1 && MklOwnThreads.IsWorthMeasuring(shape) && MklOwnThreads.Rate<T>(name, threads) is { } own)
                Console.Write($" {own,7:F1}");
            Console.WriteLine();
        }
    }

    internal static double Flops(in ProductShape shape) =>
        2.0 * shape.BatchCount * shape.Rows * shape.Columns * shape.Inner;

    private unsafe delegate void Product(IMatrixProduct provider, ProductShape shape, byte* left, byte* right, byte* result);

    private static List<IMatrixProduct> Providers() =>
        MklMatrixProduct.OfMachine is { } mkl ? [SimdMatrixProduct.ForMachine, mkl] : [SimdMatrixProduct.ForMachine];
}
