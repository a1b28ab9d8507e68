using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

public class WeightDecayExclusionTests
{
    [Theory]
    [InlineData("bias", true, false)]
    [InlineData("^bias$", true, false)]
    [InlineData("kernel", false, true)]
    [InlineData("first/", true, true)]
    [InlineData("nothing", false, false)]
    public void ExcludedWeights_DoNotDecay(string pattern, bool keepsBias, bool keepsKernel)
    {
        var optimizer = Optimizers.AdamW(0.5, weightDecay: 0.5);
        Assert.Same(optimizer, optimizer.ExcludeFromWeightDecay(pattern));
        var model = Train(optimizer);
        Assert.Equal(keepsKernel ? 1 : 0.75, model.GetWeights()[0].ToArray<float>()[0], 6);
        Assert.Equal(keepsBias ? 1 : 0.75, model.GetWeights()[1].ToArray<float>()[0], 6);
    }

    [Fact]
    public void EveryOptimizerWithWeightDecay_LeavesThemOut()
    {
        foreach (var optimizer in (Optimizer[])[Optimizers.SGD(0.5, weightDecay: 0.5), Optimizers.Lion(0.5, weightDecay: 0.5),
            Optimizers.RMSprop(0.5, weightDecay: 0.5), Optimizers.Adam(0.5, weightDecay: 0.5)])
        {
            var model = Train(optimizer.ExcludeFromWeightDecay("gamma", "bias"));
            Assert.Equal(0.75, model.GetWeights()[0].ToArray<float>()[0], 6);
            Assert.Equal(1, model.GetWeights()[1].ToArray<float>()[0], 6);
        }
    }

    [Fact]
    public void NamesGivenAgain_TakeThePlaceOfTheFirst()
    {
        var model = Train(Optimizers.AdamW(0.5, weightDecay: 0.5)
            .ExcludeFromWeightDecay("bias", "kernel").ExcludeFromWeightDecay("kernel"));
        Assert.Equal(1, model.GetWeights()[0].ToArray<float>()[0]);
        Assert.Equal(0.75, model.GetWeights()[1].ToArray<float>()[0], 6);
    }

    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.h5")]
    public void Exclusions_AreSaved_AndTrainingGoesOnWithThem(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(name);
        var model = Train(Optimizers.AdamW(0.5, weightDecay: 0.5).ExcludeFromWeightDecay("bias"));
        model.Save(path);
        var loaded = Model.Load(path);
        Fit(loaded);
        Fit(model);
        Assert.Equal(model.GetWeights()[0].ToArray<float>(), loaded.GetWeights()[0].ToArray<float>());
        Assert.Equal([1f], loaded.GetWeights()[1].ToArray<float>());
    }

    [Fact]
    public void Exclusions_ComeBeforeCompile_AndArePatterns()
    {
        var optimizer = Optimizers.AdamW();
        Assert.Contains(
            "but one is '['", Assert.Throws<ArgumentException>(() => optimizer.ExcludeFromWeightDecay("[")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => optimizer.ExcludeFromWeightDecay("a", null!));
        Assert.Throws<ArgumentNullException>(() => optimizer.ExcludeFromWeightDecay(null!));
        Train(optimizer);
        Assert.Contains(
            "before Compile",
            Assert.Throws<InvalidOperationException>(() => optimizer.ExcludeFromWeightDecay("bias")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>A step without gradients: what moves a weight is its decay.</summary>
    private static Sequential Train(Optimizer optimizer)
    {
        var model = new Sequential([Dense(
            1, kernelInitializer: "ones", biasInitializer: "ones", name: "first", inputShape: 1)]);
        model.Compile(optimizer, "mse");
        Fit(model);
        return model;
    }

    private static void Fit(Model model) => model.Fit(
        new float[] { 1 }, model.Predict(new float[,] { { 1 } }).ToArray<float>(), verbose: 0);
}
