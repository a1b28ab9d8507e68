using Microsoft.Win32.SafeHandles;

namespace Functional.Hdf5.Reading;

/// <summary>
/// A file that stays on disk. It is read piece by piece and not memory-mapped, because another process that shortens
/// a mapped file would end this one.
/// </summary>
internal sealed class HandleBytes(SafeFileHandle handle) : FileBytes
{
    public override long Length { get; } = RandomAccess.GetLength(handle);

    public override ReadOnlyMemory<byte> Slice(long offset, int lengthInBytes)
    {
        var bytes = new byte[lengthInBytes];
        CopyTo(offset, bytes);
        return bytes;
    }

    public override void CopyTo(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var count = RandomAccess.Read(handle, destination, offset);
            if (count == 0)
                throw new Hdf5FormatException("file", offset, "it became shorter while it was being read");
            offset += count;
            destination = destination[count..];
        }
    }

    public override void Dispose() => handle.Dispose();
}
