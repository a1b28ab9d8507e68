using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

/// <summary>Files are what their content is, whatever their names say.</summary>
public sealed class ModelFileFormatTests
{
    [Theory]
    [InlineData("model.keras", "model.h5")]
    [InlineData("model.h5", "model.keras")]
    [InlineData("model.keras", "model")]
    public void AFileUnderAnotherName_IsReadByItsContent(string name, string otherName)
    {
        using var folder = new TemporaryFolder();
        var model = NewModel();
        model.Save(folder.File(name));
        File.Move(folder.File(name), folder.File(otherName));
        Assert.Equal(Numbers(model), Numbers(Model.Load(folder.File(otherName))));
        var other = NewModel();
        other.LoadWeights(folder.File(otherName));
        Assert.Equal(Numbers(model), Numbers(other));
    }

    [Theory]
    [InlineData("", "This file is empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n", "This is a pointer of Git LFS")]
    [InlineData("<!DOCTYPE html><html>", "This is a web page")]
    [InlineData("{\"class_name\": \"Sequential\"}", "Model.FromJson")]
    [InlineData("something else", "This is no model")]
    public void WhatIsNoModel_IsSaidInASentence(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("model.h5"), content);
        var failure = Assert.Throws<ModelFileException>(() => Model.Load(folder.File("model.h5")));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => NewModel().LoadWeights(folder.File("model.h5")));
    }

    [Fact]
    public void WeightsWithoutLayers_AreNoModel()
    {
        using var folder = new TemporaryFolder();
        NewModel().SaveWeights(folder.File("model.weights.h5"));
        var failure = Assert.Throws<ModelFileException>(() => Model.Load(folder.File("model.weights.h5")));
        Assert.Contains("call LoadWeights", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArraysByTheNamesOfWeights_BecomeTheWeights()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel();
        var arrays = model.Weights.Select((weight, index) => StoredArray.Of<float>(
            $"dense.{weight.Name}", [.. weight.Shape.Select(length => (long)length!.Value)], model.GetWeights()[index].ToArray<float>()))
            .ToArray();
        using (var stream = File.Create(folder.File("weights.safetensors")))
            Safetensors.Write(stream, arrays.Reverse());
        using (var stream = File.Create(folder.File("weights.npz")))
            Npz.Write(stream, arrays);
        using (var stream = File.Create(folder.File("unnamed.npz")))
            Npz.Write(stream, arrays.Select((array, index) => new StoredArray($"arr_{index}", [.. array.Shape], array.ElementType, array.Bytes)));
        using (var stream = File.Create(folder.File("part.npz")))
            Npz.Write(stream, arrays.Take(1));
        foreach (var file in new[] { "weights.safetensors", "weights.npz", "unnamed.npz" })
        {
            var other = NewModel();
            other.LoadWeights(folder.File(file));
            Assert.Equal(Numbers(model), Numbers(other));
        }

        var failure = Assert.Throws<ModelFileException>(() => NewModel().LoadWeights(folder.File("part.npz")));
        Assert.Contains("no array for weight 'dense/bias'", failure.Message, StringComparison.Ordinal);
        var partly = NewModel();
        partly.LoadWeights(folder.File("part.npz"), byName: true);
        Assert.Equal(model.GetWeights()[0].ToArray<float>(), partly.GetWeights()[0].ToArray<float>());
        var wider = new Sequential([Input(shape: [3]), Dense(4)]);
        Assert.Contains(
            "shape (3, 4)",
            Assert.Throws<ModelFileException>(() => wider.LoadWeights(folder.File("weights.npz"))).Message,
            StringComparison.Ordinal);
    }

    private static Sequential NewModel() =>
        new([Input(shape: [3]), Dense(2, name: "dense", biasInitializer: "random_normal")]);

    private static double[] Numbers(Model model) => [.. model.GetWeights().SelectMany(weight => weight.ToArray<double>())];
}
