using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Loops;
using static Functional.Kernels.Loops.LoopInstruction;

namespace Functional.Kernels.Tests.Loops;

/// <summary>
/// Programs that rewriting looks for, over two matrices that are read and one that is written (operands 0 to 2), and a label
/// that is read and a number that is written per row (3 and 4).
/// </summary>
internal static class LoopPatterns
{
    /// <summary>e^(x - max x), whose sum is register 4 and whose quotient by it register 5.</summary>
    public static readonly ImmutableArray<LoopInstruction> Softmax =
    [
        Load(0), Reduce(LoopReduction.Maximum, 0), Binary(LoopBinary.Subtract, 0, 1), Unary(LoopUnary.Exp, 2),
        Reduce(LoopReduction.Sum, 3), Binary(LoopBinary.Divide, 3, 4), Store(2, 5),
    ];

    /// <summary>The cross-entropy of a row of logits with the class that a number names, and its gradient.</summary>
    public static readonly ImmutableArray<LoopInstruction> Crossentropy =
    [
        .. Softmax[..5], Index(1), Load(3), Compare(LoopComparison.Equal, 5, 6), Constant(LoopElement.Float, 0),
        Select(7, 0, 8), Reduce(LoopReduction.Sum, 9), Unary(LoopUnary.Log, 4), Binary(LoopBinary.Add, 11, 1),
        Binary(LoopBinary.Subtract, 12, 10), Constant(LoopElement.Float, -1), Select(7, 14, 8),
        Binary(LoopBinary.Divide, 3, 4), Binary(LoopBinary.Add, 15, 16), Store(2, 17), Store(4, 13),
    ];

    /// <summary>A program over a matrix.</summary>
    public static LoopProgram Over(int rows, int columns, ImmutableArray<LoopInstruction> instructions) => new(
        [rows, columns],
        [
            new(LoopElement.Float, [columns, 1], LoopAccess.Read),
            new(LoopElement.Float, [columns, 1], LoopAccess.Read),
            new(LoopElement.Float, [columns, 1], LoopAccess.Write),
            new(LoopElement.Int32, [1, 0], LoopAccess.Read),
            new(LoopElement.Float, [1, 0], LoopAccess.Write),
        ],
        instructions);

    /// <summary>A kernel of compiled code for vectors of so many bits, or with 0 one that interprets.</summary>
    public static LoopKernel Prepare<T>(LoopProgram program, int bits)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => bits == 0
            ? LoopKernel.Interpret<T>(program)
            : LoopKernel.Compile<T>(program, bits, new LoopCodeCache());

    /// <summary>Checks programs of both types over rows and columns from one on, also of more than an unrolled vector.</summary>
    public static void CheckAll(int bits, params ImmutableArray<LoopInstruction>[] patterns)
    {
        Check<float>(bits, 1e-5, patterns);
        Check<double>(bits, 1e-12, patterns);
    }

    private static void Check<T>(int bits, double tolerance, ImmutableArray<LoopInstruction>[] patterns)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> =>
        Prop.ForAll(RandomLoop.Seeds, seed =>
        {
            var random = new Random(seed);
            var program = Over(random.Next(1, 6), random.Next(1, 400), patterns[random.Next(patterns.Length)]);
            using var kernel = Prepare<T>(program, bits);
            LoopAgreement.Check<T>(program, kernel, seed, tolerance);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
