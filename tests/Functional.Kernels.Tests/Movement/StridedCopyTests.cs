using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Movement;
using Xunit;

namespace Functional.Kernels.Tests.Movement;

public sealed unsafe class StridedCopyTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void AnyCopy_MovesEveryElement_AndTouchesNothingElse() =>
        Prop.ForAll(Seeds, seed =>
        {
            Check<byte>(seed, 12, i => (byte)((i * 7) + 1));
            Check<uint>(seed, 12, i => (uint)i + 1);
            Check<ulong>(seed, 12, i => (ulong)i + 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void LargeCopies_AreCutIntoPartsThatCoverThem() =>
        Prop.ForAll(Seeds, seed => Check<uint>(seed, 90, i => (uint)i + 1)).Check(
            Config.QuickThrowOnFailure.WithMaxTest(20));

    [Theory]
    [InlineData(300, 700)]
    [InlineData(33, 1025)]
    [InlineData(1, 5)]
    public void ATransposition_AgreesWithItsDefinition(int rows, int columns)
    {
        var source = Enumerable.Range(0, rows * columns).Select(i => (float)i).ToArray();
        var target = new float[source.Length];
        var copy = StridedCopy.Prepare([columns, rows], [1, columns], [rows, 1], sizeof(float));
        fixed (float* from = source, to = target)
        {
            for (var part = 0; part < copy.Parts; part++)
                copy.Run(part, from, to);
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                Assert.Equal(source[(row * columns) + column], target[(column * rows) + row]);
        }
    }

    [Fact]
    public void AFill_WritesTheViewOnly()
    {
        var target = new float[20];
        var value = 3f;
        var fill = StridedFill.Prepare([2, 3], [10, 2], sizeof(float));
        fixed (float* to = target)
            fill.Run(0, &value, to + 1);
        Assert.Equal([0, 3, 0, 3, 0, 3, 0, 0, 0, 0, 0, 3, 0, 3, 0, 3, 0, 0, 0, 0], target);
    }

    [Fact]
    public void WritingAnElementTwice_IsRefused()
    {
        var message = Assert.Throws<ArgumentException>(() => StridedCopy.Prepare([3, 4], [4, 1], [0, 1], 4)).Message;
        Assert.Contains(
            "stride 0 in dimension 0: its elements would be written 3 times", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownElementSize_IsNamed() =>
        Assert.Contains(
            "1, 4 or 8 bytes, but found 3",
            Assert.Throws<ArgumentException>(() => StridedCopy.Prepare([3], [1], [1], 3)).Message,
            StringComparison.Ordinal);

    private static void Check<T>(int seed, int largest, Func<int, T> value)
        where T : unmanaged, IEquatable<T>
    {
        var random = new Random(seed);
        var rank = random.Next(0, 5);
        var extents = Enumerable.Range(0, rank).Select(_ => random.Next(1, rank > 3 ? Math.Min(largest, 20) : largest))
            .ToArray();
        var sourceStrides = Strides(random, extents).Select(stride => random.Next(6) == 0 ? 0 : stride).ToArray();
        var targetStrides = Strides(random, extents);
        var (sourceStart, sourceLength) = Span(extents, sourceStrides);
        var (targetStart, targetLength) = Span(extents, targetStrides);
        var source = Enumerable.Range(0, sourceLength).Select(value).ToArray();
        var target = new T[targetLength];
        var expected = new T[targetLength];
        Walk(extents, 0, sourceStart, targetStart);

        var copy = StridedCopy.Prepare(extents, sourceStrides, targetStrides, sizeof(T));
        fixed (T* from = source, to = target)
        {
            for (var part = copy.Parts - 1; part >= 0; part--)
                copy.Run(part, from + sourceStart, to + targetStart);
        }

        Assert.True(
            expected.AsSpan().SequenceEqual(target),
            $"Seed {seed}: [{List(extents)}] from [{List(sourceStrides)}] to [{List(targetStrides)}]");

        void Walk(int[] sizes, int dimension, int from, int to)
        {
            if (dimension == sizes.Length)
            {
                expected[to] = source[from];
                return;
            }

            for (var position = 0; position < sizes[dimension]; position++)
                Walk(
                    sizes,
                    dimension + 1,
                    from + (position * sourceStrides[dimension]),
                    to + (position * targetStrides[dimension]));
        }
    }

    private static string List(int[] numbers) => string.Join(", ", numbers);

    private static int[] Strides(Random random, int[] extents)
    {
        var order = Enumerable.Range(0, extents.Length).Reverse().ToArray();
        if (random.Next(2) == 0)
            random.Shuffle(order);
        var strides = new int[extents.Length];
        var next = random.Next(4) == 0 ? 2 : 1;
        foreach (var dimension in order)
        {
            strides[dimension] = random.Next(4) == 0 ? -next : next;
            next *= extents[dimension] + random.Next(2);
        }

        return strides;
    }

    private static (int Start, int Length) Span(int[] extents, int[] strides)
    {
        var spans = extents.Zip(strides, (extent, stride) => (extent - 1) * stride).ToArray();
        var low = spans.Sum(span => Math.Min(span, 0));
        return (-low, spans.Sum(span => Math.Max(span, 0)) - low + 1);
    }
}
