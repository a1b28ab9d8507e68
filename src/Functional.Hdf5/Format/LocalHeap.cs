using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The names of an old-style group's members. HDF5 File Format Specification version 3.0, section III.D, Disk Format:
/// Level 1D - Local Heaps.
/// </summary>
internal sealed class LocalHeap
{
    private const string Structure = "local heap";
    private readonly FileReader reader;
    private readonly long segmentAddress;
    private readonly ByteCursor segment;

    private LocalHeap(FileReader reader, long segmentAddress, long segmentLength)
    {
        this.reader = reader;
        this.segmentAddress = segmentAddress;
        segment = reader.Structure(segmentAddress, segmentLength, Structure);
    }

    public static LocalHeap Read(FileReader reader, long address)
    {
        var cursor = reader.Structure(address, 8 + (2 * reader.Sizes.Length) + reader.Sizes.Address, Structure);
        cursor.Signature("HEAP"u8);
        cursor.Version(0, 0);
        cursor.Skip(3);
        var segmentLength = cursor.Length();
        cursor.Skip(reader.Sizes.Length);
        return new LocalHeap(reader, cursor.Address(), segmentLength);
    }

    /// <summary>The name that begins at an offset of the heap's data segment.</summary>
    public string Name(long offset)
    {
        segment.MoveTo((int)Math.Min(offset, int.MaxValue));
        var name = segment.ZeroTerminatedText();
        reader.Charge(name.Length, segmentAddress, Structure);
        return name;
    }
}
