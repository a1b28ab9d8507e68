using System.IO.Compression;
using System.Text.Json.Nodes;
using Functional.Hdf5;
using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

/// <summary>What real Keras 3.3.3 wants of a file: each case was refused by it, or read as something else.</summary>
public sealed class KerasReadableTests
{
    private static readonly Tensor X = Tensor.Create<float>([4, 3], [.. Enumerable.Range(0, 12).Select(i => MathF.Sin(i))]);
    private static readonly Tensor Y = Tensor.Create<float>([4, 1], [1, 2, 3, 4]);

    [Fact]
    public void ARealNumberThatIsWhole_KeepsItsPoint()
    {
        var model = Chain(x => x.Dense(1));
        model.Compile(Optimizers.SGD(1.0), "mse");
        Assert.Contains("\"learning_rate\":1.0", CompileText(model), StringComparison.Ordinal);
    }

    [Fact]
    public void TheLossWeightOfOneOutput_IsANumber_AndThoseOfSeveralAreAListOfReals()
    {
        var one = Chain(x => x.Dense(1));
        one.Compile("sgd", "mse", lossWeights: 2.0);
        Assert.Contains("\"loss_weights\":2.0,", CompileText(one), StringComparison.Ordinal);
        var x = Input(shape: [3]);
        var two = new Model(x, [x.Dense(1), x.Dense(1)]);
        two.Compile("sgd", LossPerOutput.Create("mse", "mae"), lossWeights: [1.0, 3.0]);
        Assert.Contains("\"loss_weights\":[1.0,3.0]", CompileText(two), StringComparison.Ordinal);
    }

    [Fact]
    public void LossesWithAGap_AreNamed_AsAreTheirWeights()
    {
        var x = Input(shape: [3]);
        var model = new Model(x, [x.Dense(1, name: "a"), x.Dense(1, name: "b")]);
        model.Compile("sgd", new LossPerOutput { ["b"] = "mae" }, lossWeights: new LossWeights { ["b"] = 3.0 });
        var compiled = JsonNode.Parse(CompileText(model))!;
        Assert.Equal(["b"], compiled["loss"]!.AsObject().Select(entry => entry.Key));
        Assert.Equal("""{"a":1.0,"b":3.0}""", compiled["loss_weights"]!.ToJsonString());
    }

    [Fact]
    public void ACrossEntropyThatIsChosen_IsWrittenByItsClass()
    {
        var model = Chain(x => x.Dense(2, "softmax"));
        model.Compile("sgd", "categorical_crossentropy", metrics: ["accuracy", "ce"]);
        var metrics = JsonNode.Parse(CompileText(model))!["metrics"]!;
        Assert.Equal("accuracy", metrics[0]!.ToString());
        Assert.Equal("CategoricalCrossentropy", metrics[1]!["class_name"]!.ToString());
        Assert.Equal("ce", metrics[1]!["config"]!["name"]!.ToString());
    }

    [Fact]
    public void LayersWhoseClassTakesNoTrainable_AreWrittenWithoutIt()
    {
        var x = Input(shape: [4, 3]);
        var model = new Model(x, [SpatialDropout1D(0.3)(x), Discretization([0.0, 1.0])(x)]);
        foreach (var layer in LayersOf(model).Skip(1))
            Assert.False(layer["config"]!.AsObject().ContainsKey("trainable"), layer["class_name"]!.ToString());
    }

    [Fact]
    public void OperationsWhoseClassTakesNoName_AreWrittenWithoutIt()
    {
        var x = Input(shape: [3]);
        foreach (var layer in LayersOf(new Model(x, Ops.StopGradient(Ops.NanToNum(x)))).Skip(1))
            Assert.Empty(layer["config"]!.AsObject());
    }

    [Fact]
    public void ArgumentsOfOperations_AreOfTheKindThatKerasTakes()
    {
        var x = Input(shape: [3, 2]);
        var model = new Model(x, [Ops.Normalize(x, order: 2), Ops.Tile(x, 2), Ops.Reshape(x, Shape.Create(null, 2))]);
        var configs = LayersOf(model).Skip(1).Select(layer => layer["config"]!.ToJsonString());
        Assert.Equal(["""{"axis":-1,"order":2}""", """{"repeats":[2]}""", """{"newshape":[-1,2]}"""], configs);
    }

