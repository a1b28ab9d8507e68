using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The tree that new-style groups, dense attributes, large heap objects and chunks are found with. HDF5 File Format
/// Specification version 3.0, section III.A.2, Disk Format: Level 1A2 - Version 2 B-trees.
/// </summary>
internal sealed class BTreeVersion2
{
    private const string HeaderStructure = "version 2 B-tree header";
    private const string NodeStructure = "version 2 B-tree node";
    private const int NodePrefixAndChecksum = 10;
    private const int DeepestTree = 64;

    private readonly FileReader reader;
    private readonly int type;
    private readonly int recordSize;
    private readonly long nodeSize;
    private readonly int recordCountSize;
    private readonly int[] totalCountSizes;

    private BTreeVersion2(FileReader reader, int type, int recordSize, long nodeSize, int depth, ByteCursor cursor)
    {
        this.reader = reader;
        this.type = type;
        this.recordSize = recordSize;
        this.nodeSize = nodeSize;
        var most = (nodeSize - NodePrefixAndChecksum) / recordSize;
        if (most < 1)
            throw cursor.Error($"a record of {recordSize} bytes does not fit in a node of {nodeSize} bytes");
        recordCountSize = FieldSizes.BytesFor(most);

        // The width of a child's total record count depends on how many records a subtree of its depth can hold.
        totalCountSizes = new int[depth + 1];
        var total = most;
        for (var level = 1; level <= depth; level++)
        {
            var pointer = PointerSize(level);
            var records = (nodeSize - NodePrefixAndChecksum - pointer) / (recordSize + pointer);
            total = total > long.MaxValue / (records + 2) ? long.MaxValue : ((records + 1) * total) + records;
            totalCountSizes[level] = FieldSizes.BytesFor(total);
        }
    }

    /// <summary>The records of the tree, in its order.</summary>
    /// <param name="reader">Access to the file.</param>
    /// <param name="address">The address of the tree's header.</param>
    /// <param name="types">The record types expected.</param>
    public static IEnumerable<ByteCursor> Records(FileReader reader, long address, params int[] types)
    {
        var cursor = reader.Structure(address, 22 + reader.Sizes.Address + reader.Sizes.Length, HeaderStructure);
        cursor.Signature("BTHD"u8);
        cursor.Version(0, 0);
        int type = cursor.Byte();
        if (!types.Contains(type))
            throw cursor.Error($"record type {string.Join(" or ", types)} expected, {type} found");
        long nodeSize = cursor.UInt32();
        int recordSize = cursor.UInt16();
        int depth = cursor.UInt16();
        cursor.Skip(2);
        var root = cursor.Address();
        int rootCount = cursor.UInt16();
        cursor.Length();
        cursor.Checksum(reader.Options.VerifyChecksums);
        if (recordSize == 0 || depth > DeepestTree)
            throw cursor.Error($"records of {recordSize} bytes in a tree of depth {depth} cannot be");
        if (root == ByteCursor.Undefined)
            return [];
        var tree = new BTreeVersion2(reader, type, recordSize, nodeSize, depth, cursor);
        return depth == 0 ? tree.Leaf(root, rootCount) : tree.Internal(root, rootCount, depth);
    }

    private int PointerSize(int level) =>
        reader.Sizes.Address + recordCountSize + (level > 1 ? totalCountSizes[level - 1] : 0);

    private ByteCursor Node(long address, long contentLength, ReadOnlySpan<byte> signature)
    {
        if (contentLength + NodePrefixAndChecksum > nodeSize)
            throw new Hdf5FormatException(NodeStructure, address, $"its records do not fit in {nodeSize} bytes");
        var length = (int)contentLength + NodePrefixAndChecksum;
        var cursor = reader.Structure(address, length, NodeStructure);
        cursor.MoveTo(length - 4);
        cursor.Checksum(reader.Options.VerifyChecksums);
        cursor.MoveTo(0);
        cursor.Signature(signature);
        cursor.Version(0, 0);
        var found = cursor.Byte();
        return found == type ? cursor : throw cursor.Error($"record type {type} expected, {found} found");
    }

    private IEnumerable<ByteCursor> Leaf(long address, int count)
    {
        var cursor = Node(address, (long)count * recordSize, "BTLF"u8);
        for (var i = 0; i < count; i++)
            yield return cursor.Part(recordSize, "version 2 B-tree record");
    }

    private IEnumerable<ByteCursor> Internal(long address, int count, int level)
    {
        var pointerSize = PointerSize(level);
        var cursor = Node(address, ((long)count * recordSize) + ((count + 1L) * pointerSize), "BTIN"u8);
        var records = cursor.Part((long)count * recordSize, "version 2 B-tree records");
        for (var i = 0; i <= count; i++)
        {
            var child = cursor.Address();
            var childCount = (int)Math.Min(int.MaxValue, cursor.Number(recordCountSize));
            cursor.Skip(pointerSize - reader.Sizes.Address - recordCountSize);
            foreach (var record in level == 1 ? Leaf(child, childCount) : Internal(child, childCount, level - 1))
                yield return record;
            if (i < count)
                yield return records.Part(recordSize, "version 2 B-tree record");
        }
    }
}
