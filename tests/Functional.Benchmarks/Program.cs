using Functional.Benchmarks.Convolutions;
using Functional.Benchmarks.Limits;
using Functional.Benchmarks.Loops;
using Functional.Benchmarks.Plans;
using Functional.Benchmarks.Products;
using Functional.Benchmarks.Startup;
using Functional.Benchmarks.Workloads;

return args switch
{
    ["limits", ..] => LimitsCommand.Run(),
    ["gemm", .. var options] => GemmCommand.Run(options),
    [MklOwnThreads.Command, .. var options] => MklOwnThreads.Run(options),
    ["convolution", .. var options] => ConvolutionCommand.Run(options),
    ["pool", .. var options] => PoolCommand.Run(options),
    ["loops", .. var options] => LoopsCommand.Run(options),
    ["plans", var directory] => PlansCommand.Run(directory),
    ["compile", .. var options] => CompileCommand.Run(options),
    ["startup", .. var options] => StartupCommand.Run(options),
    ["workloads", .. var options] => WorkloadsCommand.Run(options),
    ["profile", .. var options] => ProfileCommand.Run(options),
    ["overhead", .. var options] => OverheadCommand.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage:
          limits
          gemm [--threads N] [--type float|double] [--only TEXT]
          convolution [--threads N] [--only TEXT]
          pool [--threads N]
          loops [--threads N] [--only TEXT] [--plan]
          plans DIRECTORY
          compile [--only TEXT]
          startup [--only W3,W10]
          workloads [--only W1,W2] [--threads N] [--blas auto|simd|mkl|mathnet] [--baseline FILE]
          profile [--only W3,W5] [--threads N] [--blas auto|simd|mkl|mathnet] [--plan]
          overhead [--only W3,W5] [--threads N] [--blas auto|simd|mkl|mathnet]
        """);
    return 1;
}
