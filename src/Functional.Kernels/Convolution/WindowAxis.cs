namespace Functional.Kernels.Convolution;

/// <summary>Windows along one spatial axis.</summary>
/// <param name="Input">Positions of the input.</param>
/// <param name="Size">Elements of a window.</param>
/// <param name="Output">How many windows there are.</param>
/// <param name="Stride">Input positions from one window to the next.</param>
/// <param name="Low">Positions before the input, where the first window starts.</param>
/// <param name="Dilation">Input positions from one element of a window to the next.</param>
public readonly record struct WindowAxis(int Input, int Size, int Output, int Stride, int Low, int Dilation)
{
    /// <summary>An axis with one position, which stands in for one that is not there.</summary>
    public static WindowAxis None => new(1, 1, 1, 1, 0, 1);

    /// <summary>Whether an element of any window lies outside of the input.</summary>
    public bool IsPadded => Low > 0 || Place(Output - 1, Size - 1) >= Input;

    /// <summary>Where in the input an element of a window lies; outside of it when it is padding.</summary>
    /// <param name="window">The window.</param>
    /// <param name="element">The element.</param>
    public int Place(int window, int element) => (window * Stride) - Low + (element * Dilation);

    internal static (WindowAxis Depth, WindowAxis Height, WindowAxis Width) Three(ReadOnlySpan<WindowAxis> axes)
    {
        foreach (var axis in axes)
        {
            if (axis.Input < 1 || axis.Size < 1 || axis.Output < 1 || axis.Stride < 1 || axis.Dilation < 1)
                throw new ArgumentException($"All sizes of a window are 1 or more, but one axis has {axis}.", nameof(axes));
        }

        return axes.Length switch
        {
            1 => (None, None, axes[0]),
            2 => (None, axes[0], axes[1]),
            3 => (axes[0], axes[1], axes[2]),
            _ => throw new ArgumentException($"Windows have 1 to 3 axes, but {axes.Length} are given.", nameof(axes)),
        };
    }
}
