using System.IO.Compression;
using Xunit;

namespace Functional.Hdf5.Tests;

public sealed class KerasFileTests
{
    public static TheoryData<string> AllFiles => [.. TestFiles.FromKeras, .. TestFiles.FromFeatures];

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void EveryGroupDatasetAndAttributeIsWhatH5pyListed(string name)
    {
        using var file = Hdf5File.Open(TestFiles.Bytes(name));
        Assert.Equal(TestFiles.ExpectedListing(name).Order(StringComparer.Ordinal), Listing.Of(file.Root));
    }

    [Fact]
    public void AFileOnDiskReadsTheSameAsOneInMemory()
    {
        using var onDisk = Hdf5File.Open(TestFiles.PathOf("nested_model.legacy.h5"));
        using var inMemory = Hdf5File.Open(TestFiles.Bytes("nested_model.legacy.h5"));
        Assert.Equal(Listing.Of(inMemory.Root), Listing.Of(onDisk.Root));
    }

    [Fact]
    public void TheWeightsInAKerasArchiveOpenFromAStreamThatCannotSeek()
    {
        using var archive = ZipFile.OpenRead(TestFiles.PathOf("mlp_regression.keras"));
        using var entry = archive.GetEntry("model.weights.h5")!.Open();
        using var file = Hdf5File.Open(entry);
        var dataset = file.Root.Dataset("layers/dense/vars/0");
        Assert.Equal(Hdf5ElementType.Float32, dataset.ElementType);
        Assert.Equal(dataset.Count, dataset.Read<float>().Length);
    }

    [Fact]
    public void APathLeadsToGroupsAndDatasets()
    {
        using var file = Hdf5File.Open(TestFiles.Bytes("logistic_regression.legacy.h5"));
        var weights = file.Root.Group("model_weights");
        Assert.Equal(["dense"], weights.Attributes["layer_names"].ReadStrings());
        Assert.Same(weights.Groups["dense"], file.Root["/model_weights/dense"]);
        Assert.Equal([6L, 1L], file.Root.Dataset("model_weights/dense/sequential/dense/kernel").Shape.AsEnumerable());
        Assert.Null(file.Root.Find("model_weights/dense_2"));
        var error = Assert.Throws<KeyNotFoundException>(() => weights.Dataset("dense"));
        Assert.Equal("There is no dataset 'dense' in '/model_weights'.", error.Message);
    }

    [Fact]
    public void NumbersConvertToTheTypeThatIsWanted()
    {
        using var file = Hdf5File.Open(TestFiles.Bytes("features_latest.h5"));
        var dataset = file.Root.Dataset("datasets/big_i2");
        var stored = dataset.Read<short>();
        Assert.Equal(stored.Select(value => (float)value), dataset.ReadAs<float>());
        Assert.Equal(stored.Select(value => byte.CreateSaturating(value)), dataset.ReadAs<byte>());
        Assert.Equal([1, 0, 0, 1], file.Root.Dataset("datasets/bool").ReadAs<int>());
    }

    [Fact]
    public void ReadingAsAnotherTypeNamesBoth()
    {
        using var file = Hdf5File.Open(TestFiles.Bytes("features_latest.h5"));
        var error = Assert.Throws<Hdf5FormatException>(() => file.Root.Dataset("datasets/scalar").Read<int>());
        Assert.Contains("dataset '/datasets/scalar'", error.Message, StringComparison.Ordinal);
        Assert.Contains("it holds Float32, not Int32", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<Hdf5FormatException>(() => file.Root.Dataset("datasets/compound").ReadAs<float>());
        Assert.Contains("the unsupported type compound", error.Message, StringComparison.Ordinal);
    }
}
