using Functional.Kernels.Convolution;
using Functional.Kernels.Execution;
using Functional.Kernels.Loops;
using Functional.Kernels.Memory;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Execution;

/// <summary>A convolution with an epilogue is the convolution and then the loop, however many threads there are.</summary>
[Collection(GlobalState.Name)]
public sealed class BoundConvolutionTests
{
    // Large enough that the loop visits rows as they are finished; strides of 2 make several grids of an input gradient, and
    // with 16 channels a stride of 1 makes tiles of transforms, some lines of them or whole images at a time.
    [Theory]
    [InlineData(ConvolutionDirection.Forward, 1, 24, 16, 12)]
    [InlineData(ConvolutionDirection.Forward, 1, 24, 16, 16)]
    [InlineData(ConvolutionDirection.Forward, 1, 9, 40, 16)]
    [InlineData(ConvolutionDirection.Forward, 2, 48, 16, 16)]
    [InlineData(ConvolutionDirection.InputGradient, 1, 24, 16, 12)]
    [InlineData(ConvolutionDirection.InputGradient, 1, 24, 16, 16)]
    [InlineData(ConvolutionDirection.InputGradient, 1, 9, 90, 16)]
    [InlineData(ConvolutionDirection.InputGradient, 2, 24, 16, 16)]
    [InlineData(ConvolutionDirection.KernelGradient, 1, 24, 16, 12)]
    [InlineData(ConvolutionDirection.KernelGradient, 1, 24, 16, 16)]
    public void AnEpilogueMeansTheLoopAfterTheConvolution(
        ConvolutionDirection direction, int stride, int length, int batch, int inputs)
    {
        var threads = ThreadTeam.ThreadCount;
        try
        {
            ThreadTeam.ThreadCount = 1;
            var expected = Run(direction, stride, length, batch, inputs, isEpilogue: false);
            var first = Run(direction, stride, length, batch, inputs, isEpilogue: true);
            Assert.Equal(expected.Values, first.Values);
            for (var column = 0; column < expected.Sums.Length; column++)
                Assert.Equal(expected.Sums[column], first.Sums[column], 1e-3f * (1 + Math.Abs(expected.Sums[column])));

            foreach (var count in (int[])[2, 3])
            {
                ThreadTeam.ThreadCount = count;
                var other = Run(direction, stride, length, batch, inputs, isEpilogue: true);
                Assert.Equal(first.Values, other.Values);
                Assert.Equal(first.Sums, other.Sums);
            }
        }
        finally
        {
            ThreadTeam.ThreadCount = threads;
        }
    }

    [Theory]
    [InlineData(1, 400, 3, 8)]
    [InlineData(16, 20, 1, 8)]
    [InlineData(1, 400, 1, 16)]
    [InlineData(90, 9, 1, 16)]
    public void TheGroupsOfAConvolutionCoverItsRowsOnce(int batch, int length, int depth, int inputs)
    {
        var shape = new ConvolutionShape(
            batch, [new(depth, 1, depth, 1, 0, 1), new(length, 3, length, 1, 1, 1), new(length, 3, length, 1, 1, 1)], inputs, 16, 1);
        var kernel = ConvolutionKernels.Create<float>(shape, ConvolutionDirection.Forward);
        var groups = Assert.NotNull(kernel.Groups);
        var rows = 0L;
        for (var group = 0; group < groups.Count; group++)
        {
            Assert.Equal(rows, groups.FirstRow(group));
            rows += groups.RowsIn(group);
        }

        Assert.Equal((long)batch * depth * length * length, rows);
    }

    // max(result + bias, 0) in the place of the result, and the sums of its columns.
    private static LoopProgram Program(int rows, int columns) => new(
        [rows, columns],
        [
            new(LoopElement.Float, [columns, 1], LoopAccess.Read),
            new(LoopElement.Float, [columns, 1], LoopAccess.Write),
            new(LoopElement.Float, [0, 1], LoopAccess.Read),
            new(LoopElement.Float, [0, 1], LoopAccess.Write),
        ],
        [
            LoopInstruction.Load(0), LoopInstruction.Load(2), LoopInstruction.Binary(LoopBinary.Add, 0, 1),
            LoopInstruction.Constant(LoopElement.Float, 0), LoopInstruction.Binary(LoopBinary.Maximum, 2, 3),
            LoopInstruction.Store(1, 4), LoopInstruction.Accumulate(LoopReduction.Sum, 3, 4),
        ]);

    private static (float[] Values, float[] Sums) Run(
        ConvolutionDirection direction, int stride, int length, int batch, int inputs, bool isEpilogue)
    {
        const int Outputs = 32;
        var result = length / stride;
        var axis = new WindowAxis(length, 3, result, stride, 1, 1);
        var shape = new ConvolutionShape(batch, [axis, axis], inputs, Outputs, 1);
        var (input, kernelSize, output) = (batch * length * length * inputs, 9 * inputs * Outputs, batch * result * result * Outputs);
        var (left, right, size, columns) = direction switch
        {
            ConvolutionDirection.Forward => (input, kernelSize, output, Outputs),
            ConvolutionDirection.InputGradient => (output, kernelSize, input, inputs),
            _ => (input, output, kernelSize, Outputs),
        };
        var random = new Random(1);
        using var leftMemory = Filled(random, left);
        using var rightMemory = Filled(random, right);
        using var bias = Filled(random, columns);
        using var values = new AlignedMemory((long)size * sizeof(float));
        using var sums = new AlignedMemory((long)columns * sizeof(float));
        nint[] addresses = [leftMemory.Address, rightMemory.Address, values.Address, bias.Address, sums.Address];

        var kernel = ConvolutionKernels.Create<float>(shape, direction);
        var loop = new BoundLoop(
            LoopKernel.Prepare<float>(Program(size / columns, columns), groups: isEpilogue ? kernel.Groups : null),
            [new(2, 0), new(2, 0), new(3, 0), new(4, 0)]);
        using var bound = new BoundConvolution<float>(kernel, new(0, 0), new(1, 0), new(2, 0), isEpilogue ? loop : null);
        bound.Bind(addresses);
        bound.Run();
        if (!isEpilogue)
        {
            loop.Bind(addresses);
            loop.Run();
            loop.Dispose();
        }

        return (values.AsSpan<float>(0, size).ToArray(), sums.AsSpan<float>(0, columns).ToArray());
    }

    private static AlignedMemory Filled(Random random, long count)
    {
        var memory = new AlignedMemory(count * sizeof(float));
        foreach (ref var value in memory.AsSpan<float>(0, (int)count))
            value = random.NextSingle() - 0.5f;
        return memory;
    }
}
