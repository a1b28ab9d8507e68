using Xunit;
using Xunit.Abstractions;

namespace Functional.Keras.Tests;

public sealed class SavingFuzzTests(ITestOutputHelper output)
{
    private const int FirstSeed = 4711;
    private const int Mutations = 3000;
    private const long Limit = 1 << 20;

    [Theory]
    [InlineData("row.npy")]
    [InlineData("column.npy")]
    [InlineData("stored.npz")]
    [InlineData("compressed.npz")]
    [InlineData("arrays.safetensors")]
    public void ADamagedFileIsReadOrRefusedAndNothingElse(string name)
    {
        var original = SavingFiles.Bytes(name);
        var (read, refused) = (0, 0);
        output.WriteLine($"{name}: seeds {FirstSeed} to {FirstSeed + Mutations - 1}");
        for (var seed = FirstSeed; seed < FirstSeed + Mutations; seed++)
        {
            var stream = new MemoryStream(Damaged(original, new Random(seed)));
            try
            {
                Read(name, stream);
                read++;
            }
            catch (ArrayFormatException)
            {
                refused++;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{name} with seed {seed} fails as nobody documented.", failure);
            }
        }

        Assert.True(read > 0 && refused > 0, $"{read} were read, {refused} were refused");
    }

    private static void Read(string name, Stream stream)
    {
        switch (Path.GetExtension(name))
        {
            case ".npy":
                Npy.Read(stream, name, Limit);
                break;
            case ".npz":
                Npz.Read(stream, Limit);
                break;
            default:
                Safetensors.Read(stream, Limit);
                break;
        }
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var place = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    var length = Math.Min(random.Next(1, 32), bytes.Length - place);
                    original.AsSpan(random.Next(original.Length - length), length).CopyTo(bytes.AsSpan(place));
                    break;
                default:
                    if (random.Next(8) == 0)
                        bytes = bytes[..Math.Max(1, place)];
                    break;
            }

            if (bytes.Length < 64)
                break;
        }

        return bytes;
    }
}
