using System.Numerics;

namespace Functional.Kernels.Loops;

/// <summary>Compares two tiles; the result is one byte per column, 0 or 1.</summary>
internal static unsafe class TileComparison
{
    /// <summary>Compares two tiles.</summary>
    public static void Run<T>(
        LoopComparison comparison, LoopElement element, byte* left, byte* right, byte* result, int count)
        where T : unmanaged, INumber<T>
    {
        if (element == LoopElement.Float)
            Compare(comparison, (T*)left, (T*)right, (bool*)result, count);
        else if (element == LoopElement.Int32)
            Compare(comparison, (int*)left, (int*)right, (bool*)result, count);
        else
            Compare(comparison, left, right, (bool*)result, count);
    }

    private static void Compare<TElement>(
        LoopComparison comparison, TElement* left, TElement* right, bool* result, int count)
        where TElement : unmanaged, INumber<TElement>
    {
        switch (comparison)
        {
            case LoopComparison.Equal:
                for (var i = 0; i < count; i++)
                    result[i] = left[i] == right[i];
                break;
            case LoopComparison.NotEqual:
                for (var i = 0; i < count; i++)
                    result[i] = left[i] != right[i];
                break;
            case LoopComparison.Less:
                for (var i = 0; i < count; i++)
                    result[i] = left[i] < right[i];
                break;
            case LoopComparison.LessOrEqual:
                for (var i = 0; i < count; i++)
                    result[i] = left[i] <= right[i];
                break;
            case LoopComparison.Greater:
                for (var i = 0; i < count; i++)
                    result[i] = left[i] > right[i];
                break;
            default:
                for (var i = 0; i < count; i++)
                    result[i] = left[i] >= right[i];
                break;
        }
    }
}
