namespace Functional.Hdf5.Reading;

/// <summary>Turns the bytes of numbers around.</summary>
internal static class ByteOrder
{
    /// <summary>Reverses the bytes of each number in place.</summary>
    public static void Reverse(Span<byte> bytes, int sizeInBytes)
    {
        if (sizeInBytes == 1)
            return;
        for (; bytes.Length >= sizeInBytes; bytes = bytes[sizeInBytes..])
            bytes[..sizeInBytes].Reverse();
    }
}
