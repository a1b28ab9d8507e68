using Functional.Benchmarks.Limits;
using Functional.Benchmarks.Products;

return args switch
{
    ["limits", ..] => LimitsCommand.Run(),
    ["gemm", .. var options] => GemmCommand.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: limits | gemm [--threads N] [--type float|double] [--only TEXT]");
    return 1;
}
