using System.Numerics;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// Where new-style groups keep their links and objects their dense attributes. HDF5 File Format Specification version
/// 3.0, section III.G, Disk Format: Level 1G - Fractal Heap. Heaps whose blocks are filtered are not read.
/// </summary>
internal sealed class FractalHeap
{
    private const string HeaderStructure = "fractal heap header";
    private const string DirectStructure = "fractal heap direct block";
    private const string IndirectStructure = "fractal heap indirect block";
    private const int IndirectHugeRecord = 1;

    private readonly FileReader reader;
    private readonly Dictionary<long, ReadOnlyMemory<byte>> directBlocks = [];
    private readonly Dictionary<long, long[]> indirectBlocks = [];
    private readonly int idLength;
    private readonly bool hasBlockChecksums;
    private readonly long hugeTreeAddress;
    private readonly int tableWidth;
    private readonly long startingBlockSize;
    private readonly long maximumDirectSize;
    private readonly int offsetSize;
    private readonly int lengthSize;
    private readonly long rootAddress;
    private readonly int rootRows;
    private Dictionary<long, (long Address, long Length)>? hugeObjects;

    private FractalHeap(FileReader reader, ByteCursor cursor)
    {
        this.reader = reader;
        cursor.Signature("FRHP"u8);
        cursor.Version(0, 0);
        idLength = cursor.UInt16();
        if (cursor.UInt16() != 0)
            throw cursor.Error("filtered heaps are not supported");
        hasBlockChecksums = (cursor.Byte() & 2) != 0;
        long maximumManagedSize = cursor.UInt32();
        cursor.Length();
        hugeTreeAddress = cursor.Address();
        cursor.Skip((9L * reader.Sizes.Length) + reader.Sizes.Address);
        tableWidth = cursor.UInt16();
        startingBlockSize = cursor.Length();
        maximumDirectSize = cursor.Length();
        int maximumHeapBits = cursor.UInt16();
        cursor.Skip(2);
        rootAddress = cursor.Address();
        rootRows = cursor.UInt16();
        cursor.Checksum(reader.Options.VerifyChecksums);
        if (tableWidth == 0 || !BitOperations.IsPow2(startingBlockSize) || !BitOperations.IsPow2(maximumDirectSize)
            || maximumDirectSize < startingBlockSize || maximumDirectSize > 1L << 32 || maximumHeapBits is 0 or > 63)
        {
            throw cursor.Error(
                $"a table {tableWidth} wide with blocks of {startingBlockSize} to {maximumDirectSize} bytes cannot be");
        }

        offsetSize = (maximumHeapBits + 7) / 8;
        lengthSize = FieldSizes.BytesFor(Math.Min(maximumDirectSize, maximumManagedSize));
    }

    public static FractalHeap Read(FileReader reader, long address)
    {
        var length = 26 + (12L * reader.Sizes.Length) + (3L * reader.Sizes.Address);
        return new FractalHeap(reader, reader.Structure(address, length, HeaderStructure));
    }

    /// <summary>The object that an id names: the next bytes of a record.</summary>
    /// <param name="record">A record of a tree, at its heap id.</param>
    /// <param name="length">The length of the id in such records.</param>
    /// <param name="structure">What the object is, for messages.</param>
    public ByteCursor Object(ByteCursor record, int length, string structure)
    {
        var id = record.Part(length, "fractal heap id");
        var first = id.Byte();
        return (first >> 4) switch
        {
            0 => Managed(id.Number(offsetSize), id.Number(lengthSize), structure),
            1 => Huge(id, structure),
            2 => Tiny(id, first, structure),
            _ => throw id.Error($"a heap id that begins with {first} cannot be"),
        };
    }

    private ByteCursor Tiny(ByteCursor id, byte first, string structure)
    {
        var length = (first & 15) + 1;
        if (idLength > 18)
            length = ((first & 15) << 8) + id.Byte() + 1;
        return id.Part(length, structure);
    }

    private ByteCursor Huge(ByteCursor id, string structure)
    {
        var isDirect = idLength > reader.Sizes.Address + reader.Sizes.Length;
        if (isDirect)
            return reader.Structure(id.Address(), id.Length(), structure);
        hugeObjects ??= BTreeVersion2.Records(reader, hugeTreeAddress, IndirectHugeRecord)
            .Select(record => (Address: record.Address(), Length: record.Length(), Key: record.Length()))
            .DistinctBy(record => record.Key)
            .ToDictionary(record => record.Key, record => (record.Address, record.Length));
        var key = id.Number(Math.Min(reader.Sizes.Length, id.Remaining));
        return hugeObjects.TryGetValue(key, out var found)
            ? reader.Structure(found.Address, found.Length, structure)
            : throw id.Error($"the heap has no large object {key}");
    }

