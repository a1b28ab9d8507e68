namespace Functional.Kernels.Convolution.Winograd;

/// <summary>Where the first channels of 2x2 neighbouring results lie.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="upperLeft">The first result of the first line.</param>
/// <param name="upperRight">The one beside it.</param>
/// <param name="lowerLeft">The one below it.</param>
/// <param name="lowerRight">The last one.</param>
internal readonly unsafe struct ResultTile<T>(T* upperLeft, T* upperRight, T* lowerLeft, T* lowerRight)
    where T : unmanaged
{
    public T* UpperLeft { get; } = upperLeft;

    public T* UpperRight { get; } = upperRight;

    public T* LowerLeft { get; } = lowerLeft;

    public T* LowerRight { get; } = lowerRight;
}
