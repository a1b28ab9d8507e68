namespace Functional.Kernels.Convolution;

/// <summary>
/// One axis of a sum over taps: result position <c>ResultStart + p * ResultStep</c> is the sum, over the taps, of what
/// source position <c>p * SourceStep + Offsets[i]</c> holds times the kernel's element <c>Taps[i]</c>.
/// </summary>
internal sealed class AxisTaps
{
    private AxisTaps(int resultStart, int resultStep, int count, int sourceStep, int sourceLength, int[] taps, int[] offsets)
    {
        (ResultStart, ResultStep, Count) = (resultStart, resultStep, count);
        (SourceStep, SourceLength) = (sourceStep, sourceLength);
        (Taps, Offsets) = (taps, offsets);
    }

    public int ResultStart { get; }

    public int ResultStep { get; }

    /// <summary>How many result positions there are.</summary>
    public int Count { get; }

    public int SourceStep { get; }

    /// <summary>Source positions from 0; what lies outside is 0.</summary>
    public int SourceLength { get; }

    public int[] Taps { get; }

    /// <summary>In ascending order.</summary>
    public int[] Offsets { get; }

    public int FirstOffset => Offsets.Length == 0 ? 0 : Offsets[0];

    /// <summary>Source positions that some neighbouring results read.</summary>
    public int Span(int results) => Offsets.Length == 0 ? 1 : ((results - 1) * SourceStep) + Offsets[^1] - Offsets[0] + 1;

    /// <summary>The first result whose tap lies inside of the source.</summary>
    public int FirstInside(int tap) => Math.Clamp((SourceStep - 1 - Offsets[tap]) / SourceStep, 0, Count);

    /// <summary>The result behind the last one whose tap lies inside of the source.</summary>
    public int EndInside(int tap)
    {
        var room = SourceLength - 1 - Offsets[tap];
        return room < 0 ? 0 : Math.Min(Count, (room / SourceStep) + 1);
    }

    /// <summary>The taps of one result that lie inside of the source: they follow each other.</summary>
    public (int Start, int End) TapsInside(int place)
    {
        var start = 0;
        while (start < Offsets.Length && (place * SourceStep) + Offsets[start] < 0)
            start++;
        var end = start;
        while (end < Offsets.Length && (place * SourceStep) + Offsets[end] < SourceLength)
            end++;
        return (start, end);
    }

    /// <summary>A convolution: every result reads its window.</summary>
    public static AxisTaps Forward(WindowAxis axis) => new(
        0,
        1,
        axis.Output,
        axis.Stride,
        axis.Input,
        [.. Enumerable.Range(0, axis.Size)],
        [.. Enumerable.Range(0, axis.Size).Select(tap => axis.Place(0, tap))]);

    /// <summary>
    /// The gradient of the input: positions that are equal modulo the stride are read by the same elements of the kernel,
    /// others by other ones.
    /// </summary>
    public static AxisTaps[] InputGradient(WindowAxis axis) =>
    [
        .. from start in Enumerable.Range(0, Math.Min(axis.Stride, axis.Input))
           let taps = Enumerable.Range(0, axis.Size)
               .Where(tap => (start - axis.Place(0, tap)) % axis.Stride == 0)
               .Reverse()
               .ToArray()
           select new AxisTaps(
               start,
               axis.Stride,
               (axis.Input - start + axis.Stride - 1) / axis.Stride,
               1,
               axis.Output,
               taps,
               [.. taps.Select(tap => (start - axis.Place(0, tap)) / axis.Stride)]),
    ];
}
