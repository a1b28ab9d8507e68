using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Layers that learn from data before they are trained.</summary>
public class AdaptTests
{
    private static readonly float[,] Table = { { 1, 5 }, { 2, 5 }, { 4, 5 } };

    [Fact]
    public void Normalization_TakesMeanAndVariance_BeforeItIsCalled()
    {
        var layer = Normalization();
        layer.Adapt(Table);
        var x = Input(shape: [2], name: "table");
        var model = new Model(x, layer(x));

        var weights = model.GetWeights();
        Assert.Equal([7f / 3, 5], weights[0].ToArray<float>());
        Assert.Equal(14f / 9, weights[1].ToArray<float>()[0], 1e-6);
        Assert.Equal(ElementKind.Int32, weights[2].ElementType);
        var found = model.Predict(Table).ToArray<float>();
        Assert.Equal(-1.0690448, found[0], 1e-6);
        Assert.Equal(0, found[1]);
        Assert.Contains("table", Assert.Single(layer.Input).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Normalization_TakesMeanAndVariance_AfterItWasCalled_AndIsSavedWithThem()
    {
        var layer = Normalization(axis: []);
        var x = Input(shape: [2]);
        var model = new Model(x, layer(x));
        layer.Adapt(Table);
        Assert.Equal(22f / 6, layer.GetWeights()[0].ToArray<float>()[0], 1e-6);

        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.keras");
        model.Save(path);
        Assert.Equal(model.Predict(Table).ToArray<float>(), Model.Load(path).Predict(Table).ToArray<float>());
        File.Delete(path);
    }

    [Fact]
    public void Normalization_TakesGivenNumbers_AndTurnsThemBack()
    {
        var x = Input(shape: [2]);
        var forward = Normalization(mean: new[] { 1.0, 2.0 }, variance: new[] { 4.0, 9.0 })(x);
        var back = Normalization(mean: new[] { 1.0, 2.0 }, variance: new[] { 4.0, 9.0 }, invert: true)(forward);
        var found = new Model(x, [forward, back]).Predict(Table);
        Assert.Equal([0f, 1, 0.5f, 1, 1.5f, 1], found[0].ToArray<float>());
        Assert.Equal(Table.Cast<float>(), found[1].ToArray<float>());
    }

    [Fact]
    public void Normalization_NeedsTheShapeItWasAdaptedTo()
    {
        var layer = Normalization();
        layer.Adapt(Table);
        var failure = Assert.Throws<ArgumentException>(() => layer(Input(shape: [3])));
        Assert.Contains("was adapted to data whose mean has shape (2,), but its input needs (3,)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Discretization_PartsDataIntoBins_AndIsSavedWithThem()
    {
        var layer = Discretization(numBins: 4);
        layer.Adapt(Enumerable.Range(0, 41).Select(index => index / 4f).ToArray());
        var x = Input(shape: [3]);
        var model = new Model(x, layer(x));
        float[,] data = { { -5, 0, 0.3f }, { 1, 5.5f, 20 } };
        Assert.Equal([0, 0, 0, 0, 2, 3], model.Predict(data).ToArray<int>());
        Assert.Contains("2.3125", model.ToJson(), StringComparison.Ordinal);
        Assert.Equal([0, 0, 0, 0, 2, 3], Model.FromJson(model.ToJson()).Predict(data).ToArray<int>());
    }

    [Fact]
    public void WhatCannotAdapt_SaysSo()
    {
        var called = Discretization(numBins: 2);
        Assert.Throws<ArgumentException>(() => called(Input(shape: [2])));

        var given = Discretization(binBoundaries: [0.0, 1.0]);
        Assert.Contains(
            "boundaries were given",
            Assert.Throws<ArgumentException>(() => given.Adapt(Table)).Message,
            StringComparison.Ordinal);
        given(Input(shape: [2]));
        Assert.Contains(
            "adapt it to data before it is called",
            Assert.Throws<InvalidOperationException>(() => given.Adapt(Table)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "mean and variance were given",
            Assert.Throws<ArgumentException>(() => Normalization(mean: 0.0, variance: 1.0).Adapt(Table)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "learns nothing from data",
            Assert.Throws<InvalidOperationException>(() => Dense(2).Adapt(Table)).Message,
            StringComparison.Ordinal);
    }
}
