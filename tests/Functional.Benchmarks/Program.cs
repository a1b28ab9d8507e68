using Functional.Benchmarks.Convolutions;
using Functional.Benchmarks.Limits;
using Functional.Benchmarks.Products;
using Functional.Benchmarks.Workloads;

return args switch
{
    ["limits", ..] => LimitsCommand.Run(),
    ["gemm", .. var options] => GemmCommand.Run(options),
    ["convolution", .. var options] => ConvolutionCommand.Run(options),
    ["pool", .. var options] => PoolCommand.Run(options),
    ["workloads", .. var options] => WorkloadsCommand.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: limits | gemm [--threads N] [--type float|double] [--only TEXT]"
        + " | convolution [--threads N] [--only TEXT]"
        + " | pool [--threads N]"
        + " | workloads [--only W1,W2] [--threads N] [--blas auto|simd|mkl|mathnet] [--baseline FILE]");
    return 1;
}
