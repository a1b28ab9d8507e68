using Functional.Hdf5;
using Xunit;

namespace Functional.Keras.Tests;

/// <summary>Files of Keras 1, Keras 2 and TensorFlow's Keras (Files/RealFiles says where they come from).</summary>
public sealed class OldKerasFileTests
{
    [Fact]
    public void HardSigmoidOfKeras2_IsAFifthOfItsInput_AlsoWhenSavedAgain()
    {
        using var folder = new TemporaryFolder();
        var model = Load("act_2.h5");
        float[] expected = [0.0386f, 0.8224f, 0.8088f, 0.1312f];
        AssertClose(expected, Predict(model), 1e-4);
        foreach (var file in new[] { "again.keras", "again.h5" })
        {
            model.Save(folder.File(file));
            AssertClose(expected, Predict(Model.Load(folder.File(file))), 1e-4);
        }

        float[] Predict(Model model) => model.Predict(Tensor.Create<float>([1, 2], [1, 2])).ToArray<float>();
    }

    [Theory]
    [InlineData("\"keras_version\": \"2.2.4\", ", 0.7)]
    [InlineData("", 0.7)]
    [InlineData("\"keras_version\": \"3.3.3\", ", 2.0 / 3)]
    public void HardSigmoid_MeansWhatItMeantToTheVersionThatSavedIt(string version, double expected)
    {
        var model = Model.FromJson($$$"""
            {{{{version}}}"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Activation", "config": {"name": "a", "activation": "hard_sigmoid", "batch_input_shape": [null, 1]}}]}}
            """);
        Assert.Equal(expected, model.Predict(Tensor.Create<float>([1, 1], [1])).ToArray<float>()[0], 1e-6);
    }

    [Theory]
    [InlineData("GRU", "\"units\": 2", 3, "(6,)")]
    [InlineData("CuDNNGRU", "\"units\": 2", 3, "(2, 6)")]
    [InlineData("BatchNormalization", "\"axis\": [2]", 4, "(3,)")]
    public void ArgumentsOfKeras2_HaveTheDefaultsOfKeras2(string className, string arguments, int weights, string lastShape)
    {
        var model = Model.FromJson($$$"""
            {"keras_version": "2.1.0", "class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "{{{className}}}", "config": {"name": "a", {{{arguments}}}, "batch_input_shape": [null, 4, 3]}}]}}
            """);
        Assert.Equal(weights, model.Weights.Count);
        Assert.Equal(lastShape, model.Weights[^1].Shape.ToString());
    }

    [Fact]
    public void TheSlopeOfLeakyReLU_WasCalledAlpha_AndMayBeAnArrayOfNumPy()
    {
        var model = Model.FromJson("""
            {"keras_version": "2.2.2", "class_name": "Sequential", "config": [
              {"class_name": "LeakyReLU", "config": {"name": "a", "alpha": {"type": "ndarray", "value": 0.25},
                "batch_input_shape": [null, 1]}}]}
            """);
        Assert.Equal(-0.5f, model.Predict(Tensor.Create<float>([1, 1], [-2])).ToArray<float>()[0]);
    }

    [Theory]
    [InlineData("simple_rnn_tf_keras_2")]
    [InlineData("ThresholdReLU_0")]
    public void AModelOfKeras2_AnswersAsInKeras2(string name)
    {
        var model = Load($"{name}_model.h5");
        using var data = Hdf5File.Open(SavingFiles.Path("RealFiles", $"{name}_inputs_and_outputs.h5"));
        var input = data.Root.Group("inputs").Datasets.Values.Single();
        var expected = data.Root.Group("predictions").Datasets.Values.Single().ReadAs<float>();
        var x = Tensor.Create<float>(
            Shape.FromInts([.. input.Shape.Select(length => (int)length)]), input.ReadAs<float>());
        AssertClose(expected, model.Predict(x, batchSize: 25).ToArray<float>(), 1e-5);
    }

