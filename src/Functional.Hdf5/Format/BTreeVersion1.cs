using Functional.Hdf5.Reading;

namespace Functional.Hdf5.Format;

/// <summary>
/// The tree that finds members of old-style groups and chunks of datasets. HDF5 File Format Specification version
/// 3.0, section III.A.1, Disk Format: Level 1A1 - Version 1 B-trees.
/// </summary>
internal static class BTreeVersion1
{
    private const string Structure = "version 1 B-tree node";
    private const int GroupNode = 0;
    private const int ChunkNode = 1;

    /// <summary>The addresses of a group's symbol table nodes.</summary>
    public static IEnumerable<long> GroupLeaves(FileReader reader, long address) =>
        Leaves(reader, address, GroupNode, reader.Sizes.Length, expectedLevel: null).Select(leaf => leaf.Child);

    /// <summary>The chunks of a dataset: the key of each (size, filter mask, offsets) and its address.</summary>
    /// <param name="reader">Access to the file.</param>
    /// <param name="address">The address of the root node.</param>
    /// <param name="rank">The number of dimensions; keys have one more, for the bytes of an element.</param>
    public static IEnumerable<(ByteCursor Key, long Child)> Chunks(FileReader reader, long address, int rank) =>
        Leaves(reader, address, ChunkNode, 8 + (8 * (rank + 1)), expectedLevel: null);

    // Levels must fall by one from node to node, so that no path through the tree can come back to where it was.
    private static IEnumerable<(ByteCursor Key, long Child)> Leaves(
        FileReader reader, long address, int nodeType, int keyLength, int? expectedLevel)
    {
        var prefixLength = 8 + (2 * reader.Sizes.Address);
        var prefix = reader.Structure(address, prefixLength, Structure);
        prefix.Signature("TREE"u8);
        var type = prefix.Byte();
        if (type != nodeType)
            throw prefix.Error($"node type {nodeType} expected, {type} found");
        var level = prefix.Byte();
        if (expectedLevel is { } expected && level != expected)
            throw prefix.Error($"level {expected} expected, {level} found");
        var count = prefix.UInt16();
        var length = (long)count * (keyLength + reader.Sizes.Address);
        var cursor = reader.Structure(address + prefixLength, length, Structure);
        for (var i = 0; i < count; i++)
        {
            var key = cursor.Part(keyLength, "version 1 B-tree key");
            var child = cursor.Address();
            if (level == 0)
            {
                yield return (key, child);
                continue;
            }

            foreach (var leaf in Leaves(reader, child, nodeType, keyLength, level - 1))
                yield return leaf;
        }
    }
}
