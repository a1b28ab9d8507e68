using System.Numerics;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The index of chunks of a dataset that grows along one axis. HDF5 File Format Specification version 3.0, section
/// VII.D, Extensible Array.
/// </summary>
internal sealed class ExtensibleArrayIndex
{
    private readonly FileReader reader;
    private readonly int client;
    private readonly int elementSize;
    private readonly int maximumBits;
    private readonly int firstCount;
    private readonly int smallestBlock;
    private readonly int smallestPointers;
    private readonly long pageLength;
    private readonly long indexBlock;

    private ExtensibleArrayIndex(FileReader reader, ByteCursor cursor)
    {
        this.reader = reader;
        cursor.Signature("EAHD"u8);
        cursor.Version(0, 0);
        client = cursor.Byte();
        elementSize = cursor.Byte();
        maximumBits = cursor.Byte();
        firstCount = cursor.Byte();
        smallestBlock = cursor.Byte();
        smallestPointers = cursor.Byte();
        int pageBits = cursor.Byte();
        cursor.Skip(6L * reader.Sizes.Length);
        indexBlock = cursor.Address();
        cursor.Checksum(reader.Options.VerifyChecksums);
        ArrayIndexElement.Check(cursor, client, elementSize);
        if (maximumBits > 60 || pageBits > 31 || !BitOperations.IsPow2(smallestBlock)
            || !BitOperations.IsPow2(smallestPointers) || SuperBlockCount < SuperBlocksInIndex)
        {
            throw cursor.Error($"blocks of {smallestBlock} elements and more for 2^{maximumBits} cannot be");
        }

        pageLength = 1L << pageBits;
    }

    // A super block n has 2^(n/2) data blocks of 2^((n+1)/2) times the smallest block; the first few super blocks
    // have no block of their own but are part of the index block.
    private int SuperBlockCount => 1 + maximumBits - BitOperations.Log2((uint)smallestBlock);

    private int SuperBlocksInIndex => 2 * BitOperations.Log2((uint)smallestPointers);

    private int OffsetSize => (maximumBits + 7) / 8;

    public static IEnumerable<ArrayIndexElement> Read(FileReader reader, long address)
    {
        var length = 16 + (6L * reader.Sizes.Length) + reader.Sizes.Address;
        var array = new ExtensibleArrayIndex(reader, reader.Structure(address, length, "extensible array header"));
        return array.indexBlock == ByteCursor.Undefined ? [] : array.Elements();
    }

    private IEnumerable<ArrayIndexElement> Elements()
    {
        var dataBlockCount = 2 * (smallestPointers - 1);
        var superBlockAddresses = SuperBlockCount - SuperBlocksInIndex;
        var content = ((long)firstCount * elementSize)
            + ((long)(dataBlockCount + superBlockAddresses) * reader.Sizes.Address);
        var cursor = Block(indexBlock, "EAIB"u8, 0, content, "extensible array index block");
        for (var i = 0; i < firstCount; i++)
            yield return ArrayIndexElement.Read(cursor, i, client, elementSize);

        long start = firstCount;
        for (var level = 0; level < SuperBlockCount; level++)
        {
            var (blocks, length) = (1L << (level / 2), (1L << ((level + 1) / 2)) * smallestBlock);
            var elements = level < SuperBlocksInIndex
                ? DataBlocks(cursor, ReadOnlyMemory<byte>.Empty, start, blocks, length)
                : SuperBlock(cursor.Address(), start, blocks, length);
            foreach (var element in elements)
                yield return element;
            start += blocks * length;
        }
    }

    private IEnumerable<ArrayIndexElement> SuperBlock(long address, long start, long blocks, long length)
    {
        if (address == ByteCursor.Undefined)
            return [];
        var bitmapLength = IsPaged(length) ? blocks * BitmapLength(length) : 0;
        var content = bitmapLength + (blocks * reader.Sizes.Address);
        var cursor = Block(address, "EASB"u8, OffsetSize, content, "extensible array super block");
        var bitmap = cursor.Bytes(bitmapLength);
        return DataBlocks(cursor, bitmap, start, blocks, length);
    }

    private IEnumerable<ArrayIndexElement> DataBlocks(
        ByteCursor addresses, ReadOnlyMemory<byte> bitmap, long start, long blocks, long length)
    {
        for (long block = 0; block < blocks; block++, start += length)
        {
            var address = addresses.Address();
            if (address == ByteCursor.Undefined)
                continue;
            var elements = IsPaged(length)
                ? Paged(address, bitmap, block * (length / pageLength), start, length)
                : Unpaged(address, start, length);
            foreach (var element in elements)
                yield return element;
        }
    }

    private IEnumerable<ArrayIndexElement> Unpaged(long address, long start, long length)
    {
        var cursor = Block(address, "EADB"u8, OffsetSize, length * elementSize, "extensible array data block");
        for (long i = 0; i < length; i++)
            yield return ArrayIndexElement.Read(cursor, start + i, client, elementSize);
    }

    // The bitmap says which pages were written; the bits of a data block's pages follow those of the block before.
    private IEnumerable<ArrayIndexElement> Paged(
        long address, ReadOnlyMemory<byte> bitmap, long firstBit, long start, long length)
    {
        Block(address, "EADB"u8, OffsetSize, 0, "extensible array data block");
        var pageAddress = address + 10 + reader.Sizes.Address + OffsetSize;
        for (long page = 0; page < length / pageLength; page++, pageAddress += (pageLength * elementSize) + 4)
        {
            var bit = firstBit + page;
            if (bitmap.IsEmpty || (bitmap.Span[(int)(bit / 8)] & (0x80 >> (int)(bit % 8))) == 0)
                continue;
            var cursor = reader.Structure(pageAddress, (pageLength * elementSize) + 4, "extensible array page");
            cursor.Skip(pageLength * elementSize);
            cursor.Checksum(reader.Options.VerifyChecksums);
            cursor.MoveTo(0);
            for (long i = 0; i < pageLength; i++)
                yield return ArrayIndexElement.Read(cursor, start + (page * pageLength) + i, client, elementSize);
        }
    }

    private bool IsPaged(long length) => length > pageLength;

    private long BitmapLength(long length) => ((length / pageLength) + 7) / 8;

    // Returns a cursor over a block's content, after its prefix.
    private ByteCursor Block(
        long address, ReadOnlySpan<byte> signature, int offsetSize, long contentLength, string structure)
    {
        var prefix = 6 + reader.Sizes.Address + offsetSize;
        var cursor = reader.Structure(address, prefix + contentLength + 4, structure);
        cursor.Skip(prefix + contentLength);
        cursor.Checksum(reader.Options.VerifyChecksums);
        cursor.MoveTo(0);
        cursor.Signature(signature);
        cursor.Version(0, 0);
        cursor.Skip(1 + reader.Sizes.Address + offsetSize);
        return cursor;
    }
}
