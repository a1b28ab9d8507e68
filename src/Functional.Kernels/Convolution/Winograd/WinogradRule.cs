namespace Functional.Kernels.Convolution.Winograd;

/// <summary>Which convolutions are computed by transforms.</summary>
internal static class WinogradRule
{
    // With fewer channels the transforms cost what the products gain, and whole vectors of them are needed anyway.
    private const int FewestChannels = 16;
    private const int BytesOfVector = 64;

    // Sums of larger kernels, for all points, would not stay in any cache.
    private const int MostProductsOfGradient = 1 << 16;

    // Points of one line of tiles.
    private const long BytesOfLine = 1 << 21;

    /// <summary>Whether transforms make a convolution or one of its gradients faster.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="direction">Which of the three.</param>
    /// <param name="bytesOfElement">The size of an element.</param>
    public static bool Applies(ConvolutionShape shape, ConvolutionDirection direction, int bytesOfElement)
    {
        // Narrower vectors would do with fewer channels, but then results would depend on the width.
        var lanes = BytesOfVector / bytesOfElement;
        var isOfPlanes = shape is { Groups: 1, Depth: { Input: 1, Output: 1, Size: 1 } };
        return isOfPlanes && IsThreeWide(shape.Height) && IsThreeWide(shape.Width)
            && AreMany(shape.InputChannels, lanes) && AreMany(shape.OutputChannels, lanes)
            && (direction != ConvolutionDirection.KernelGradient
                || (long)shape.InputChannels * shape.OutputChannels <= MostProductsOfGradient)
            && SavesWork(shape, direction, bytesOfElement);
    }

    private static bool IsThreeWide(WindowAxis axis) => axis is { Size: 3, Stride: 1, Dilation: 1, Low: >= 0 and <= 2 };

    private static bool AreMany(int channels, int lanes) => channels >= FewestChannels && channels % lanes == 0;

    // Tiles at edges may have fewer results than four: at least a quarter of the multiplications is to be saved.
    private static bool SavesWork(ConvolutionShape shape, ConvolutionDirection direction, int bytesOfElement)
    {
        var isBackwards = direction == ConvolutionDirection.InputGradient;
        var lines = isBackwards ? shape.Height.Input : shape.Height.Output;
        var columns = isBackwards ? shape.Width.Input : shape.Width.Output;
        var pointsOfLine = (long)WinogradTiling.TilesAlong(columns) * WinogradTiling.Points;
        return 4 * WinogradTiling.TilesAlong(lines) * pointsOfLine <= 3L * lines * columns * shape.Taps
            && pointsOfLine * (shape.InputChannels + shape.OutputChannels) * bytesOfElement <= BytesOfLine;
    }
}
