namespace Functional.Kernels.Convolution;

/// <summary>Neighbouring results of one image, as positions on their grid.</summary>
/// <param name="Image">The image.</param>
/// <param name="Depth">The position on the outermost axis.</param>
/// <param name="HeightStart">The first line.</param>
/// <param name="HeightEnd">The line behind the last one.</param>
/// <param name="WidthStart">The first position in a line.</param>
/// <param name="WidthEnd">The position behind the last one.</param>
internal readonly record struct TapBlock(
    int Image, int Depth, int HeightStart, int HeightEnd, int WidthStart, int WidthEnd)
{
    /// <summary>Positions in a line.</summary>
    public int Width => WidthEnd - WidthStart;
}
