namespace Functional.Hdf5.Format;

/// <summary>One filter of a pipeline.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ClientData">Its parameters.</param>
internal sealed record Filter(int Id, IReadOnlyList<uint> ClientData)
{
    public const int Deflate = 1;
    public const int Shuffle = 2;
    public const int Fletcher32 = 3;
}
