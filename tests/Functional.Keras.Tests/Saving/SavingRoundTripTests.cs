using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Functional.Keras.Tests;

public sealed class SavingRoundTripTests
{
    private static readonly Arbitrary<StoredArray> Arrays = Arb.From(
        from type in Gen.Elements(Enum.GetValues<StoredElementType>())
        from shape in Gen.Choose(0, 5).Select(length => (long)length).ArrayOf().Resize(5)
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value)
            .ArrayOf(StoredElements.LengthInBytes(shape, type)!.Value)
        select new StoredArray("array", shape, type, bytes));

    private static void AssertSame(StoredArray expected, StoredArray actual)
    {
        Assert.Equal(expected.ToString(), actual.ToString());
        Assert.Equal(expected.Bytes.ToArray(), actual.Bytes.ToArray());
    }

    [Fact]
    public void AnNpyFileInEitherOrderGivesBackItsArray()
    {
        Prop.ForAll(Arrays, ArbMap.Default.ArbFor<bool>(), (array, columnMajor) =>
        {
            if (array.ElementType == StoredElementType.BFloat16)
                return;
            using var stream = new MemoryStream();
            Npy.Write(stream, array, columnMajor);
            Assert.Equal(0, (stream.Length - array.Bytes.Length) % 64);
            stream.Position = 0;
            AssertSame(array, Npy.Read(stream, "array"));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void ASafetensorsFileGivesBackItsArray()
    {
        Prop.ForAll(Arrays, array =>
        {
            using var stream = new MemoryStream();
            Safetensors.Write(stream, [array]);
            stream.Position = 0;
            AssertSame(array, Assert.Single(Safetensors.Read(stream).Arrays));
        }).QuickCheckThrowOnFailure();
    }
}
