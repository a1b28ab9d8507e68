namespace Functional.Kernels.Convolution;

/// <summary>One summand of many sums: where a source begins, and where the channels that it is multiplied with.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct PlacePair<T>(T* source, T* factor)
    where T : unmanaged
{
    /// <summary>How many places beyond the last one are read, to fetch what they point to; any address will do.</summary>
    public const int Ahead = 16;

    /// <summary>What tiles count from to the channels of the source.</summary>
    public readonly T* Source = source;

    /// <summary>The first channel of the other factor.</summary>
    public readonly T* Factor = factor;

    /// <summary>Repeats the last place as often as tiles look ahead.</summary>
    /// <param name="places">The place behind the last one.</param>
    public static void Extend(PlacePair<T>* places)
    {
        for (var ahead = 0; ahead < Ahead; ahead++)
            places[ahead] = places[-1];
    }
}
