using System.Collections.Immutable;
using System.IO.Compression;

namespace Functional.Keras;

/// <summary>Reads and writes .npz files: zip archives of .npy files, as NumPy's savez and load do.</summary>
public static class Npz
{
    private const string Format = "npz";
    private const string Extension = ".npy";

    /// <summary>Reads all arrays of an archive.</summary>
    /// <param name="stream">The archive, which is left open.</param>
    /// <param name="maximumInBytes">The most bytes that all arrays together may take.</param>
    /// <returns>The arrays, in the order of the archive, named without the ending .npy.</returns>
    /// <exception cref="ArrayFormatException">The archive or an array in it is damaged or too long.</exception>
    public static ImmutableArray<StoredArray> Read(
        Stream stream, long maximumInBytes = BoundedStream.DefaultLimitInBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return ReadEntries(archive, maximumInBytes);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw new ArrayFormatException(Format, "this is not a sound zip archive", failure);
        }
    }

    /// <summary>Writes arrays to an archive.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="arrays">The arrays, whose names must differ.</param>
    /// <param name="compress">Whether the archive is compressed, as NumPy's savez_compressed does.</param>
    /// <exception cref="ArgumentException">Two arrays have one name.</exception>
    public static void Write(Stream stream, IEnumerable<StoredArray> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var array in arrays)
        {
            if (!names.Add(array.Name))
                throw new ArgumentException($"There are two arrays '{array.Name}'.", nameof(arrays));
            var level = compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression;
            var entry = archive.CreateEntry(array.Name + Extension, level);

            // A fixed time, the earliest a zip archive has, makes equal arrays equal files.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var content = entry.Open();
            Npy.Write(content, array);
        }
    }

    private static ImmutableArray<StoredArray> ReadEntries(ZipArchive archive, long maximumInBytes)
    {
        var arrays = ImmutableArray.CreateBuilder<StoredArray>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName.EndsWith(Extension, StringComparison.Ordinal)
                ? entry.FullName[..^Extension.Length]
                : throw new ArrayFormatException(Format, $"'{entry.FullName}' is not an array");
            if (!names.Add(name))
                throw new ArrayFormatException(Format, $"the array '{name}' is there twice");
            using var content = entry.Open();
            var array = Npy.Read(content, name, maximumInBytes);
            if (!BoundedStream.IsAtEnd(content, Format))
                throw new ArrayFormatException(Format, $"'{name}' is longer than its shape");
            maximumInBytes -= array.Bytes.Length;
            arrays.Add(array);
        }

        return arrays.ToImmutable();
    }
}
