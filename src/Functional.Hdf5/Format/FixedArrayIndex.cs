using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The index of chunks of a dataset that cannot grow. HDF5 File Format Specification version 3.0, section VII.C, Fixed
/// Array.
/// </summary>
internal static class FixedArrayIndex
{
    private const string HeaderStructure = "fixed array header";
    private const string BlockStructure = "fixed array data block";

    public static IEnumerable<ArrayIndexElement> Read(FileReader reader, long address)
    {
        var cursor = reader.Structure(address, 12 + reader.Sizes.Length + reader.Sizes.Address, HeaderStructure);
        cursor.Signature("FAHD"u8);
        cursor.Version(0, 0);
        int client = cursor.Byte();
        int elementSize = cursor.Byte();
        int pageBits = cursor.Byte();
        var count = cursor.Length();
        var block = cursor.Address();
        cursor.Checksum(reader.Options.VerifyChecksums);
        ArrayIndexElement.Check(cursor, client, elementSize);
        if (pageBits > 31 || count > long.MaxValue / 256)
            throw cursor.Error($"{count} elements in pages of 2^{pageBits} cannot be");
        if (block == ByteCursor.Undefined)
            return [];
        var pageLength = 1L << pageBits;
        return count <= pageLength
            ? Unpaged(reader, block, client, elementSize, count)
            : Paged(reader, block, client, elementSize, count, pageLength);
    }

    private static IEnumerable<ArrayIndexElement> Unpaged(
        FileReader reader, long address, int client, int elementSize, long count)
    {
        var prefix = 6 + reader.Sizes.Address;
        var cursor = Block(reader, address, prefix + (count * elementSize) + 4);
        for (long i = 0; i < count; i++)
            yield return ArrayIndexElement.Read(cursor, i, client, elementSize);
    }

    private static IEnumerable<ArrayIndexElement> Paged(
        FileReader reader, long address, int client, int elementSize, long count, long pageLength)
    {
        var pageCount = (count + pageLength - 1) / pageLength;
        var bitmapLength = (pageCount + 7) / 8;
        var prefix = 6 + reader.Sizes.Address;
        var cursor = Block(reader, address, prefix + bitmapLength + 4);
        var bitmap = cursor.Bytes(bitmapLength);
        var pageAddress = address + prefix + bitmapLength + 4;
        for (long page = 0; page < pageCount; page++, pageAddress += (pageLength * elementSize) + 4)
        {
            if ((bitmap.Span[(int)(page / 8)] & (0x80 >> (int)(page % 8))) == 0)
                continue;
            var length = Math.Min(pageLength, count - (page * pageLength));
            var elements = reader.Structure(pageAddress, (length * elementSize) + 4, "fixed array page");
            elements.Skip(length * elementSize);
            elements.Checksum(reader.Options.VerifyChecksums);
            elements.MoveTo(0);
            for (long i = 0; i < length; i++)
                yield return ArrayIndexElement.Read(elements, (page * pageLength) + i, client, elementSize);
        }
    }

    // Returns a cursor after the block's prefix.
    private static ByteCursor Block(FileReader reader, long address, long length)
    {
        var cursor = reader.Structure(address, length, BlockStructure);
        cursor.Skip(length - 4);
        cursor.Checksum(reader.Options.VerifyChecksums);
        cursor.MoveTo(0);
        cursor.Signature("FADB"u8);
        cursor.Version(0, 0);
        cursor.Skip(1 + reader.Sizes.Address);
        return cursor;
    }
}
