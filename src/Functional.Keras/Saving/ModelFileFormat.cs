namespace Functional.Keras;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
internal enum ModelFileFormat
{
    /// <summary>HDF5: whole models as Keras 2 wrote them, or weights.</summary>
    Hdf5,

    /// <summary>A zip archive: .keras or .npz.</summary>
    Zip,

    /// <summary>A safetensors file.</summary>
    Safetensors,
}

/// <summary>Tells files apart by their content.</summary>
internal static class ModelFileFormats
{
    private static ReadOnlySpan<byte> Hdf5Mark => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>What a file is. Raises ModelFileException with a sentence that says what it is when it is no model.</summary>
    internal static ModelFileFormat Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Span<byte> buffer = stackalloc byte[128];
        var start = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        if (start.IsEmpty)
            throw new ModelFileException(path, "This file is empty.");
        if (start.StartsWith("version https://git-lfs"u8))
        {
            throw new ModelFileException(path,
                "This is a pointer of Git LFS, a text of some lines in place of the file itself: fetch the file with "
                + "'git lfs pull'.");
        }

        if (start.StartsWith("PK"u8))
            return ModelFileFormat.Zip;
        if (IsHdf5(stream))
            return ModelFileFormat.Hdf5;
        if (start.Length > 9 && start[8] == (byte)'{' && BitConverter.ToUInt64(start) <= (ulong)stream.Length)
            return ModelFileFormat.Safetensors;
        var text = start.TrimStart(" \t\r\n\uFEFF"u8);
        if (text.StartsWith("<"u8))
            throw new ModelFileException(path, "This is a web page, not a model: the download has gone wrong.");
        if (text.StartsWith("{"u8))
        {
            throw new ModelFileException(path,
                "This is a JSON text: read it and give it to Model.FromJson, which makes the layers without their weights.");
        }

        throw new ModelFileException(path,
            "This is no model: it begins neither as .keras (zip), nor as .h5 (HDF5), nor as safetensors does.");
    }

    /// <summary>The mark is at the start, or after 512, 1024, 2048... bytes of something else.</summary>
    private static bool IsHdf5(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[8];
        for (var offset = 0L; offset + mark.Length <= stream.Length; offset = offset == 0 ? 512 : 2 * offset)
        {
            stream.Position = offset;
            stream.ReadExactly(mark);
            if (mark.SequenceEqual(Hdf5Mark))
                return true;
        }

        return false;
    }
}
