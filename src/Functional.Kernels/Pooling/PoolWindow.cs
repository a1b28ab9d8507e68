namespace Functional.Kernels.Pooling;

/// <summary>The part of a window that lies inside of the input, as positions of the input.</summary>
internal readonly struct PoolWindow
{
    /// <summary>The window of one result.</summary>
    public PoolWindow(PoolShape shape, int depth, int height, int width)
    {
        DepthStart = Math.Max(0, shape.Depth.Place(depth, 0));
        DepthEnd = Math.Min(shape.Depth.Input, shape.Depth.Place(depth, shape.Depth.Size));
        HeightStart = Math.Max(0, shape.Height.Place(height, 0));
        HeightEnd = Math.Min(shape.Height.Input, shape.Height.Place(height, shape.Height.Size));
        WidthStart = Math.Max(0, shape.Width.Place(width, 0));
        WidthEnd = Math.Min(shape.Width.Input, shape.Width.Place(width, shape.Width.Size));
    }

    public int DepthStart { get; }

    public int DepthEnd { get; }

    public int HeightStart { get; }

    public int HeightEnd { get; }

    public int WidthStart { get; }

    public int WidthEnd { get; }

    /// <summary>How many positions there are; none when the window lies outside.</summary>
    public int Count =>
        Math.Max(0, DepthEnd - DepthStart) * Math.Max(0, HeightEnd - HeightStart) * Math.Max(0, WidthEnd - WidthStart);

    /// <summary>Where a position of an image lies, in elements from the image's first one.</summary>
    public static nint Offset(PoolShape shape, int depth, int height, int width) =>
        (nint)((((((long)depth * shape.Height.Input) + height) * shape.Width.Input) + width) * shape.Channels);
}