    [Theory]
    [InlineData("dense_tensorflow_2.h5", "Adam")]
    [InlineData("optimizer_adam.h5", "Adam")]
    [InlineData("issue_9349.hdf5", "Adam")]
    [InlineData("derdangla-keras-2.15-windows.keras", "Adam")]
    public void AModelOfKeras2_IsCompiledAsItWas(string name, string optimizer)
    {
        var model = Load(name, compile: true);
        Assert.Equal(optimizer, model.Optimizer.ClassName);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public void KernelsThatTheanoComputed_AreFlipped()
    {
        using var file = Hdf5File.Open(SavingFiles.Path("RealFiles", "conv2d_theano_2.h5"));
        var stored = file.Root.Group("model_weights").Dataset("conv2d_1/conv2d_1/kernel").ReadAs<float>();
        var kernel = Load("conv2d_theano_2.h5").GetWeights()[0].ToArray<float>();
        for (var place = 0; place < 9; place++)
            Assert.Equal(stored[(place * 30)..((place + 1) * 30)], kernel[((8 - place) * 30)..((9 - place) * 30)]);
    }

    [Fact]
    public void WeightsOfTensorFlowsKeras_AreFoundUnderBackslashes()
    {
        var model = Load("derdangla-keras-2.15-windows.keras");
        Assert.Equal([25, 32], model.GetWeights()[0].Shape.Select(length => length!.Value));
        Assert.NotEqual(0f, model.GetWeights()[^1].ToArray<float>()[0]);
        Assert.True(model.Optimizer.Iterations > 0);
    }

    [Fact]
    public void LayersOfKeras1_HaveTheirNewNames_OrAreRefusedByArgument()
    {
        const string Old = """
            {"keras_version": "1.2.2", "class_name": "Sequential", "config": [
              {"class_name": "Convolution2D", "config": {"name": "c", "nb_filter": 2, "nb_row": 3, "nb_col": 2, "init": "glorot_uniform",
                "activation": "relu", "border_mode": "same", "subsample": [2, 1], "dim_ordering": "tf", "bias": true,
                "W_regularizer": {"name": "WeightRegularizer", "l1": 0.0, "l2": 0.01}, "batch_input_shape": [null, 6, 4, 3]}},
              {"class_name": "Flatten", "config": {"name": "f"}},
              {"class_name": "Dropout", "config": {"name": "d", "p": 0.5}},
              {"class_name": "Dense", "config": {"name": "o", "output_dim": 5, "init": "uniform", "activation": "softmax"}}]}
            """;
        var model = Model.FromJson(Old);
        Assert.Equal("(None, 3, 4, 2)", model.GetLayer("c").Output[0].Shape.ToString());
        Assert.Equal("(3, 2, 3, 2)", model.Weights[0].Shape.ToString());
        Assert.Equal("(None, 5)", model.Outputs[0].Shape.ToString());
        var failure = Assert.Throws<ArgumentException>(
            () => Model.FromJson(Old.Replace("\"same\"", "\"full\"", StringComparison.Ordinal)));
        Assert.Contains("Keras 1 has 'border_mode'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CallsOfKeras2_CountAModelsOwnConnection_AndMayBeTensorFlowsFunctions()
    {
        var model = Model.FromJson("""
            {"keras_version": "2.4.0", "class_name": "Functional", "config": {"name": "m", "layers": [
              {"class_name": "InputLayer", "name": "x", "config": {"batch_input_shape": [null, 2], "dtype": "float32", "name": "x"},
                "inbound_nodes": []},
              {"class_name": "Functional", "name": "inner", "config": {"name": "inner", "layers": [
                {"class_name": "InputLayer", "name": "i", "config": {"batch_input_shape": [null, 2], "dtype": "float32", "name": "i"},
                  "inbound_nodes": []},
                {"class_name": "Activation", "name": "a", "config": {"name": "a", "activation": "relu"},
                  "inbound_nodes": [[["i", 0, 0, {}]]]}],
                "input_layers": [["i", 0, 0]], "output_layers": [["a", 0, 0]]},
                "inbound_nodes": [[["x", 0, 0, {}]], [["tf.math.subtract", 0, 0, {}]]]},
              {"class_name": "TFOpLambda", "name": "tf.math.subtract",
                "config": {"name": "tf.math.subtract", "trainable": true, "dtype": "float32", "function": "math.subtract"},
                "inbound_nodes": [["_CONSTANT_VALUE", -1, 10.0, {"y": ["inner", 1, 0], "name": null}]]},
              {"class_name": "TFOpLambda", "name": "tf.concat",
                "config": {"name": "tf.concat", "trainable": true, "dtype": "float32", "function": "concat"},
                "inbound_nodes": [[["inner", 1, 0, {"axis": -1}], ["inner", 2, 0, {"axis": -1}]]]}],
              "input_layers": [["x", 0, 0]], "output_layers": [["tf.concat", 0, 0], ["inner", 2, 0]]}}
            """);
        var answers = model.Predict(Tensor.Create<float>([1, 2], [-3, 4]));
        Assert.Equal([0, 4, 10, 6], answers[0].ToArray<float>());
        Assert.Equal([10, 6], answers[1].ToArray<float>());
    }

    [Fact]
    public void LayersOfLowerPrecision_AreComputedInFloat32_WithAWarning()
    {
        var model = Model.FromJson("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [null, 3],
                "dtype": {"class_name": "Policy", "config": {"name": "mixed_float16"}}}},
              {"class_name": "Dense", "config": {"name": "e", "units": 2, "dtype": "float32"}}]}}
            """);
        Assert.Contains("Layer 'd' was saved with dtype 'mixed_float16'", Assert.Single(model.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ANameOfAClassThatIsAnAlias_AndAFlagThatIsANumber_AreUnderstood()
    {
        var model = Model.FromJson("""
            {"class_name": "Sequential", "config": {"name": "s", "layers": [
              {"class_name": "MaxPool1D", "config": {"name": "p", "pool_size": 2, "batch_input_shape": [2, 4, 3]}},
              {"class_name": "CuDNNLSTM", "config": {"name": "l", "units": 2, "stateful": -1}}]}}
            """);
        Assert.Equal(["MaxPooling1D", "LSTM"], model.Layers.Select(layer => layer.ClassName));
    }

    [Fact]
    public void ALossOfSomebodysOwn_LeavesTheModelUncompiled_UnlessCompilingIsDemanded()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.h5");
        var bytes = File.ReadAllBytes(SavingFiles.Path("RealFiles", "optimizer_adam.h5"));
        var text = System.Text.Encoding.Latin1.GetString(bytes).Replace(
            "\"categorical_crossentropy\"", "\"categorical_crossentrop_\"", StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text));
        var model = Model.Load(path);
        Assert.Contains("categorical_crossentrop_", Assert.Single(model.Warnings), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => model.Optimizer);
        Assert.Throws<ModelFileException>(() => Model.Load(path, compile: true));
    }

    private static Model Load(string name, bool? compile = null) =>
        Model.Load(SavingFiles.Path("RealFiles", name), compile);

    private static void AssertClose(float[] expected, float[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        foreach (var (wanted, value) in expected.Zip(found))
            Assert.Equal(wanted, value, tolerance);
    }
}
