using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

public sealed class ModelSavingTests
{
    private static readonly Tensor X = Tensor.Create<float>([24, 3], [.. Enumerable.Range(0, 72).Select(i => MathF.Sin(i))]);
    private static readonly Tensor Y = Tensor.Create<float>([24, 1], [.. Enumerable.Range(0, 24).Select(i => MathF.Cos(i))]);

    [Theory]
    [InlineData("adam")]
    [InlineData("schedule")]
    [InlineData("nadam")]
    [InlineData("momentum")]
    public void LoadThenFit_EqualsNeverHavingStopped_ToTheLastBit(string optimizer)
    {
        using var folder = new TemporaryFolder();
        var model = NewModel(optimizer, dropout: 0.3);
        model.Fit(X, Y, batchSize: 8, epochs: 2, verbose: 0);
        model.Save(folder.File("model.keras"));
        AssertGoesOnEqually(model, Model.Load(folder.File("model.keras")));
    }

    [Fact]
    public void AWholeModelH5File_GoesOnTrainingToo()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel("adam", dropout: 0.0);
        model.Fit(X, Y, batchSize: 8, epochs: 2, verbose: 0);
        model.Save(folder.File("model.h5"));
        AssertGoesOnEqually(model, Model.Load(folder.File("model.h5")));
    }

    [Fact]
    public void AModelInDoublePrecision_KeepsAllItsDigits()
    {
        using var folder = new TemporaryFolder();
        var x = Input(shape: [3]);
        var model = new Model(x, x.Dense(4, "tanh").Dense(1), dtype: Kernels.Memory.ElementKind.Float64);
        model.Save(folder.File("model.keras"));
        var loaded = Model.Load(folder.File("model.keras"));
        Assert.Equal(Kernels.Memory.ElementKind.Float64, loaded.ElementType);
        Assert.Equal(Numbers(model), Numbers(loaded));
    }

    [Fact]
    public void ALearningRateThatWasSet_IsThereAfterLoading()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel("adam", dropout: 0.0);
        model.Optimizer.LearningRate = 0.0123;
        model.Save(folder.File("model.keras"));
        Assert.Equal(0.0123, Model.Load(folder.File("model.keras")).Optimizer.LearningRate);
    }

    [Fact]
    public void ASharedLayerAndANestedModel_AreStillSharedAndNestedAfterLoading()
    {
        using var folder = new TemporaryFolder();
        var (a, b) = (Input(shape: [3], name: "a"), Input(shape: [3], name: "b"));
        var encoder = new Sequential([Input(shape: [3]), Dense(4, "relu"), Dense(2)], name: "encoder").ToLayer();
        var model = new Model([a, b], Concatenate()(encoder(a), encoder(b)) | Dense(1));
        model.Save(folder.File("model.keras"));
        var loaded = Model.Load(folder.File("model.keras"));
        Assert.Equal(model.Layers.Select(layer => layer.Name), loaded.Layers.Select(layer => layer.Name));
        Assert.Equal(6, loaded.Weights.Count);
        Assert.Equal(4, loaded.GetLayer("encoder").Weights.Count);
        Assert.Equal(Predict(model, [X, X]), Predict(loaded, [X, X]));
    }

    [Fact]
    public void LayersOfALoadedModel_CanBeUsedInANewOne()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel("adam", dropout: 0.0);
        model.Save(folder.File("model.keras"));
        var loaded = Model.Load(folder.File("model.keras"), compile: false);
        var features = new Model(loaded.Inputs, loaded.GetLayer("hidden").Output);
        var expected = new Model(model.Inputs, model.GetLayer("hidden").Output);
        Assert.Equal(Predict(expected, X), Predict(features, X));
        Assert.Throws<InvalidOperationException>(() => loaded.Optimizer);
    }

    [Fact]
    public void LayersThatAreNotTrained_StayUntrainedAfterLoading()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel("adam", dropout: 0.0);
        model.GetLayer("hidden").Trainable = false;
        model.Save(folder.File("model.keras"));
        Assert.Equal(2, Model.Load(folder.File("model.keras"), compile: false).TrainableWeights.Count);
    }

    [Fact]
    public void AModelInJson_IsTheSameModelWithoutWeights()
    {
        var model = NewModel("adam", dropout: 0.3);
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson(indented: true)).ToJson());
        var failure = Assert.Throws<ArgumentException>(() => Model.FromJson("[1, 2]"));
        Assert.Contains("A saved model is a JSON object", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsByName_GoToTheLayersOfThatName()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel("adam", dropout: 0.0);
        model.Save(folder.File("model.h5"));
        var other = new Sequential([Input(shape: [3]), Dense(5, name: "hidden"), Dense(2, name: "other")]);
        var before = other.GetLayer("other").GetWeights()[0].ToArray<float>();
        other.LoadWeights(folder.File("model.h5"), byName: true);
        Assert.Equal(
            model.GetLayer("hidden").GetWeights()[0].ToArray<float>(), other.GetLayer("hidden").GetWeights()[0].ToArray<float>());
        Assert.Equal(before, other.GetLayer("other").GetWeights()[0].ToArray<float>());
    }

    [Theory]
    [InlineData("model.h5")]
    [InlineData("model.weights.h5")]
    [InlineData("model.keras")]
    public void WeightsThatDoNotFit_AreRefusedOrSkipped(string file)
    {
        using var folder = new TemporaryFolder();
        var model = NewModel("adam", dropout: 0.0);
        if (file == "model.weights.h5")
            model.SaveWeights(folder.File(file));
        else
            model.Save(folder.File(file));
        var other = new Sequential([Input(shape: [3]), Dense(5), Dense(7)]);
        var failure = Assert.Throws<ModelFileException>(() => other.LoadWeights(folder.File(file)));
        Assert.Contains("shape (5, 7)", failure.Message, StringComparison.Ordinal);
        other.LoadWeights(folder.File(file), skipMismatch: true);
        Assert.Equal(model.GetWeights()[0].ToArray<float>(), other.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void ACheckpoint_WritesTheBestModel_UnderANameWithEpochAndMetrics()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = new ModelCheckpoint(folder.File("best-{epoch:02d}-{loss:.1f}.keras"), "loss", saveBestOnly: true);
        var model = NewModel("adam", dropout: 0.0);
        model.Fit(X, Y, epochs: 1, verbose: 0, callbacks: [checkpoint]);
        Assert.Matches(@"^best-01-\d+\.\d\.keras$", Assert.Single(folder.Names));
        Assert.Equal(Numbers(model), Numbers(Model.Load(checkpoint.LastPath!)));
    }

    private static Sequential NewModel(string optimizer, double dropout)
    {
        RandomSeed.Set(11);
        var model = new Sequential([Input(shape: [3]), Dense(5, "relu", name: "hidden"), Dropout(dropout), Dense(1)]);
        model.Compile(
            optimizer switch
            {
                "schedule" => Optimizers.SGD(Schedules.ExponentialDecay(0.1, 3, 0.9)),
                "momentum" => Optimizers.SGD(0.05, momentum: 0.9, nesterov: true),
                _ => Optimizer.FromName(optimizer),
            },
            "mse",
            metrics: ["mae"]);
        return model;
    }

    private static void AssertGoesOnEqually(Model model, Model loaded)
    {
        Assert.Equal(Numbers(model), Numbers(loaded));
        Assert.Equal(model.Optimizer.Iterations, loaded.Optimizer.Iterations);
        var histories = new[] { model, loaded }.Select(each =>
        {
            RandomSeed.Set(12);
            return each.Fit(X, Y, batchSize: 8, epochs: 2, verbose: 0);
        }).ToArray();
        Assert.Equal(histories[0]["loss"], histories[1]["loss"]);
        Assert.Equal(histories[0]["mae"], histories[1]["mae"]);
        Assert.Equal(Numbers(model), Numbers(loaded));
    }

    private static double[] Numbers(Model model) => [.. model.GetWeights().SelectMany(weight => weight.ToArray<double>())];

    private static float[] Predict(Model model, Tensors x) => model.Predict(x).ToArray<float>();
}
