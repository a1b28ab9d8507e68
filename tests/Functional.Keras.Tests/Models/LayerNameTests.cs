using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Names of layers that were given none: Keras's, in the order in which the layers were made.</summary>
public class LayerNameTests
{
    [Fact]
    public void Names_FollowTheOrderInWhichLayersWereMade_NotThatOfTheirCalls()
    {
        var (inputA, inputB) = (Input(shape: [2]), Input(shape: [2]));
        var (first, second, third) = (Dense(16), Dense(8), Dense(4));
        var output = third(second(inputB) + first(inputA).Dense(8)) * 2 + 1;
        var model = new Model([inputB, inputA], output);
        Assert.Equal("dense", first.Name);
        Assert.Equal("dense_1", second.Name);
        Assert.Equal("dense_2", third.Name);
        Assert.Equal(["input_layer_1", "input_layer"], model.InputNames);
        Assert.Same(first, model.GetLayer("dense"));
        Assert.Equal(
            ["add", "add_1", "multiply"], model.Operations.Select(layer => layer.Name)
                .Where(name => name.StartsWith("add", StringComparison.Ordinal) || name == "multiply").Order());
        Assert.Equal("add_1", model.OutputNames[0]);
    }

    [Fact]
    public void NamesThatWereGiven_AreNotTakenAgain()
    {
        var x = Input(shape: [2]);
        var (first, named, second) = (Dense(3), Dense(3, name: "dense"), Dense(3));
        _ = new Model(x, second(named(first(x))));
        Assert.Equal(["dense_1", "dense", "dense_2"], new[] { first.Name, named.Name, second.Name });
    }

    [Fact]
    public void ALayer_KeepsTheFirstNameItGot()
    {
        var x = Input(shape: [2]);
        var (unused, encoder, decoder) = (Dense(5), Dense(3), Dense(2));
        var code = encoder(x);
        var inner = new Model(x, code);
        var outer = new Model(x, decoder(unused(code)));
        Assert.Equal("dense", encoder.Name);
        Assert.Equal("dense_1", unused.Name);
        Assert.Equal("dense_2", decoder.Name);
        Assert.Same(encoder, outer.GetLayer("dense"));
        Assert.Same(encoder, inner.GetLayer("dense"));
    }

    [Fact]
    public void LayersThatGotOneNameInTwoModels_DifferInAThird()
    {
        var (left, right) = (Dense(3), Dense(3));
        Model Around(Layer layer)
        {
            var x = Input(shape: [2]);
            return new Model(x, layer(x));
        }

        _ = (Around(left), Around(right));
        Assert.Equal(left.Name, right.Name);
        var input = Input(shape: [2]);
        var both = new Model(input, left(input) + right(input));
        Assert.Same(left, both.GetLayer("dense"));
        Assert.Same(right, both.GetLayer("dense_1"));
    }

    [Fact]
    public void ModelsInsideAModel_AreNamedByTheOrderInWhichTheyWereMade()
    {
        Sequential Part() => new([Dense(2, inputShape: 2)]);
        var (first, second) = (Part(), Part());
        var x = Input(shape: [2]);
        Layer outer = second;
        var model = new Model(x, ((Layer)first)(outer(x)));
        Assert.Equal("sequential", ((Layer)first).Name);
        Assert.Equal("sequential_1", outer.Name);
        Assert.Equal(["sequential_1/dense/kernel", "sequential/dense/kernel"], model.Weights
            .Where(weight => weight.Name == "kernel").Select(weight => weight.Path));
    }
}
