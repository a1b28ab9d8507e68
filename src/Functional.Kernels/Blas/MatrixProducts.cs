using System.Runtime.Intrinsics.X86;
using System.Text;
using Functional.Kernels.Blas.MathNet;
using Functional.Kernels.Blas.Mkl;
using Functional.Kernels.Blas.Simd;
using Functional.Kernels.Loops;
using Functional.Kernels.Parallelism;

namespace Functional.Kernels.Blas;

/// <summary>Who computes matrix products in this process, and why.</summary>
/// <remarks>
/// The choice is a rule, not a race, so that runs are reproducible. It may change at any time: whoever holds a provider
/// goes on using it.
/// </remarks>
public static class MatrixProducts
{
    /// <summary>The environment variable that chooses a provider at start-up: auto, simd, mkl or mathnet.</summary>
    public const string ProviderVariable = "FUNCTIONAL_BLAS";

    private static Choice _choice = AtStartUp(Environment.GetEnvironmentVariable(ProviderVariable));

    /// <summary>The chosen provider. Read it once per computation.</summary>
    public static IMatrixProduct Current => Volatile.Read(ref _choice).Product;

    /// <summary>Chooses a provider for all computations that begin after this call.</summary>
    /// <param name="provider">The provider, or the rule.</param>
    /// <exception cref="InvalidOperationException">The provider is not there; the text says what was tried.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value names no provider.</exception>
    public static void Use(BlasProvider provider) => Volatile.Write(ref _choice, Choose(provider, "Backend.Use"));

    /// <summary>Says what was tried, what was chosen and why, how loops run, how wide vectors are and how many threads there
    /// are.</summary>
    /// <returns>A few lines of text.</returns>
    public static string Describe()
    {
        var choice = Volatile.Read(ref _choice);
        return new StringBuilder()
            .AppendLine($"Matrix products: {choice.Product.Name}, {choice.Reason}.")
            .AppendLine($"Tried: {MklMatrixProduct.SearchReport}")
            .AppendLine($"Loops: {LoopKernel.Manner}.")
            .AppendLine($"Processor: {Vendor()}, vectors of {(int)SimdMatrixProduct.WidestOfMachine} bits.")
            .Append($"Threads: {ThreadTeam.ThreadCount} of {Environment.ProcessorCount} processors.")
            .ToString();
    }

    internal static Choice AtStartUp(string? wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted))
            return Choose(BlasProvider.Auto, null);
        if (!Enum.TryParse<BlasProvider>(wanted.Trim(), ignoreCase: true, out var provider) || !Enum.IsDefined(provider))
            return Explained($"{ProviderVariable} is '{wanted}', which is none of auto, simd, mkl, mathnet");
        return provider == BlasProvider.Mkl && MklMatrixProduct.OfMachine is null
            ? Explained($"{ProviderVariable} asks for mkl, which is not there")
            : Choose(provider, ProviderVariable);
    }

    // Nothing throws at start-up: a wish that cannot be met is told in the description.
    private static Choice Explained(string complaint)
    {
        var choice = Choose(BlasProvider.Auto, null);
        return choice with { Reason = $"{choice.Reason} ({complaint})" };
    }

    private static Choice Choose(BlasProvider provider, string? chooser) => provider switch
    {
        BlasProvider.Auto => ByRule(Vendor(), MklMatrixProduct.OfMachine),
        BlasProvider.Simd => new Choice(SimdMatrixProduct.ForMachine, $"chosen by {chooser}"),
        BlasProvider.MathNet => new Choice(MathNetMatrixProduct.Instance, $"chosen by {chooser}"),
        BlasProvider.Mkl => new Choice(
            MklMatrixProduct.OfMachine ?? throw new InvalidOperationException(
                $"Matrix products cannot use Mkl. {MklMatrixProduct.SearchReport}"),
            $"chosen by {chooser}"),
        _ => throw new ArgumentOutOfRangeException(
            nameof(provider), provider, "The provider must be Auto, Simd, Mkl or MathNet."),
    };

    // On the vendors' processors apart from Intel's, MKL takes a path for the least processor that it supports.
    internal static Choice ByRule(string vendor, IMatrixProduct? mkl)
    {
        if (mkl is null)
            return new Choice(SimdMatrixProduct.ForMachine, "by rule: there is no Intel MKL");
        return vendor == "GenuineIntel"
            ? new Choice(
                new SizedMatrixProduct(SimdMatrixProduct.ForMachine, mkl),
                "by rule: Intel MKL is there and the processor is Intel's")
            : new Choice(SimdMatrixProduct.ForMachine, "by rule: the processor is not Intel's, where Intel MKL is slow");
    }

    private static string Vendor()
    {
        if (!X86Base.IsSupported)
            return "not an x86 processor";
        var (_, first, third, second) = X86Base.CpuId(0, 0);
        Span<byte> name = stackalloc byte[12];
        BitConverter.TryWriteBytes(name, first);
        BitConverter.TryWriteBytes(name[4..], second);
        BitConverter.TryWriteBytes(name[8..], third);
        return Encoding.ASCII.GetString(name);
    }

    internal sealed record Choice(IMatrixProduct Product, string Reason);
}
