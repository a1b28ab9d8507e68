using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Movement;
using Functional.Kernels.Parallelism;
using Functional.Kernels.Tests.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Movement;

[Collection(GlobalState.Name)]
public sealed unsafe class RowGatherTests : IDisposable
{
    private readonly int _threadCount = ThreadTeam.ThreadCount;

    public void Dispose() => ThreadTeam.ThreadCount = _threadCount;

    [Fact]
    public void RowsAreCopiedInOrder_OfAnyLengthAndNumber() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            ThreadTeam.ThreadCount = random.Next(1, 4);
            var rowSize = random.Next(3) switch { 0 => 4, 1 => random.Next(1, 300), _ => random.Next(1, 9_000) };
            var table = new byte[random.Next(1, 40) * rowSize];
            random.NextBytes(table);
            var order = new int[random.Next(1, 60)];
            foreach (ref var row in order.AsSpan())
                row = random.Next(table.Length / rowSize);
            var start = random.Next(order.Length);
            var count = random.Next(order.Length - start + 1);
            var expected = order.AsSpan(start, count).ToArray().SelectMany(row => table.AsSpan(row * rowSize, rowSize).ToArray());
            Assert.Equal(expected, Gathered(table, rowSize, order, start, count));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void RowsThatDoNotExist_AreRefused(int row)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Gathered(new byte[15], 3, [row], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gathered(new byte[15], 3, [0, row], 0, 1));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 3)]
    [InlineData(2, 1)]
    [InlineData(0, -1)]
    public void PartsThatAnOrderDoesNotHave_AreRefused(int start, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Gathered(new byte[15], 3, [0, 1], start, count));

    private static byte[] Gathered(byte[] table, int rowSize, int[] order, int start, int count)
    {
        var rows = new byte[Math.Max(0, count) * rowSize];
        fixed (byte* source = table, target = rows)
            new RowGather((nint)source, table.Length / rowSize, rowSize).Copy(order, start, count, (nint)target);
        return rows;
    }
}
