using Functional.Kernels.Convolution;

namespace Functional.Kernels.Pooling;

/// <summary>The sizes of a pool from (batch, space.., channels) to windows; both contiguous.</summary>
public sealed class PoolShape
{
    /// <summary>Sizes that fit each other.</summary>
    /// <param name="batch">How many images there are.</param>
    /// <param name="axes">The spatial axes, 1 to 3; a window has no dilation.</param>
    /// <param name="channels">Channels of input and result.</param>
    /// <exception cref="ArgumentException">A size is below 1.</exception>
    public PoolShape(int batch, ReadOnlySpan<WindowAxis> axes, int channels)
    {
        if (batch < 1 || channels < 1)
            throw new ArgumentException($"A batch of {batch} with {channels} channels cannot be pooled.");
        (Depth, Height, Width) = WindowAxis.Three(axes);
        (Batch, Channels) = (batch, channels);
    }

    /// <summary>How many images there are.</summary>
    public int Batch { get; }

    /// <summary>The outermost spatial axis; one position where there are fewer than three.</summary>
    public WindowAxis Depth { get; }

    /// <summary>The middle spatial axis; one position where there is but one.</summary>
    public WindowAxis Height { get; }

    /// <summary>The innermost spatial axis.</summary>
    public WindowAxis Width { get; }

    /// <summary>Channels of input and result.</summary>
    public int Channels { get; }
}
