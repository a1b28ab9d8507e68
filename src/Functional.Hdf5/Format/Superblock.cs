using Functional.Hdf5.Reading;
using Functional.Hdf5.Writing;

namespace Functional.Hdf5.Format;

/// <summary>
/// The start of a file. HDF5 File Format Specification version 3.0, section II.A, Disk Format: Level 0A - Format
/// Signature and Superblock; versions 0 to 3 are read, version 2 is written.
/// </summary>
/// <param name="Sizes">The sizes of addresses and lengths in this file.</param>
/// <param name="BaseAddress">What is added to every address of the file.</param>
/// <param name="RootAddress">The address of the root group's object header.</param>
internal sealed record Superblock(FieldSizes Sizes, long BaseAddress, long RootAddress)
{
    private const string Structure = "superblock";

    /// <summary>The length in bytes of what <see cref="Write"/> writes.</summary>
    public const int WrittenLengthInBytes = 48;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Looks for the superblock at 0, 512, 1024 and so on, and reads it.</summary>
    public static Superblock Read(FileBytes file, Hdf5Options options)
    {
        for (long offset = 0; offset + 16 <= file.Length; offset = offset == 0 ? 512 : offset * 2)
        {
            if (file.Slice(offset, 8).Span.SequenceEqual(Signature))
                return ReadAt(file, offset, options);
        }

        throw new Hdf5FormatException(Structure, 0, "this is not an HDF5 file: its signature is missing");
    }

    /// <summary>Writes a superblock of version 2.</summary>
    public static void Write(ByteWriter writer, long rootAddress, long endOfFile)
    {
        var start = writer.Count;
        writer.Bytes(Signature);
        writer.Byte(2);
        writer.Byte(8);
        writer.Byte(8);
        writer.Byte(0);
        writer.UInt64(0);
        writer.UndefinedAddress();
        writer.UInt64((ulong)endOfFile);
        writer.UInt64((ulong)rootAddress);
        writer.Checksum(start);
    }

    private static Superblock ReadAt(FileBytes file, long offset, Hdf5Options options)
    {
        var prefix = new ByteCursor(file.Slice(offset, 16), offset, Structure, FieldSizes.Eight);
        prefix.Skip(8);
        var version = prefix.Version(0, 3);
        prefix.MoveTo(version < 2 ? 13 : 9);
        var sizes = new FieldSizes(prefix.Byte(), prefix.Byte());
        if (sizes.Address is not (2 or 4 or 8) || sizes.Length is not (2 or 4 or 8))
            throw prefix.Error($"sizes of 2, 4 or 8 bytes expected, {sizes.Address} and {sizes.Length} found");

        var fixedLength = version switch { 0 => 24, 1 => 28, _ => 12 };
        var length = fixedLength + (4 * sizes.Address) + (version < 2 ? SymbolTableEntry.LengthInBytes(sizes) : 4);
        if (length > file.Length - offset)
            throw prefix.Error("the file ends within it");
        var cursor = new ByteCursor(file.Slice(offset, length), offset, Structure, sizes);
        cursor.Skip(fixedLength);
        return version < 2 ? ReadOld(cursor, file.Length) : ReadNew(cursor, file.Length, options);
    }

    private static Superblock ReadOld(ByteCursor cursor, long fileLength)
    {
        var baseAddress = BaseAddressWithin(cursor, fileLength);
        cursor.Address();
        CheckEnd(cursor, fileLength);
        cursor.Address();
        var root = SymbolTableEntry.Read(cursor);
        return new Superblock(cursor.Sizes, baseAddress, root.HeaderAddress);
    }

    private static Superblock ReadNew(ByteCursor cursor, long fileLength, Hdf5Options options)
    {
        var baseAddress = BaseAddressWithin(cursor, fileLength);
        cursor.Address();
        CheckEnd(cursor, fileLength);
        var root = cursor.Address();
        cursor.Checksum(options.VerifyChecksums);
        return new Superblock(cursor.Sizes, baseAddress, root);
    }

    private static long BaseAddressWithin(ByteCursor cursor, long fileLength)
    {
        var address = cursor.Address();
        return address >= 0 && address < fileLength
            ? address
            : throw cursor.Error($"the base address {address} is outside the file of {fileLength} bytes");
    }

    private static void CheckEnd(ByteCursor cursor, long fileLength)
    {
        var end = cursor.Address();
        if (end > fileLength)
            throw cursor.Error($"the file should have {end} bytes but has {fileLength}: it is incomplete");
    }
}
