using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Models without shapes inside of others get their shapes when the others are connected.</summary>
public class UnbuiltModelTests
{
    private static Sequential Augmentation => new([RandomFlip(), Rescaling(2)], name: "augmentation");

    [Fact]
    public void InFrontOfASequentialModel_AnAugmentationBlockIsConnectedByData()
    {
        var model = new Sequential([Augmentation, Conv2D(2, 3, kernelInitializer: "ones"), Flatten(), Dense(1)]);

        Assert.False(model.IsBuilt);
        Assert.Equal(["augmentation", "conv2d", "flatten", "dense"], model.Layers.Select(layer => layer.Name));
        model.Compile("adam", "mse");
        model.Fit(new float[4, 8, 8, 3], new float[4, 1], verbose: 0);

        Assert.Equal(56 + 73, model.CountParams());
        Assert.Equal(Shape.Create(null, 8, 8, 3), model.Layers[0].Output[0].Shape);
        Assert.Same(model.Layers[0], model.GetLayer("augmentation"));
    }

    [Fact]
    public void InASequentialModelWithAnInput_ItIsConnectedAtOnce()
    {
        var model = new Sequential([Input([8, 8, 3]), Augmentation, new Sequential([new Sequential([Conv2D(2, 3)])]), Flatten()]);

        Assert.Equal(56, model.CountParams());
        Assert.Equal(Shape.Create(null, 72), model.Outputs[0].Shape);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InAModel_ItIsOneLayer_WhoseWeightsAreShared(bool byCall)
    {
        var block = new Sequential([Dense(3, name: "inner")], name: "block");
        var (a, b) = (Input([4]), Input([4]));
        Layer layer = block;
        SymbolicTensors Called(SymbolicTensor x) => byCall ? block.Call(x) : layer(x);
        var model = new Model([a, b], Called(a)[0] + Called(b)[0]);

        Assert.Equal(["block/inner/kernel", "block/inner/bias"], model.Weights.Select(weight => weight.Path));
        Assert.True(block.IsBuilt);
        Assert.Equal(15, block.CountParams());
        Assert.Same(layer, block.ToLayer());
        Assert.Equal(
            model.Predict([Ones(2, 4), Ones(2, 4)], verbose: 0)[0].ToArray<float>(),
            block.Predict(Ones(2, 4), verbose: 0)[0].ToArray<float>().Select(value => 2 * value));
    }

    [Fact]
    public void NumbersOfEntries_StayWholeNumbers()
    {
        var x = Input([5], dtype: "int32");
        var block = new Sequential([Embedding(7, 2), Flatten()]);
        var model = new Model(x, x | block);

        Assert.Equal(Shape.Create(null, 10), model.Outputs[0].Shape);
        Assert.Equal(Shape.Create(2, 10), model.Predict(new int[2, 5], verbose: 0)[0].Shape);
    }

    [Fact]
    public void AFunctionOfOnesOwn_IsConnectedByItsFirstCall()
    {
        var own = new Own();
        var x = Input([4]);

        var model = new Model(x, own.ToLayer()(x));

        Assert.Equal(15 + 8, model.CountParams());
        Assert.True(own.IsBuilt);
    }

    [Fact]
    public void UnderTimeDistributed_ItIsConnectedForOneStep()
    {
        var x = Input([5, 8, 8, 1]);
        var steps = TimeDistributed(new Sequential([Conv2D(2, 3), Flatten()]), name: "steps");

        var model = new Model(x, x | steps | LSTM(3));

        Assert.Equal(Shape.Create(null, 5, 72), model.GetLayer("steps").Output[0].Shape);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.keras");
        try
        {
            model.Save(path);
            var images = Ones(2, 5, 8, 8, 1);
            Assert.Equal(
                model.Predict(images, verbose: 0)[0].ToArray<float>(),
                Model.Load(path).Predict(images, verbose: 0)[0].ToArray<float>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WhatIsNotTrained_StaysSo()
    {
        var block = new Sequential([Dense(3)]) { Trainable = false };
        var x = Input([4]);

        var model = new Model(x, Dense(1)(block.ToLayer()(x)));

        Assert.Equal(2, model.TrainableWeights.Count);
        Assert.Equal(2, model.NonTrainableWeights.Count);
    }

    [Fact]
    public void DataThatDoesNotFit_DecidesNothing()
    {
        var model = new Sequential([Augmentation, Conv2D(2, 3), Flatten(), Dense(1)]);

        Assert.ThrowsAny<ArgumentException>(() => model.Predict(new float[2, 8], verbose: 0));

        Assert.Equal(Shape.Create(2, 1), model.Predict(new float[2, 8, 8, 3], verbose: 0)[0].Shape);
    }

    [Fact]
    public void WithoutAnyCall_ItSaysWhatToDo()
    {
        var block = new Sequential([Dense(3)], name: "block");

        Assert.Contains("'block'", Assert.Throws<InvalidOperationException>(() => Bidirectional(block)).Message);
        Assert.Contains("'block'", Assert.Throws<InvalidOperationException>(() => block.CountParams()).Message);
        Assert.False(block.IsBuilt);
    }

    [Fact]
    public void LayersAddedLater_AreTheNextModels()
    {
        var block = new Sequential([Dense(3)], name: "block");
        var x = Input([4]);
        var before = new Model(x, x | block);

        block.Add(Dense(2));

        Assert.Equal(Shape.Create(null, 3), before.Outputs[0].Shape);
        Assert.Equal(Shape.Create(null, 2), new Model(x, x | block).Outputs[0].Shape);
    }

    [Fact]
    public void OfALoadedModel_ItStaysTheLayerThatItIs()
    {
        var x = Input([4]);
        var block = new Sequential([Dense(3)], name: "block");
        var loaded = Model.FromJson(new Model(x, x | block).ToJson());

        loaded.GetLayer("block").Trainable = false;

        Assert.Empty(loaded.TrainableWeights);
        Assert.Equal(2, loaded.NonTrainableWeights.Count);
    }

    private static Tensor Ones(params int[] shape) => Tensor.Ones(Shape.FromInts(shape));

    private sealed class Own : Model
    {
        private readonly Layer first = Dense(3);
        private readonly Layer second = Dense(2);

        public override SymbolicTensors Call(SymbolicTensors inputs) => second(first(inputs[0]));
    }
}
