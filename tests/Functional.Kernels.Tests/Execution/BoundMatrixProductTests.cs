using Functional.Kernels.Blas;
using Functional.Kernels.Execution;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Execution;

/// <summary>A product with an epilogue is the product and then the loop, whoever multiplies and however many threads.</summary>
[Collection(GlobalState.Name)]
public sealed class BoundMatrixProductTests
{
    private const int Inner = 24;

    // Large enough that the loop visits rows as they are finished.
    [Theory]
    [InlineData(512, 192, 1, true)]
    [InlineData(512, 192, 1, false)]
    [InlineData(300, 333, 1, true)]
    [InlineData(300, 320, 1, false)]
    [InlineData(128, 1024, 1, true)]
    [InlineData(64, 128, 16, true)]
    [InlineData(64, 100, 16, false)]
    public void AnEpilogueMeansTheLoopAfterTheProduct(int rows, int columns, int batch, bool hasBias)
    {
        var threads = ThreadTeam.ThreadCount;
        try
        {
            foreach (var provider in (BlasProvider[])[BlasProvider.Simd, BlasProvider.MathNet, BlasProvider.Auto])
            {
                MatrixProducts.Use(provider);
                ThreadTeam.ThreadCount = 1;
                var expected = Run(rows, columns, batch, hasBias, isEpilogue: false);
                foreach (var count in (int[])[1, 2, 3])
                {
                    ThreadTeam.ThreadCount = count;
                    Assert.Equal(expected, Run(rows, columns, batch, hasBias, isEpilogue: true));
                }
            }
        }
        finally
        {
            ThreadTeam.ThreadCount = threads;
            MatrixProducts.Use(BlasProvider.Auto);
        }
    }

    [Fact]
    public void AFactorThatStaysIsReadOnceInALoop()
    {
        var random = new Random(2);
        using var left = Filled(random, 8 * 12);
        using var right = Filled(random, 12 * 20);
        using var result = new AlignedMemory(8 * 20 * sizeof(float));
        using var kernel = new BoundMatrixProduct(
            ElementKind.Float32, new ProductShape(8, 20, 12), new(0, 0), new(1, 0), new(2, 0), false, rightStays: true, null);
        kernel.Bind([left.Address, right.Address, result.Address]);

        float[] Run()
        {
            kernel.Run();
            return result.AsSpan<float>(0, 8 * 20).ToArray();
        }

        kernel.BeginLoop();
        var first = Run();
        foreach (ref var value in right.AsSpan<float>(0, 12 * 20))
            value *= 2;
        Assert.Equal(first, Run());

        kernel.BeginLoop();
        Assert.Equal(Array.ConvertAll(first, value => 2 * value), Run());
    }

    // sigmoid(product + bias), or sigmoid(product): the second is one long row in canonical form.
    private static LoopProgram Program(int rows, int columns, bool hasBias)
    {
        LoopOperand[] operands =
        [
            new(LoopElement.Float, [columns, 1], LoopAccess.Read),
            new(LoopElement.Float, [columns, 1], LoopAccess.Write),
            new(LoopElement.Float, [0, 1], LoopAccess.Read),
        ];
        LoopInstruction[] instructions = hasBias
            ?
            [
                LoopInstruction.Load(0), LoopInstruction.Load(2), LoopInstruction.Binary(LoopBinary.Add, 0, 1),
                LoopInstruction.Unary(LoopUnary.Sigmoid, 2), LoopInstruction.Store(1, 3),
            ]
            : [LoopInstruction.Load(0), LoopInstruction.Unary(LoopUnary.Sigmoid, 0), LoopInstruction.Store(1, 1)];
        return new LoopProgram([rows, columns], [.. operands[..(hasBias ? 3 : 2)]], [.. instructions]);
    }

    private static float[] Run(int rows, int columns, int batch, bool hasBias, bool isEpilogue)
    {
        var random = new Random(1);
        using var left = Filled(random, (long)batch * rows * Inner);
        using var right = Filled(random, (long)batch * Inner * columns);
        using var bias = Filled(random, columns);
        using var product = new AlignedMemory((long)batch * rows * columns * sizeof(float));
        using var result = new AlignedMemory((long)batch * rows * columns * sizeof(float));
        nint[] addresses = [left.Address, right.Address, product.Address, result.Address, bias.Address];

        BufferOperand[] operands = [new(2, 0), new(3, 0), new(4, 0)];
        using var loop = new BoundLoop(
            LoopKernel.Prepare<float>(Program(batch * rows, columns, hasBias)), [.. operands[..(hasBias ? 3 : 2)]]);
        var shape = new ProductShape(rows, columns, Inner) with { BatchCount = batch };
        using var kernel = new BoundMatrixProduct(
            ElementKind.Float32, shape, new(0, 0), new(1, 0), new(2, 0), false, false, isEpilogue ? loop : null);
        kernel.Bind(addresses);
        kernel.Run();
        if (!isEpilogue)
        {
            loop.Bind(addresses);
            loop.Run();
        }

        return result.AsSpan<float>(0, batch * rows * columns).ToArray();
    }

    private static AlignedMemory Filled(Random random, long count)
    {
        var memory = new AlignedMemory(count * sizeof(float));
        foreach (ref var value in memory.AsSpan<float>(0, (int)count))
            value = random.NextSingle() - 0.5f;
        return memory;
    }
}
