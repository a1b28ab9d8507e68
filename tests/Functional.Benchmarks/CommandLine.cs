using System.Globalization;
using Functional.Kernels.Blas;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks;

/// <summary>Options as "--name value".</summary>
internal static class CommandLine
{
    public const string Only = "--only";
    public const string Threads = "--threads";
    public const string Blas = "--blas";

    /// <summary>The word behind an option's name, or null.</summary>
    public static string? Value(string[] options, string name)
    {
        var position = Array.IndexOf(options, name);
        return position >= 0 && position + 1 < options.Length ? options[position + 1] : null;
    }

    /// <summary>An option as it was given, to be handed on.</summary>
    public static string[] Pair(string[] options, string name) => Value(options, name) is { } value ? [name, value] : [];

    /// <summary>Takes the number of threads, where it is given.</summary>
    public static void UseThreads(string[] options, int unlessGiven) => ThreadTeam.ThreadCount =
        Value(options, Threads) is { } threads ? int.Parse(threads, CultureInfo.InvariantCulture) : unlessGiven;

    /// <summary>Takes the number of threads and the provider of matrix products, where they are given.</summary>
    public static void UseMachine(string[] options)
    {
        UseThreads(options, unlessGiven: ThreadTeam.ThreadCount);
        MatrixProducts.Use(Enum.Parse<BlasProvider>(Value(options, Blas) ?? "auto", ignoreCase: true));
    }
}
