using System.Numerics;
using System.Runtime.CompilerServices;
using Functional.Kernels.Blas.Simd;

namespace Functional.Kernels.Convolution;

/// <summary>The channels of upstream as tiles read them: panels of at most two whole vectors.</summary>
/// <remarks>
/// A panel's positions follow each other, so that a block of them stays in the first-level cache whatever the number of
/// channels. Where upstream is one such panel already, it is read where it is.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <param name="shape">The sizes.</param>
internal sealed unsafe class UpstreamPanels<T, TVector, TLanes>(ConvolutionShape shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    private readonly int _channels = shape.OutputChannels;
    private readonly int _columns = shape.GroupOutputs;

    /// <summary>Panels of one group.</summary>
    public int Count { get; } = PanelTiles<T, TVector, TLanes>.CountOf(shape.GroupOutputs);

    /// <summary>Whether upstream is read where it is.</summary>
    public bool AreInPlace { get; } =
        shape.Groups == 1 && shape.GroupOutputs <= PanelWidth && shape.GroupOutputs % TLanes.Count == 0;

    /// <summary>Elements of a panel from one position to the next.</summary>
    public nint Step { get; } =
        shape.GroupOutputs > PanelWidth ? PanelWidth : (shape.GroupOutputs + TLanes.Count - 1) / TLanes.Count * TLanes.Count;

    private static int PanelWidth => 2 * TLanes.Count;

    /// <summary>Elements of the memory that the panels of some positions need.</summary>
    public nint Length(nint positions) => AreInPlace ? 0 : shape.Groups * Count * positions * Step;

    /// <summary>Elements from the first panel to another one, of so many positions.</summary>
    public nint Offset(int group, int panel, nint positions) =>
        AreInPlace ? 0 : ((((nint)group * Count) + panel) * positions) * Step;

    /// <summary>Columns of a panel that exist.</summary>
    public int WidthOf(int panel) => PanelTiles<T, TVector, TLanes>.WidthOf(panel, _columns);

    /// <summary>The first column of a panel.</summary>
    public int ColumnOf(int group, int panel) => (group * _columns) + (panel * PanelWidth);

    /// <summary>Copies one panel of neighbouring positions, with zeros behind the last column.</summary>
    /// <param name="upstream">The first channel of the first position.</param>
    /// <param name="positions">How many positions there are.</param>
    /// <param name="group">The panel's group.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="target">Receives the panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(T* upstream, nint positions, int group, int panel, T* target)
    {
        nint step = Step;
        nint channels = _channels;
        var width = WidthOf(panel);
        upstream += ColumnOf(group, panel);
        var rest = width % TLanes.Count;
        var whole = width - rest;
        for (; positions > 0; positions--)
        {
            for (var column = 0; column < whole; column += TLanes.Count)
                TLanes.Store(target + column, TLanes.Load(upstream + column));
            if (rest > 0)
                TLanes.Store(target + whole, TLanes.LoadFirst(upstream + whole, rest));
            target += step;
            upstream += channels;
        }
    }
}
