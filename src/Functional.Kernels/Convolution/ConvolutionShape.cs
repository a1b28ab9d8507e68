namespace Functional.Kernels.Convolution;

/// <summary>
/// The sizes of a convolution: input (batch, space.., channels in), kernel (size.., channels in / groups, channels out),
/// result (batch, space.., channels out), all contiguous.
/// </summary>
public sealed class ConvolutionShape
{
    /// <summary>Sizes that fit each other.</summary>
    /// <param name="batch">How many images there are.</param>
    /// <param name="axes">The spatial axes, 1 to 3.</param>
    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="outputChannels">Channels of the result.</param>
    /// <param name="groups">Into how many groups both fall.</param>
    /// <exception cref="ArgumentException">A size is below 1 or the groups do not divide the channels.</exception>
    public ConvolutionShape(
        int batch, ReadOnlySpan<WindowAxis> axes, int inputChannels, int outputChannels, int groups)
    {
        if (batch < 1 || groups < 1 || inputChannels < 1 || inputChannels % groups != 0
            || outputChannels < 1 || outputChannels % groups != 0)
        {
            throw new ArgumentException(
                $"A batch of {batch} with {inputChannels} to {outputChannels} channels in {groups} groups cannot be.");
        }

        (Depth, Height, Width) = WindowAxis.Three(axes);
        (Batch, InputChannels, OutputChannels, Groups) = (batch, inputChannels, outputChannels, groups);
    }

    /// <summary>How many images there are.</summary>
    public int Batch { get; }

    /// <summary>The outermost spatial axis; one position where there are fewer than three.</summary>
    public WindowAxis Depth { get; }

    /// <summary>The middle spatial axis; one position where there is but one.</summary>
    public WindowAxis Height { get; }

    /// <summary>The innermost spatial axis.</summary>
    public WindowAxis Width { get; }

    /// <summary>Channels of the input.</summary>
    public int InputChannels { get; }

    /// <summary>Channels of the result.</summary>
    public int OutputChannels { get; }

    /// <summary>Into how many groups the channels fall.</summary>
    public int Groups { get; }

    /// <summary>Elements of a kernel over space.</summary>
    public int Taps => Depth.Size * Height.Size * Width.Size;

    /// <summary>Channels of the input in one group.</summary>
    public int GroupInputs => InputChannels / Groups;

    /// <summary>Channels of the result in one group.</summary>
    public int GroupOutputs => OutputChannels / Groups;

    /// <summary>Positions of the input in one image.</summary>
    public int InputPositions => Depth.Input * Height.Input * Width.Input;

    /// <summary>Positions of the result in one image.</summary>
    public int OutputPositions => Depth.Output * Height.Output * Width.Output;
}
