using System.Numerics;
using System.Runtime.CompilerServices;

namespace Functional.Kernels.Blas.Simd;

/// <summary>Panels of B copied as tiles read them: whole vectors, one inner index after the other, zeros behind the last column.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
internal static unsafe class PanelPacking<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : struct, IVectorLanes<TVector, T>
{
    /// <summary>Packs some rows of one panel.</summary>
    /// <param name="shape">The product.</param>
    /// <param name="right">B.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="innerStart">The first inner index.</param>
    /// <param name="inner">How many inner indices.</param>
    /// <param name="target">Receives the panel.</param>
    public static void Pack(in ProductShape shape, T* right, nint panel, nint innerStart, nint inner, T* target)
    {
        var column = panel * PanelTiles<T, TVector, TLanes>.PanelWidth;
        var width = PanelTiles<T, TVector, TLanes>.WidthOf(panel, shape.Columns);
        nint stride = shape.RightStride;
        var first = shape.TransposeRight ? (column * stride) + innerStart : (innerStart * stride) + column;
        Pack(right + first, stride, shape.TransposeRight, inner, width, target);
    }

    /// <summary>Packs a panel of any matrix.</summary>
    /// <param name="source">The panel's first element.</param>
    /// <param name="stride">Elements from one stored row to the next.</param>
    /// <param name="isTransposed">Whether the panel's columns are stored as rows.</param>
    /// <param name="inner">How many inner indices.</param>
    /// <param name="width">Columns of the panel that exist.</param>
    /// <param name="target">Receives the panel.</param>
    public static void Pack(T* source, nint stride, bool isTransposed, nint inner, int width, T* target)
    {
        var padded = PanelTiles<T, TVector, TLanes>.VectorsOf(width) * TLanes.Count;
        if (!isTransposed)
        {
            Copy(source, stride, inner, width, padded, target);
            return;
        }

        Transposition.Run(source, stride, width, inner, target, padded);
        for (nint k = 0; k < inner && width < padded; k++)
            new Span<T>(target + (k * padded) + width, padded - width).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(T* source, nint stride, nint inner, int width, int padded, T* target)
    {
        var first = Math.Min(width, TLanes.Count);
        for (; inner > 0; inner--)
        {
            if (width == 2 * TLanes.Count)
            {
                TLanes.Store(target, TLanes.Load(source));
                TLanes.Store(target + TLanes.Count, TLanes.Load(source + TLanes.Count));
            }
            else
            {
                TLanes.Store(target, TLanes.LoadFirst(source, first));
                if (padded > TLanes.Count)
                    TLanes.Store(target + TLanes.Count, TLanes.LoadFirst(source + TLanes.Count, width - first));
            }

            source += stride;
            target += padded;
        }
    }
}
