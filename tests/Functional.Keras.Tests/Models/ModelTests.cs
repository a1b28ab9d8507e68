using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

public class ModelTests
{
    private static readonly float[,] X = { { 0.5f, -1, 2 }, { 1, 0.25f, -0.5f }, { -2, 1, 0 }, { 3, 2, 1 } };
    private static readonly float[,] Y = { { 1 }, { 0 }, { 2 }, { -1 } };

    [Fact]
    public void FourWaysToWriteAModel_AreOne()
    {
        var called = Seeded(() =>
        {
            var x = Input(shape: [3]);
            var h = Dense(4, activation: "tanh")(x);
            return new Model(inputs: x, outputs: Dense(1)(h));
        });
        var fluent = Seeded(() =>
        {
            var x = Input(shape: [3]);
            return new Model(x, x.Dense(4, Functional.Keras.Activation.Tanh).Dense(1));
        });
        var piped = Seeded(() =>
        {
            var x = Input(shape: [3]);
            return new Model(x, x | Dense(4, "tanh") | Dense(1));
        });
        var sequential = Seeded(() => new Sequential([Input(shape: [3]), Dense(4, "tanh"), Dense(1)]));
        var added = Seeded(() =>
        {
            var model = new Sequential();
            model.Add(Dense(4, "tanh", inputShape: 3));
            model.Add(Dense(1));
            return model;
        });
        var subclass = Seeded(() => new TwoLayers());

        var expected = called.Predict(X).ToArray<float>();
        foreach (var model in new[] { fluent, piped, sequential, added, subclass })
        {
            Assert.Equal(expected, model.Predict(X).ToArray<float>());
            Assert.Equal(called.CountParams(), model.CountParams());
        }
    }

    [Fact]
    public void FunctionalAndSequential_TrainAlike_ToTheLastBit()
    {
        float[][] Train(Func<Model> create)
        {
            var model = Seeded(create);
            model.Compile("adam", "mse");
            model.Fit(X, Y, epochs: 5, batchSize: 3, verbose: 0);
            return [.. model.GetWeights().Select(weight => weight.ToArray<float>())];
        }

        var functional = Train(() =>
        {
            var x = Input(shape: [3]);
            return new Model(x, x.Dense(4, "tanh").Dense(1));
        });
        Assert.Equal(functional, Train(() => new Sequential([Dense(4, "tanh", inputShape: 3), Dense(1)])));
    }

