namespace Functional.Hdf5.Reading;

/// <summary>The bytes of a file at any offset. Callers have checked offsets against <see cref="Length"/>.</summary>
internal abstract class FileBytes : IDisposable
{
    /// <summary>The length of the file in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Some bytes of the file, without a copy where that is possible.</summary>
    public abstract ReadOnlyMemory<byte> Slice(long offset, int lengthInBytes);

    /// <summary>Copies bytes of the file.</summary>
    public abstract void CopyTo(long offset, Span<byte> destination);

    /// <summary>Lets go of the file.</summary>
    public abstract void Dispose();
}
