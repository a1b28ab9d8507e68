using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Convolutions and pools as a user of the facade meets them.</summary>
public class SpatialModelTests
{
    private static readonly Tensor Images = Waves([6, 8, 8, 3]);

    [Fact]
    public void Sizes_AreOneNumberOrOneForEachAxis()
    {
        var x = Input(shape: [28, 28, 1]);
        Assert.Equal("(None, 26, 26, 32)", x.Conv2D(32, 3).Shape.ToString());
        Assert.Equal("(None, 14, 10, 32)", x.Conv2D(32, [3, 5], strides: [2, 3], padding: "same").Shape.ToString());
        Assert.Equal("(None, 56, 84, 4)", x.Conv2DTranspose(4, 3, strides: (2, 3), padding: "same").Shape.ToString());
        Assert.Equal("(None, 26, 26, 2)", x.DepthwiseConv2D(3, depthMultiplier: 2).Shape.ToString());
        Assert.Equal("(None, 26, 26, 5)", x.SeparableConv2D(5, 3).Shape.ToString());
        Assert.Equal("(None, 14, 14, 1)", x.MaxPooling2D().Shape.ToString());
        Assert.Equal("(None, 9, 28, 1)", x.AveragePooling2D((3, 1)).Shape.ToString());

        var series = Input(shape: [10, 4]);
        Assert.Equal("(None, 10, 6)", series.Conv1D(6, 3, padding: "causal", dilationRate: 2).Shape.ToString());
        var volumes = Input(shape: [6, 6, 6, 1]);
        Assert.Equal("(None, 2, 2, 2, 5)", volumes.Conv3D(5, 2).MaxPooling3D(2).Shape.ToString());
    }

    [Fact]
    public void KnownModels_HaveKerasNumbersOfWeights()
    {
        var x = Input(shape: [28, 28, 1]);
        var output = x.Conv2D(32, 3, activation: "relu").Conv2D(64, 3, activation: "relu").MaxPooling2D().Flatten().Dense(128, "relu").Dense(10, "softmax");
        Assert.Equal(1_199_882, new Model(x, output).CountParams());
    }

    [Fact]
    public void OneModel_ReadsImagesOfEverySize()
    {
        var x = Input(shape: [null, null, 3]);
        var block = x.Conv2D(4, 3, strides: 2, padding: "same", activation: "relu");
        var shortcut = x.Conv2D(4, 1, strides: 2, padding: "same");
        var h = Add()(block, shortcut).AveragePooling2D(2, padding: "same").Conv2DTranspose(3, 2, strides: 2);
        var model = new Model(x, h.GlobalMaxPooling2D());

        Tensor small = model.Predict(Images);
        Assert.Equal("(6, 3)", small.Shape.ToString());
        Tensor large = model.Predict(Waves([2, 15, 11, 3]));
        Assert.Equal("(2, 3)", large.Shape.ToString());
        Assert.Equal(small.ToArray<float>(), ((Tensor)model.Predict(Images)).ToArray<float>());
    }

    [Fact]
    public void ChannelsFirst_ComputesWhatChannelsLastDoes()
    {
        Model Create(string dataFormat, Shape shape)
        {
            RandomSeed.Set(3);
            var x = Input(shape);
            var h = x.Conv2D(4, 3, padding: "same", dataFormat: dataFormat, activation: "tanh")
                .MaxPooling2D(dataFormat: dataFormat)
                .SeparableConv2D(5, 2, dataFormat: dataFormat)
                .Conv2DTranspose(2, 3, strides: 2, dataFormat: dataFormat)
                .AveragePooling2D(2, dataFormat: dataFormat);
            var model = new Model(x, h.GlobalAveragePooling2D(dataFormat).Dense(1));
            model.Compile(optimizer: "adam", loss: "mse");
            return model;
        }

        var last = Create("channels_last", [8, 8, 3]);
        var first = Create("channels_first", [3, 8, 8]);
        var turned = new float[6, 3, 8, 8];
        for (var image = 0; image < 6; image++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                for (var row = 0; row < 8; row++)
                {
                    for (var column = 0; column < 8; column++)
                        turned[image, channel, row, column] = (float)Images[image, row, column, channel];
                }
            }
        }

        var targets = Waves([6, 1]);
        last.Fit(Images, targets, epochs: 3, verbose: 0, shuffle: false);
        first.Fit(turned, targets, epochs: 3, verbose: 0, shuffle: false);
        foreach (var (expected, found) in last.GetWeights().Zip(first.GetWeights()))
            AssertClose(expected, found);
    }

    [Fact]
    public void ASavedModel_KeepsEveryArgument()
    {
        var x = Input(shape: [8, 8, 3]);
        var h = x.Conv2D(6, (3, 2), strides: 2, padding: "same", groups: 3, kernelRegularizer: "l2")
            .Conv2DTranspose(4, 3, strides: 2, padding: "same", outputPadding: (1, 0))
            .DepthwiseConv2D(2, dilationRate: 2, depthMultiplier: 2)
            .SeparableConv2D(3, 2, depthMultiplier: 2, pointwiseConstraint: "max_norm")
            .MaxPooling2D(2, strides: 1, padding: "same");
        var model = new Model(x, h);

        using var folder = new TemporaryFolder();
        model.Save(folder.File("model.keras"));
        var loaded = Model.Load(folder.File("model.keras"));

        Assert.Equal(
            model.Layers.Select(layer => layer.Config.ToJsonString()),
            loaded.Layers.Select(layer => layer.Config.ToJsonString()));
        Assert.Equal(((Tensor)model.Predict(Images)).ToArray<float>(), ((Tensor)loaded.Predict(Images)).ToArray<float>());
    }

    [Fact]
    public void WhatDoesNotFit_IsSaidWithLayerAndShape()
    {
        var x = Input(shape: [8, 2, 3]);
        AssertSays(
            "Layer 'eye' (Conv2D): kernel_size 3 does not fit axis 2 of length 2 with padding 'valid': input 0 has shape (batch, 8, 2, 3)",
            () => x.Conv2D(4, 3, name: "eye"));
        AssertSays("Layer 'eye' (Conv2D): cannot divide 3 channels into 2 groups", () => x.Conv2D(4, 2, groups: 2, name: "eye"));
        AssertSays("Conv2D: filters must be a multiple of groups, 3, but is 4.", () => Conv2D(4, 3, groups: 3));
        AssertSays(
            "Conv2D: dilation_rate must be 1 on every axis where strides are [2; 2], but is [2; 2].",
            () => Conv2D(4, 3, strides: 2, dilationRate: 2));
        AssertSays("Unknown padding 'smae'. Did you mean 'same'?", () => Conv2D(4, 3, padding: "smae"));
        AssertSays("pool_size", () => AveragePooling1D(0));
    }

    private static Tensor Waves(int[] lengths) => Tensor.Create<float>(
        [.. lengths], [.. Enumerable.Range(0, lengths.Aggregate(1, (product, length) => product * length)).Select(i => MathF.Sin(i))]);

    private static void AssertClose(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.Shape.ToString(), found.Shape.ToString());
        foreach (var (a, b) in expected.ToArray<float>().Zip(found.ToArray<float>()))
            Assert.Equal(a, b, 1e-4f);
    }

    private static void AssertSays(string sentence, Action act) => Assert.Contains(
        sentence, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
