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

    private static Model Load(string name, bool compile = true) =>
        Model.Load(SavingFiles.Path("RealFiles", name), compile);

    private static void AssertClose(float[] expected, float[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        foreach (var (wanted, value) in expected.Zip(found))
            Assert.Equal(wanted, value, tolerance);
    }
}
