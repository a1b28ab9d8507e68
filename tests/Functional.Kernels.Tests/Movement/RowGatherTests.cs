using Functional.Kernels.Movement;
using Xunit;

namespace Functional.Kernels.Tests.Movement;

public unsafe class RowGatherTests
{
    private static readonly float[] Table = [.. Enumerable.Range(0, 15).Select(value => (float)value)];

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0, 4 })]
    public void Rows_AreCopiedInOrder_WhateverComesNext(int[] next)
    {
        Assert.Equal([9, 10, 11, 0, 1, 2, 9, 10, 11], Gathered([3, 0, 3], next));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void RowsThatDoNotExist_AreRefused(int row)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Gathered([row], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gathered([0], [row]));
    }

    private static float[] Gathered(int[] order, int[] next)
    {
        var rows = new float[3 * order.Length];
        fixed (float* source = Table, target = rows)
            RowGather.Copy((nint)source, 5, 3 * sizeof(float), order, (nint)target, next);
        return rows;
    }
}
