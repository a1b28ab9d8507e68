using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>
/// One operation's access to a file: opening it, or reading one dataset or attribute. It checks every range against
/// the file and counts the bytes of structure looked at, so that the time of an operation is linear in the length of
/// the file whatever the file says.
/// </summary>
internal sealed class FileReader(FileBytes bytes, Superblock superblock, Hdf5Options options)
{
    private const long SmallFileAllowanceInBytes = 1 << 16;

    private long allowance = (Math.Max(1, options.MaximumStructureFactor) * bytes.Length) + SmallFileAllowanceInBytes;

    public Hdf5Options Options => options;

    /// <summary>How many bytes one read may ask for.</summary>
    public long ReadLimitInBytes { get; } = options.ReadLimitInBytes(bytes.Length);

    public FieldSizes Sizes => superblock.Sizes;

    /// <summary>A cursor over one structure of the file.</summary>
    public ByteCursor Structure(long address, long lengthInBytes, string structure)
    {
        var offset = Check(address, lengthInBytes, structure);
        Charge(lengthInBytes, address, structure);
        return new ByteCursor(bytes.Slice(offset, (int)lengthInBytes), offset, structure, Sizes);
    }

    /// <summary>A cursor over bytes that are already in memory and come from the file.</summary>
    public ByteCursor Within(ReadOnlyMemory<byte> memory, long offset, string structure) =>
        new(memory, offset, structure, Sizes);

    /// <summary>Stored data, which is not counted as structure.</summary>
    public ReadOnlyMemory<byte> Data(long address, long lengthInBytes, string structure) =>
        bytes.Slice(Check(address, lengthInBytes, structure), (int)lengthInBytes);

    /// <summary>Copies stored data.</summary>
    public void CopyData(long address, Span<byte> destination, string structure) =>
        bytes.CopyTo(Check(address, destination.Length, structure), destination);

    /// <summary>Counts bytes of structure that were looked at or made.</summary>
    public void Charge(long lengthInBytes, long address, string structure)
    {
        allowance -= Math.Max(0, lengthInBytes);
        if (allowance < 0)
        {
            throw new Hdf5FormatException(
                structure,
                address,
                $"the structures refer to more than {options.MaximumStructureFactor} times the file");
        }
    }

    private long Check(long address, long lengthInBytes, string structure)
    {
        var end = bytes.Length - superblock.BaseAddress;
        if (address == ByteCursor.Undefined)
            throw new Hdf5FormatException(structure, address, "its address is undefined");
        if (address < 0 || address > end
            || lengthInBytes < 0 || lengthInBytes > Hdf5Options.LongestRead || lengthInBytes > end - address)
        {
            throw new Hdf5FormatException(
                structure, address, $"its {lengthInBytes} bytes are not within the file of {bytes.Length} bytes");
        }

        return superblock.BaseAddress + address;
    }
}