    [Fact]
    public void ModelsThatShareLayers_ShareWeights()
    {
        RandomSeed.Set(3);
        var x = Input(shape: [3]);
        var code = Dense(2, "tanh", name: "encode")(x);
        var encoder = new Model(x, code);
        var autoencoder = new Model(x, code.Dense(3, name: "decode"));
        var before = encoder.Predict(X).ToArray<float>();
        autoencoder.Compile(Optimizers.SGD(0.5), "mse");
        autoencoder.Fit(X, X, epochs: 3, verbose: 0);
        Assert.NotEqual(before, encoder.Predict(X).ToArray<float>());
        Assert.Equal(
            encoder.GetLayer("encode").GetWeights()[0].ToArray<float>(),
            autoencoder.GetLayer("encode").GetWeights()[0].ToArray<float>());
        autoencoder.TrainOnBatch(X, X);
        Assert.Equal(encoder.GetWeights()[0].ToArray<float>(), autoencoder.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void LayerCalledTwice_HasOneSetOfWeights()
    {
        var a = Input(shape: [3]);
        var b = Input(shape: [3]);
        var shared = Dense(2, useBias: false);
        var model = new Model([a, b], Subtract()(shared(a), shared(b)));
        Assert.Equal(6, model.CountParams());
        Assert.Equal(new float[8], model.Predict([X, X]).ToArray<float>());
        Assert.Equal(4, model.Layers.Count);
    }

    [Fact]
    public void ModelInsideAModel_IsALayer()
    {
        var inner = new Sequential([Dense(4, "relu", inputShape: 3), Dense(2)], name: "inner");
        var x = Input(shape: [3]);
        var model = new Model(x, (x | inner).Dense(1, name: "outer"));
        Assert.Equal(["input_layer", "inner", "outer"], model.Layers.Select(layer => layer.Name));
        Assert.Equal(29, model.CountParams());
        Assert.Equal("inner/dense/kernel", model.Weights[0].Path);
        model.Compile(Optimizers.SGD(0.1), "mse");
        var before = inner.Predict(X).ToArray<float>();
        model.Fit(X, Y, verbose: 0);
        Assert.NotEqual(before, inner.Predict(X).ToArray<float>());
    }

    [Fact]
    public void FrozenLayers_KeepTheirWeights()
    {
        var model = new Sequential([Dense(4, inputShape: 3, name: "frozen"), Dense(1, name: "free")]);
        model.GetLayer("frozen").Trainable = false;
        model.Compile(Optimizers.SGD(0.1), "mse");
        var before = model.GetWeights();
        model.Fit(X, Y, verbose: 0);
        var after = model.GetWeights();
        Assert.Equal(before[0].ToArray<float>(), after[0].ToArray<float>());
        Assert.NotEqual(before[2].ToArray<float>(), after[2].ToArray<float>());
        Assert.Equal(["free/kernel", "free/bias"], model.TrainableWeights.Select(weight => weight.Path));
    }

    [Fact]
    public void FrozenModelInsideAModel_KeepsItsWeights()
    {
        var inner = new Sequential([Dense(2, inputShape: 3)], name: "inner");
        inner.Trainable = false;
        var x = Input(shape: [3]);
        var model = new Model(x, (x | inner).Dense(1));
        model.Compile(Optimizers.SGD(0.1), "mse");
        var before = inner.GetWeights()[0].ToArray<float>();
        model.Fit(X, Y, verbose: 0);
        Assert.Equal(before, inner.GetWeights()[0].ToArray<float>());
        Assert.Equal(2, model.TrainableWeights.Count);
    }

    [Fact]
    public void ModelsTrainedInTurn_KeepWhatEachLearnt()
    {
        // As adversarial nets are: one model trains the first layer, the other one the second.
        var x = Input(shape: [3]);
        var first = Dense(2, name: "first");
        var second = Dense(1, name: "second");
        var output = second(first(x));
        var trainsFirst = new Model(x, output);
        var trainsSecond = new Model(x, output);
        second.Trainable = false;
        trainsFirst.Compile(Optimizers.SGD(0.01), "mse");
        (first.Trainable, second.Trainable) = (false, true);
        trainsSecond.Compile(Optimizers.SGD(0.01), "mse");
        float[][] last = [first.GetWeights()[0].ToArray<float>(), second.GetWeights()[0].ToArray<float>()];
        for (var turn = 0; turn < 3; turn++)
        {
            trainsFirst.TrainOnBatch(X, Y);
            Assert.NotEqual(last[0], first.GetWeights()[0].ToArray<float>());
            Assert.Equal(last[1], second.GetWeights()[0].ToArray<float>());
            last[0] = first.GetWeights()[0].ToArray<float>();
            trainsSecond.TrainOnBatch(X, Y);
            Assert.Equal(last[0], first.GetWeights()[0].ToArray<float>());
            Assert.NotEqual(last[1], second.GetWeights()[0].ToArray<float>());
            last[1] = second.GetWeights()[0].ToArray<float>();
        }
    }

    [Fact]
    public void WeightsOfALayerSetBetweenSteps_LeaveTheOthersAsTrained()
    {
        var model = new Sequential([Dense(2, inputShape: 3, name: "a"), Dense(1, name: "b")]);
        model.Compile(Optimizers.SGD(0.01), "mse");
        model.TrainOnBatch(X, Y);
        var trained = model.GetLayer("a").GetWeights()[0].ToArray<float>();
        model.TrainOnBatch(X, Y);
        model.GetLayer("b").SetWeights(new float[2, 1], new float[1]);
        Assert.NotEqual(trained, model.GetLayer("a").GetWeights()[0].ToArray<float>());
        Assert.Equal(new float[4], model.Predict(X).ToArray<float>());
    }

    [Fact]
    public void Snapshot_BringsWeightsBack()
    {
        var model = new Sequential([Dense(1, inputShape: 3)]);
        model.Compile(Optimizers.SGD(0.1), "mse");
        var before = model.Predict(X).ToArray<float>();
        var snapshot = model.Snapshot();
        model.Fit(X, Y, epochs: 2, verbose: 0);
        Assert.NotEqual(before, model.Predict(X).ToArray<float>());
        model.Restore(snapshot);
        Assert.Equal(before, model.Predict(X).ToArray<float>());
        model.Fit(X, Y, epochs: 1, verbose: 0);
        Assert.NotEqual(before, model.Predict(X).ToArray<float>());
        Assert.Equal(before.Length, snapshot.Values[0].Length + snapshot.Values[1].Length);
    }

    [Fact]
    public void SeveralInputsAndOutputs_GoByPositionOrName()
    {
        var a = Input(shape: [3], name: "a");
        var b = Input(shape: [2], name: "b");
        var model = new Model([a, b], [a.Dense(2, name: "p"), Concatenate(name: "q")(a, b)]);
        var byPosition = model.Predict([X, new float[4, 2]]);
        var byName = model.Predict(Tensors.Named(("b", new float[4, 2]), ("a", X)));
        Assert.Equal(2, byPosition.Count);
        Assert.Equal(byPosition[0].ToArray<float>(), byName[0].ToArray<float>());
        Assert.Equal("(4, 5)", byName[1].Shape.ToString());
        Assert.Equal(["a", "b"], model.InputNames);
        Assert.Equal(["p", "q"], model.OutputNames);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("relu6")]
    [InlineData("leaky_relu")]
    [InlineData("hard_sigmoid")]
    public void AWeightThatIsNaN_IsSeenInTheOutputs(string activation)
    {
        var input = Input(shape: 2);
        var model = new Model(input, input.Dense(40, activation: activation, name: "hidden").Dense(1));
        var kernel = new float[2, 40];
        kernel[1, 33] = float.NaN;
        model.GetLayer("hidden").SetWeights(kernel, new float[40]);
        Tensor output = model.Predict(new float[3, 2] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        Assert.All(output.ToArray<float>(), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Layers_TellWhatTheyAre()
    {
        var x = Input(shape: [3]);
        var layer = Dense(2, "relu", name: "unit");
        var y = layer(x);
        Assert.Equal("unit", layer.Name);
        Assert.Equal("Dense", layer.ClassName);
        Assert.Equal(["kernel", "bias"], layer.Weights.Select(weight => weight.Name));
        Assert.Equal("(None, 3)", ((SymbolicTensor)layer.Input).Shape.ToString());
        Assert.Equal(y.Shape, ((SymbolicTensor)layer.Output).Shape);
        Assert.Equal(2, layer.Config["units"]!.GetValue<int>());
        Assert.Equal(8, layer.CountParams());
        layer.SetWeights(new float[3, 2], new float[] { 1, -1 });
        Assert.Equal([1f, 0, 1, 0, 1, 0, 1, 0], new Model(x, y).Predict(X).ToArray<float>());
    }

    [Fact]
    public void LayersOverImages_GiveKerasShapes()
    {
        var image = Input(shape: [8, 6, 3]);
        Assert.Equal("(None, 16, 18, 3)", image.UpSampling2D(size: (2, 3)).Shape.ToString());
        Assert.Equal("(None, 11, 13, 3)", image.ZeroPadding2D(padding: ((1, 2), (3, 4))).Shape.ToString());
        Assert.Equal("(None, 6, 4, 3)", image.Cropping2D(cropping: 1).Shape.ToString());
        Assert.Equal("(None, 3)", image.GlobalAveragePooling2D().Shape.ToString());
        Assert.Equal("(None, 1, 1, 3)", image.GlobalMaxPooling2D(keepdims: true).Shape.ToString());
        Assert.Equal("(None, 9, 4)", Input(shape: [7, 4]).ZeroPadding1D().Shape.ToString());
    }

    [Fact]
    public void Pop_RemovesTheLastLayer()
    {
        var model = new Sequential([Dense(4, inputShape: 3), Dense(2), Dense(1)]);
        model.Pop();
        Assert.Equal("(None, 2)", model.Outputs[0].Shape.ToString());
        model.Add(Dense(5));
        Assert.Equal("(None, 5)", model.Outputs[0].Shape.ToString());
    }

    [Fact]
    public void ShapesComeFromData_WhenNoneAreGiven()
    {
        var model = new Sequential([Dense(4, "relu"), Dense(1)]);
        Assert.False(model.IsBuilt);
        model.Compile("sgd", "mse");
        model.Fit(X, Y, verbose: 0);
        Assert.Equal(21, model.CountParams());
    }

    [Fact]
    public void DoublePrecision_KeepsItsDigits()
    {
        var model = new Sequential([Dense(1, useBias: false, inputShape: 1)], dtype: ElementKind.Float64);
        model.SetWeights(new[,] { { 1.0 / 3 } });
        Assert.Equal(1.0 / 3, model.Predict(new[,] { { 1.0 } })[0].ToScalar<double>());
    }

    private static Model Seeded(Func<Model> create)
    {
        RandomSeed.Set(11);
        return create();
    }

    private sealed class TwoLayers : Model
    {
        private readonly Layer hidden = Dense(4, "tanh");
        private readonly Layer output = Dense(1);

        public override SymbolicTensors Call(SymbolicTensors inputs) => output(hidden(inputs));
    }
}
