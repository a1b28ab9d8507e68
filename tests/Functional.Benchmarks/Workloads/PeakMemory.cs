using System.Diagnostics;
using Functional.Keras;
using Functional.Kernels.Blas;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>The most memory that this process ever held.</summary>
internal static class PeakMemory
{
    public static double Megabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }

    /// <summary>What runtime and library take before there is anything to do: a model of one weight was trained for a step.</summary>
    public static double OfLibraryAlone()
    {
        _ = MatrixProducts.Describe();
        var input = Input(shape: [1]);
        var model = new Model(input, input.Dense(1, useBias: false));
        model.Compile(optimizer: Optimizers.SGD(0.1), loss: "mse");
        model.TrainOnBatch(Tensor.Zeros([1, 1]), Tensor.Zeros([1, 1]));
        return Megabytes;
    }
}