    private ByteCursor Managed(long offset, long length, string structure)
    {
        var (address, rows) = (rootAddress, rootRows);
        long blockStart = 0;
        while (rows > 0)
        {
            var (row, column, size, start) = Locate(offset - blockStart);
            if (row >= rows)
                throw new Hdf5FormatException(IndirectStructure, address, $"offset {offset} is beyond its {rows} rows");
            var children = IndirectBlock(address, rows);
            address = children[(row * tableWidth) + column];
            blockStart += start;
            var isDirect = row < DirectRows;
            if (isDirect)
                return WithinDirectBlock(address, size, offset - blockStart, length, structure);
            rows = RowsOf(size);
        }

        return WithinDirectBlock(address, startingBlockSize, offset, length, structure);
    }

    private int DirectRows => BitOperations.Log2((ulong)(maximumDirectSize / startingBlockSize)) + 2;

    // The rows of a nested indirect block are those whose blocks add up to the size its parent gives it.
    private int RowsOf(long size) =>
        Math.Max(1, BitOperations.Log2((ulong)Math.Max(1, size / startingBlockSize / tableWidth)) + 1);

    // Row 0 and row 1 have blocks of the starting size; from there each row doubles.
    private (int Row, int Column, long Size, long Start) Locate(long offset)
    {
        var rowLength = startingBlockSize * tableWidth;
        var row = offset < rowLength ? 0 : BitOperations.Log2((ulong)(offset / rowLength)) + 1;
        var size = row == 0 ? startingBlockSize : startingBlockSize << (row - 1);
        var rowStart = row == 0 ? 0 : rowLength << (row - 1);
        var column = (offset - rowStart) / size;
        return (row, (int)Math.Min(column, tableWidth - 1), size, rowStart + (Math.Min(column, tableWidth - 1) * size));
    }

    private ByteCursor WithinDirectBlock(long address, long size, long offset, long length, string structure)
    {
        if (!directBlocks.TryGetValue(address, out var block))
        {
            var cursor = reader.Structure(address, size, DirectStructure);
            cursor.Signature("FHDB"u8);
            cursor.Version(0, 0);
            cursor.MoveTo(0);
            block = cursor.Bytes(size);
            if (hasBlockChecksums)
                CheckDirectBlock(block, address);
            directBlocks.Add(address, block);
        }

        if (offset < 0 || offset > block.Length || length > block.Length - offset)
            throw new Hdf5FormatException(DirectStructure, address, $"{length} bytes at {offset} are outside it");
        reader.Charge(length, address, DirectStructure);
        return reader.Within(block.Slice((int)offset, (int)length), address + offset, structure);
    }

    // The checksum lies after the block's prefix and is computed with zeros in its place.
    private void CheckDirectBlock(ReadOnlyMemory<byte> block, long address)
    {
        var copy = block.ToArray();
        var cursor = reader.Within(block, address, DirectStructure);
        var position = 5 + reader.Sizes.Address + offsetSize;
        cursor.Skip(position);
        var stored = cursor.UInt32();
        copy.AsSpan(position, 4).Clear();
        if (reader.Options.VerifyChecksums && stored != Lookup3.Checksum(copy))
            throw cursor.Error($"the checksum is not {stored:x8}");
    }

    private long[] IndirectBlock(long address, int rows)
    {
        if (indirectBlocks.TryGetValue(address, out var known) && known.Length == rows * tableWidth)
            return known;
        var prefix = 5 + reader.Sizes.Address + offsetSize;
        var length = prefix + ((long)rows * tableWidth * reader.Sizes.Address) + 4;
        var cursor = reader.Structure(address, length, IndirectStructure);
        cursor.MoveTo((int)length - 4);
        cursor.Checksum(reader.Options.VerifyChecksums);
        cursor.MoveTo(0);
        cursor.Signature("FHIB"u8);
        cursor.Version(0, 0);
        cursor.MoveTo(prefix);
        var children = new long[rows * tableWidth];
        for (var i = 0; i < children.Length; i++)
            children[i] = cursor.Address();
        return indirectBlocks[address] = children;
    }
}
