using System.Text.Json.Nodes;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

/// <summary>Small descriptions that ask for too much: refused in a sentence, before they cost anything.</summary>
public sealed class HostileModelTests
{
    [Theory]
    [InlineData("units", 4294967298)]
    [InlineData("units", -4294967295)]
    public void ANumberBeyond32Bits_IsRefused(string key, long value)
    {
        var x = Input(shape: [3]);
        var saved = JsonNode.Parse(new Model(x, x.Dense(2)).ToJson())!;
        saved["config"]!["layers"]![1]!["config"]![key] = value;
        Assert.Contains(
            $"'{key}' must be a whole number of at most 32 bits, but is {value}",
            Assert.Throws<ArgumentException>(() => Model.FromJson(saved.ToJsonString())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ALengthBeyond32Bits_IsRefused()
    {
        var x = Input(shape: [3]);
        var saved = JsonNode.Parse(new Model(x, x.Dense(2)).ToJson())!;
        saved["config"]!["layers"]![0]!["config"]!["batch_shape"]![1] = 4294967299;
        Assert.Contains(
            "'batch_shape' must be a whole number of at most 32 bits, but is 4294967299",
            Assert.Throws<ArgumentException>(() => Model.FromJson(saved.ToJsonString())).Message,
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task ModelsThatCallTheirInnerModelTwice_AreBuiltOncePerLevel()
    {
        await Task.Yield();
        var model = Doubled(levels: 16);
        var loaded = Model.FromJson(model.ToJson());
        Assert.Equal(model.ToJson(), loaded.ToJson());
        Assert.Equal(1, model.CountParams() - 1);
    }

    [Fact(Timeout = 60_000)]
    public async Task ModelsOfMoreCallsThanCanBeBuilt_AreRefused()
    {
        await Task.Yield();
        Assert.Contains(
            "The model calls layers more than 1000000 times",
            Assert.Throws<ArgumentException>(() => Doubled(levels: 30)).Message,
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task ImagesOfASizeThatNeedsTooLargeATable_AreRefusedWhenTheLayerIsCalled()
    {
        await Task.Yield();
        var x = Input(shape: [8, 8, 1]);
        Layer[] layers =
        [
            Resizing(100_000_000, 100_000_000), Resizing(4, 100_000_000, "nearest"), CenterCrop(100_000_000, 4),
            RandomCrop(100_000_000, 4), UpSampling2D(100_000_000, interpolation: "bilinear"),
        ];
        foreach (var layer in layers)
        {
            Assert.Matches(
                "that needs a table of|at most 32 bits", Assert.Throws<ArgumentException>(() => layer(x)).Message);
        }
    }

    [Fact]
    public void ThresholdsWithoutEnd_AreRefused()
    {
        Assert.Contains(
            "num_thresholds must be from 1 to 100000, but is 2147483647",
            Assert.Throws<ArgumentException>(() => Metrics.SensitivityAtSpecificity(0.5, numThresholds: int.MaxValue)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Metrics.AUC(numThresholds: int.MaxValue));
        Assert.Throws<ArgumentException>(() => Metrics.AUC(numThresholds: 1));
    }

    [Fact(Timeout = 60_000)]
    public async Task LayersInReverseOrder_AreLoadedInTimeThatGrowsWithTheirNumber()
    {
        await Task.Yield();
        var x = Input(shape: [2]);
        var last = x;
        for (var index = 0; index < 1500; index++)
            last = last.Identity();
        var saved = JsonNode.Parse(new Model(x, last).ToJson())!;
        var layers = saved["config"]!["layers"]!.AsArray();
        saved["config"]!["layers"] = new JsonArray([.. layers.Reverse().Select(layer => layer!.DeepClone())]);
        Assert.Equal(1501, Model.FromJson(saved.ToJsonString()).Layers.Count);
    }

    private static Model Doubled(int levels)
    {
        var x = Input(shape: [1]);
        var model = new Model(x, x.Dense(1), name: "level0");
        for (var level = 1; level <= levels; level++)
        {
            var input = Input(shape: [1]);
            model = new Model(input, (SymbolicTensor)model.Call((SymbolicTensor)model.Call(input)), name: $"level{level}");
        }

        return model;
    }
}
