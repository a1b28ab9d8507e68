using Functional.Hdf5.Format;

namespace Functional.Hdf5.Writing;

/// <summary>
/// The text of a file that is being written, in global heap collections. A text longer than a collection gets one of
/// its own, so that there is no limit to its length but that of an array.
/// </summary>
internal sealed class TextHeap(long startAddress)
{
    private const int LongestCollection = 1 << 16;

    private readonly Dictionary<VariableTextValue, List<(int Length, long Address, int Index)>> references = [];
    private readonly List<(List<byte[]> Texts, int Length)> closed = [];
    private List<byte[]> open = [];
    private int openLength = GlobalHeap.PrefixLength;

    /// <summary>Where the next collection begins; where the heap ends once it is closed.</summary>
    public long NextAddress { get; private set; } = startAddress;

    public void Add(VariableTextValue value, IReadOnlyList<byte[]> texts) =>
        references[value] = [.. texts.Select(Place)];

    public IReadOnlyList<(int Length, long Address, int Index)> ReferencesOf(VariableTextValue value) =>
        references[value];

    /// <summary>Ends the last collection.</summary>
    public void Close()
    {
        if (open.Count == 0)
            return;
        var length = Math.Max(GlobalHeap.SmallestCollection, openLength);
        closed.Add((open, length));
        NextAddress += length;
        (open, openLength) = ([], GlobalHeap.PrefixLength);
    }

    public void Write(Stream stream)
    {
        foreach (var (texts, length) in closed)
        {
            var writer = new ByteWriter();
            GlobalHeap.Write(writer, texts, length);
            stream.Write(writer.Written.Span);
        }
    }

    // An empty text is stored as a reference to nothing, as libhdf5 does.
    private (int Length, long Address, int Index) Place(byte[] text)
    {
        if (text.Length == 0)
            return (0, 0, 0);
        var length = GlobalHeap.ObjectLength(text.Length);
        if (openLength + (long)length > LongestCollection)
            Close();
        open.Add(text);
        openLength = checked(openLength + length);
        return (text.Length, NextAddress, open.Count);
    }
}
