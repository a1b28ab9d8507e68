using System.Buffers.Binary;

namespace Functional.Hdf5.Tests;

/// <summary>Damages a file at random, the same way for the same seed.</summary>
internal static class Mutation
{
    private const int MostChanges = 6;

    public static byte[] Apply(byte[] original, IReadOnlyList<byte[]> donors, int seed)
    {
        var random = new Random(seed);
        var bytes = (byte[])original.Clone();
        for (var changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
            bytes = Change(bytes, donors, random);
        return bytes;
    }

    private static byte[] Change(byte[] bytes, IReadOnlyList<byte[]> donors, Random random)
    {
        switch (random.Next(8))
        {
            case 0 or 1:
                bytes[Place(bytes, random)] ^= (byte)(1 << random.Next(8));
                break;
            case 2 or 3:
                bytes[Place(bytes, random)] = Interesting(random);
                break;
            case 4 or 5:
                WriteNumber(bytes, random);
                break;
            case 6:
                Splice(bytes, donors[random.Next(donors.Count)], random);
                break;
            default:
                return random.Next(4) == 0 ? Truncate(bytes, random) : Copy(bytes, random);
        }

        return bytes;
    }

    // Most of the time where something is, for long stretches of a file are zeros nobody reads.
    private static int Place(byte[] bytes, Random random)
    {
        var place = random.Next(bytes.Length);
        for (var attempt = 0; attempt < 8 && bytes[place] == 0; attempt++)
            place = random.Next(bytes.Length);
        return place;
    }

    private static byte Interesting(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => 1,
        2 => 0x7f,
        3 => 0x80,
        4 => 0xff,
        _ => (byte)random.Next(256),
    };

    // Numbers that sizes and addresses break at, at a place where a size or address may be.
    private static void WriteNumber(byte[] bytes, Random random)
    {
        var width = 1 << random.Next(1, 4);
        if (bytes.Length < width)
            return;
        var place = Math.Min(Place(bytes, random) / width * width, bytes.Length - width);
        var value = random.Next(7) switch
        {
            0 => 0L,
            1 => -1L,
            2 => long.MaxValue,
            3 => bytes.Length,
            4 => bytes.Length - random.Next(64),
            5 => random.Next(bytes.Length),
            _ => 1L << random.Next(63),
        };
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        number[..width].CopyTo(bytes.AsSpan(place));
    }

    private static void Splice(byte[] bytes, byte[] donor, Random random)
    {
        var length = random.Next(1, 1 + Math.Min(512, Math.Min(bytes.Length, donor.Length)));
        var from = random.Next(donor.Length - length + 1);
        donor.AsSpan(from, length).CopyTo(bytes.AsSpan(random.Next(bytes.Length - length + 1)));
    }

    private static byte[] Copy(byte[] bytes, Random random)
    {
        Splice(bytes, (byte[])bytes.Clone(), random);
        return bytes;
    }

    // Half of the time the superblock says so, or the file would be refused before anything else is looked at.
    private static byte[] Truncate(byte[] bytes, Random random)
    {
        var kept = bytes[..random.Next(1, bytes.Length)];
        if (kept.Length > 64 && random.Next(2) == 0)
        {
            var endOfFile = kept[8] < 2 ? 40 : 28;
            BinaryPrimitives.WriteInt64LittleEndian(kept.AsSpan(endOfFile), kept.Length);
        }

        return kept;
    }
}
