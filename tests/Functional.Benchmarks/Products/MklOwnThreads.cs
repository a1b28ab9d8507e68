using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Functional.Benchmarks.Limits;
using Functional.Kernels.Blas;

namespace Functional.Benchmarks.Products;

/// <summary>
/// MKL with its own threads, by the GNU OpenMP layer. Its first call fixes the layer for a process, so it is measured in a
/// process of its own: the hidden command <c>gemm-own</c>.
/// </summary>
internal static unsafe class MklOwnThreads
{
    public const string Command = "gemm-own";

    private const int RowMajor = 101;
    private const int AsStored = 111;
    private const int Transposed = 112;

    /// <summary>Whether MKL would share such a product among threads.</summary>
    public static bool IsWorthMeasuring(in ProductShape shape) =>
        shape.BatchCount == 1 && GemmCommand.Flops(shape) >= 4e6;

    /// <summary>Gflop/s of a shape of the table, or null where the library or OpenMP is missing.</summary>
    public static double? Rate<T>(string name, int threads)
    {
        var count = threads.ToString(CultureInfo.InvariantCulture);
        string[] arguments = [Command, name, typeof(T) == typeof(float) ? "float" : "double"];
        var program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments = [Environment.GetCommandLineArgs()[0], .. arguments];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MKL_THREADING_LAYER"] = "GNU";
        start.Environment["MKL_NUM_THREADS"] = count;
        start.Environment["OMP_NUM_THREADS"] = count;
        start.Environment["LD_PRELOAD"] = "libgomp.so.1";
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(answer, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The child: prints one number.</summary>
    public static int Run(string[] options)
    {
        if (!NativeLibrary.TryLoad("libmkl_rt.so", out var library))
            return 1;
        var shape = BenchmarkShapes.All.First(entry => entry.Name == options[0]).Shape;
        var rate = options[1] == "float" ? Measure<float>(library, shape) : Measure<double>(library, shape);
        Console.WriteLine(rate.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Measure<T>(nint library, ProductShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var left = RandomMemory.Of<T>((long)shape.Rows * shape.Inner);
        using var right = RandomMemory.Of<T>((long)shape.Inner * shape.Columns);
        using var result = RandomMemory.Of<T>((long)shape.Rows * shape.Columns);
        var (a, b, c) = ((nint)left.Start, (nint)right.Start, (nint)result.Start);
        var transposeLeft = shape.TransposeLeft ? Transposed : AsStored;
        var transposeRight = shape.TransposeRight ? Transposed : AsStored;
        var single = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, nint, int, nint, int, float, nint, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        var twice = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, double, nint, int, nint, int, double, nint, int, void>)
            NativeLibrary.GetExport(library, "cblas_dgemm");
        var perSecond = Stopwatches.Best(() =>
        {
            if (typeof(T) == typeof(float))
            {
                single(
                    RowMajor, transposeLeft, transposeRight, shape.Rows, shape.Columns, shape.Inner,
                    1, a, shape.LeftStride, b, shape.RightStride, 0, c, shape.ResultStride);
            }
            else
            {
                twice(
                    RowMajor, transposeLeft, transposeRight, shape.Rows, shape.Columns, shape.Inner,
                    1, a, shape.LeftStride, b, shape.RightStride, 0, c, shape.ResultStride);
            }
        });
        return perSecond * GemmCommand.Flops(shape) / 1e9;
    }
}