    [Fact]
    public void AnActivationWithArguments_BecomesTheLayerThatKerasHasForIt()
    {
        using var folder = new TemporaryFolder();
        var model = Chain(x => Activation(Functional.Keras.Activation.ReluWith(0.1, 1.0, 0.25))(x));
        var layer = LayersOf(model).Last();
        Assert.Equal("ReLU", layer["class_name"]!.ToString());
        Assert.Equal(
            """{"max_value":1.0,"negative_slope":0.1,"threshold":0.25}""",
            new JsonObject(layer["config"]!.AsObject().Where(entry => entry.Key is "max_value" or "negative_slope" or "threshold")
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))).ToJsonString());
        model.Save(folder.File("m.keras"));
        Assert.Equal(model.Predict(X)[0].ToArray<float>(), Model.Load(folder.File("m.keras")).Predict(X)[0].ToArray<float>());
    }

    [Fact]
    public void WhatKerasDoesNotReadAsItIsMeant_IsWarnedOf()
    {
        var model = Chain(x => Maxout()(x.Dense(2, Functional.Keras.Activation.LeakyRelu(0.3), name: "d").Dense(2, "step")));
        Assert.Equal(
            [
                "Layer 'd': Keras drops the arguments of activation 'leaky_relu' when it opens the file. A layer of its own "
                + "after this one (ReLU, LeakyReLU, ELU, Softmax) keeps them.",
                "Layer 'dense': Keras 3.3.3 has no activation 'step', and does not open the file.",
                "Layer 'maxout': Keras 3.3.3 has no layer Maxout, and does not open the file.",
            ],
            SavingWarnings.Of(JsonNode.Parse(model.ToJson())!.AsObject()));
        Assert.Empty(SavingWarnings.Of(JsonNode.Parse(Chain(x => x.Dense(2, "relu")).ToJson())!.AsObject()));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("nadam")]
    [InlineData("ftrl")]
    [InlineData("adafactor")]
    public void WeightsThatNoLossReaches_HaveOptimizerVariablesToo_AndStay(string optimizer)
    {
        using var folder = new TemporaryFolder();
        var x = Input(shape: [3]);
        var idle = Dense(2, name: "idle");
        var model = new Model(x, [x.Dense(1, name: "a"), idle(x)]);
        model.Compile(optimizer, new LossPerOutput { ["a"] = "mse" });
        var before = idle.GetWeights()[0].ToArray<float>();
        model.TrainOnBatch(X, Tensors.Create(Y, Tensor.Create<float>([4, 2], new float[8])));
        Assert.Equal(before, idle.GetWeights()[0].ToArray<float>());
        model.SaveWeights(folder.File("m.weights.h5"));
        using var file = Hdf5File.Open(folder.File("m.weights.h5"));
        var shapes = ((Hdf5Group)file.Root.Find("optimizer/vars")!).Datasets.Values.Select(slot => string.Join(',', slot.Shape));
        if (optimizer != "adafactor")
            Assert.Contains("3,2", shapes);
        Assert.Equal(optimizer switch { "adam" => 10, "nadam" => 11, "ftrl" => 10, _ => 14 }, shapes.Count());
    }

    [Fact]
    public void TheAverageOfAWeightThatNoLossReaches_IsTheWeight()
    {
        var x = Input(shape: [3]);
        var idle = Dense(2, name: "idle");
        var model = new Model(x, [x.Dense(1, name: "a"), idle(x)]);
        model.Compile(Optimizers.SGD(0.1, useEma: true), new LossPerOutput { ["a"] = "mse" });
        var before = idle.GetWeights()[0].ToArray<float>();
        model.Fit(X, Tensors.Create(Y, Tensor.Create<float>([4, 2], new float[8])), epochs: 2, verbose: 0);
        Assert.Equal(before, idle.GetWeights()[0].ToArray<float>());
    }

    [Fact]
    public void AnH5File_SaysModules_SoThatKerasFindsInnerClassesAndKeepsAxes()
    {
        using var folder = new TemporaryFolder();
        var x = Input(shape: [4, 3]);
        var model = new Model(x, Bidirectional(LSTM(2))(Softmax(1)(x)));
        model.Compile(Optimizers.Adam(Schedules.ExponentialDecay(0.1, 2, 0.5)), "mse");
        model.Save(folder.File("m.h5"));
        using var file = Hdf5File.Open(folder.File("m.h5"));
        var layers = JsonNode.Parse(file.Root.Attributes["model_config"].ReadString())!["config"]!["layers"]!;
        Assert.Equal("keras.layers", layers[1]!["module"]!.ToString());
        Assert.Equal("keras.layers", layers[2]!["config"]!["layer"]!["module"]!.ToString());
        var optimizer = JsonNode.Parse(file.Root.Attributes["training_config"].ReadString())!["optimizer_config"]!;
        Assert.Equal("keras.optimizers.schedules", optimizer["config"]!["learning_rate"]!["module"]!.ToString());
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".h5")]
    [InlineData("json")]
    public void AModelInDoublePrecision_KeepsItInEveryFormat(string format)
    {
        using var folder = new TemporaryFolder();
        var x = Input(shape: [3]);
        var model = new Model(x, x.Dense(4, "tanh").Dense(1), dtype: ElementKind.Float64);
        Model loaded;
        if (format == "json")
        {
            loaded = Model.FromJson(model.ToJson());
            loaded.SetWeights([.. model.GetWeights()]);
        }
        else
        {
            model.Save(folder.File("m" + format));
            loaded = Model.Load(folder.File("m" + format));
        }

        Assert.All(LayersOf(model), layer => Assert.Equal("float64", layer["config"]!["dtype"]!.ToString()));
        Assert.Equal(ElementKind.Float64, loaded.ElementType);
        Assert.Equal(model.Predict(X)[0].ToArray<double>(), loaded.Predict(X)[0].ToArray<double>());
        Assert.Equal(ElementKind.Float32, Model.FromJson(Chain(x => x.Dense(1)).ToJson()).ElementType);
    }

    [Fact]
    public void AWeightOfALayer_HasItsPathInTheModel()
    {
        var (first, second) = (Dense(2), Dense(1));
        Chain(x => second(first(x)));
        Assert.Equal("dense/kernel", first.Weights[0].Path);
        Assert.Equal("dense_1/kernel", second.Weights[0].Path);
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".h5")]
    public void StatesOfAStatefulLayer_AreNoWeights(string format)
    {
        using var folder = new TemporaryFolder();
        var x = Input(Shape.FromInts([3, 4]), batchSize: 5);
        var layer = LSTM(2, stateful: true);
        var model = new Model(x, layer(x));
        Assert.Equal(56, model.CountParams());
        Assert.Equal(56, layer.CountParams());
        Assert.Equal(
            ["lstm/lstm_cell/kernel", "lstm/lstm_cell/recurrent_kernel", "lstm/lstm_cell/bias"],
            model.Weights.Select(weight => weight.Path));
        Assert.Equal(3, layer.Weights.Count);
        Assert.Equal(3, model.GetWeights().Count);
        model.SetWeights([.. model.GetWeights()]);
        layer.SetWeights([.. layer.GetWeights()]);
        model.Save(folder.File("m" + format));
        Assert.Equal(3, Model.Load(folder.File("m" + format)).GetWeights().Count);
    }

    [Fact]
    public void TheSummary_CountsOptimizerVariables_OnceThereAreSome()
    {
        var model = Chain(x => x.Dense(1));
        model.Compile("adam", "mse");
        Assert.DoesNotContain("Optimizer params", SummaryOf(model), StringComparison.Ordinal);
        model.TrainOnBatch(X, Y);
        Assert.EndsWith(
            """
             Total params: 14 (56.00 B)
             Trainable params: 4 (16.00 B)
             Non-trainable params: 0 (0.00 B)
             Optimizer params: 10 (40.00 B)
            """,
            SummaryOf(model),
            StringComparison.Ordinal);
    }

    private static string SummaryOf(Model model)
    {
        var text = string.Empty;
        model.Summary(printFn: given => text = given);
        return text;
    }

    private static Model Chain(Func<SymbolicTensor, SymbolicTensor> layers)
    {
        var x = Input(shape: [3]);
        return new Model(x, layers(x));
    }

    private static IEnumerable<JsonNode> LayersOf(Model model) =>
        JsonNode.Parse(model.ToJson())!["config"]!["layers"]!.AsArray().Select(layer => layer!);

    /// <summary>"compile_config" as the file has it, letter by letter.</summary>
    private static string CompileText(Model model)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder.File("m.keras"));
        using var archive = ZipFile.OpenRead(folder.File("m.keras"));
        using var reader = new StreamReader(archive.GetEntry("config.json")!.Open());
        var text = reader.ReadToEnd();
        return text[(text.IndexOf("\"compile_config\":", StringComparison.Ordinal) + "\"compile_config\":".Length)..^1];
    }
}
