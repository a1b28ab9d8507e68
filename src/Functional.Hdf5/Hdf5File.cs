using Functional.Hdf5.Format;
using Functional.Hdf5.Reading;

namespace Functional.Hdf5;

/// <summary>
/// An HDF5 file that was opened for reading. Its groups, datasets and attributes are values that do not change and may
/// be used from any thread; the elements of a dataset are read when they are asked for.
/// </summary>
/// <remarks>
/// Read are: superblocks 0 to 3; object headers 1 and 2; old-style groups; links and attributes in headers and in
/// fractal heaps; integers, IEEE numbers of 16, 32 and 64 bits, truth values, text, and arrays of them; compact,
/// contiguous and chunked data; the filters deflate, shuffle and fletcher32. Soft and external links are left out.
/// A file is untrusted: whatever its bytes are, the worst outcome is an <see cref="Hdf5FormatException"/>.
/// </remarks>
public sealed class Hdf5File : IDisposable
{
    private readonly FileBytes bytes;

    private Hdf5File(FileBytes bytes, Hdf5Options options)
    {
        this.bytes = bytes;
        Root = new ObjectTreeReader(new FileContext(bytes, Superblock.Read(bytes, options), options)).Root();
    }

    /// <summary>The group that contains everything.</summary>
    public Hdf5Group Root { get; }

    /// <summary>Opens a file on disk, which stays open until this value is disposed of.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">Limits; null for <see cref="Hdf5Options.Default"/>.</param>
    /// <returns>The opened file.</returns>
    /// <exception cref="Hdf5FormatException">The file is damaged, over a limit, or not an HDF5 file.</exception>
    public static Hdf5File Open(string path, Hdf5Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Open(new HandleBytes(File.OpenHandle(path)), options);
    }

    /// <summary>Opens the rest of a stream, which is copied into memory.</summary>
    /// <param name="stream">The stream, which need not be seekable and is left open.</param>
    /// <param name="options">Limits; null for <see cref="Hdf5Options.Default"/>.</param>
    /// <returns>The opened file.</returns>
    /// <exception cref="Hdf5FormatException">The file is damaged, over a limit, or not an HDF5 file.</exception>
    public static Hdf5File Open(Stream stream, Hdf5Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var limits = options ?? Hdf5Options.Default;
        return Open(MemoryBytes.Copy(stream, limits.MaximumStreamInBytes), limits);
    }

    /// <summary>Opens a file that is in memory; the memory must not change afterwards.</summary>
    /// <param name="content">All bytes of the file.</param>
    /// <param name="options">Limits; null for <see cref="Hdf5Options.Default"/>.</param>
    /// <returns>The opened file.</returns>
    /// <exception cref="Hdf5FormatException">The file is damaged, over a limit, or not an HDF5 file.</exception>
    public static Hdf5File Open(ReadOnlyMemory<byte> content, Hdf5Options? options = null) =>
        Open(new MemoryBytes(content), options);

    /// <summary>Closes the file; datasets of a file on disk cannot be read afterwards.</summary>
    public void Dispose() => bytes.Dispose();

    private static Hdf5File Open(FileBytes bytes, Hdf5Options? options)
    {
        try
        {
            return new Hdf5File(bytes, options ?? Hdf5Options.Default);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }
}
