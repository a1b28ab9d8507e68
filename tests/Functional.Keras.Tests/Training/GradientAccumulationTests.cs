using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>Expected weights are Keras 3.5.0's: there Adam and its family began to count updates.</summary>
public class GradientAccumulationTests
{
    private static readonly float[] Targets = [1, 3, -2, 5, 4, 0.5f];

    public static TheoryData<string, double> Optimized => new()
    {
        { "sgd", 0.94600004 },
        { "adam", 0.29641026 },
        { "amsgrad", 0.29641026 },
        { "adamw", 0.29629123 },
        { "adamax", 0.27264151 },
        { "nadam", 0.24855453 },
        { "adafactor", 0.000286673 },
        { "rmsprop", 0.68595117 },
        { "adam, clipNorm", 0.29999724 },
        { "adam, clipValue", 0.29999650 },
        { "sgd, globalClipNorm", 0.3 },
        { "adam, useEma", 0.23479389 },
        { "adam, useEma, overwriting", 0.19820330 },
        { "sgd, schedule", 0.24510938 },
        { "adam, schedule", 0.15866846 },
    };

    [Theory]
    [MemberData(nameof(Optimized))]
    public void Weights_AreThoseOfKeras(string optimizer, double expected)
    {
        var model = Train(Optimizer(optimizer), Targets);
        Assert.Equal(expected, model.GetWeights()[0].ToArray<float>()[0], 2e-6);
        Assert.Equal(3, model.Optimizer.Iterations);
    }

    [Fact]
    public void FirstUpdateOfAdam_IsOneRate_HoweverManyStepsMakeIt()
    {
        var model = Train(Optimizers.Adam(0.1, gradientAccumulationSteps: 2), 1, 3);
        Assert.Equal(0.1, model.GetWeights()[0].ToArray<float>()[0], 1e-6);
        Assert.Equal(1, model.Optimizer.Iterations);
    }

    [Fact]
    public void Iterations_CountUpdates_AndSchedulesCountSteps()
    {
        var optimizer = Optimizers.SGD(
            Schedules.PiecewiseConstantDecay([0, 2], [0.4, 0.2, 0.1]), gradientAccumulationSteps: 2);
        Assert.Equal((0, 0.4), (optimizer.Iterations, optimizer.LearningRate));
        Train(optimizer, 1);
        Assert.Equal((0, 0.2), (optimizer.Iterations, optimizer.LearningRate));
        Train(Optimizers.SGD(0.1), 1);
        var model = Train(Optimizers.SGD(
            Schedules.PiecewiseConstantDecay([0, 2], [0.4, 0.2, 0.1]), gradientAccumulationSteps: 2), 1, 2, 3);
        Assert.Equal((1, 0.1), (model.Optimizer.Iterations, model.Optimizer.LearningRate));
    }

    [Theory]
    [InlineData("kept.keras")]
    [InlineData("kept.h5")]
    public void HalfAnUpdate_SurvivesSaving(string name)
    {
        var whole = Train(Optimizer("adam"), Targets);
        var first = Train(Optimizer("adam"), Targets[..3]);
        using var folder = new TemporaryFolder();
        var path = folder.File(name);
        first.Save(path);
        var loaded = Model.Load(path);
        Assert.Equal(1, loaded.Optimizer.Iterations);
        Fit(loaded, Targets[3..]);
        Assert.Equal(whole.GetWeights()[0].ToArray<float>(), loaded.GetWeights()[0].ToArray<float>());
        Assert.Equal(3, loaded.Optimizer.Iterations);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-3)]
    public void FewerThanTwoSteps_AreRefused(int steps)
    {
        var error = Assert.Throws<ArgumentException>(() => Optimizers.Adam(gradientAccumulationSteps: steps));
        Assert.Contains($"must be 2 or more, or not given, but is {steps}", error.Message, StringComparison.Ordinal);
    }

    private static Optimizer Optimizer(string name) => name switch
    {
        "sgd" => Optimizers.SGD(0.1, gradientAccumulationSteps: 2),
        "adam" => Optimizers.Adam(0.1, gradientAccumulationSteps: 2),
        "amsgrad" => Optimizers.Adam(0.1, amsgrad: true, gradientAccumulationSteps: 2),
        "adamw" => Optimizers.AdamW(0.1, gradientAccumulationSteps: 2),
        "adamax" => Optimizers.Adamax(0.1, gradientAccumulationSteps: 2),
        "nadam" => Optimizers.Nadam(0.1, gradientAccumulationSteps: 2),
        "adafactor" => Optimizers.Adafactor(0.1, gradientAccumulationSteps: 2),
        "rmsprop" => Optimizers.RMSprop(0.1, gradientAccumulationSteps: 2),
        "adam, clipNorm" => Optimizers.Adam(0.1, clipNorm: 1.0, gradientAccumulationSteps: 2),
        "adam, clipValue" => Optimizers.Adam(0.1, clipValue: 0.5, gradientAccumulationSteps: 2),
        "sgd, globalClipNorm" => Optimizers.SGD(0.1, globalClipNorm: 1.0, gradientAccumulationSteps: 2),
        "adam, useEma" => Optimizers.Adam(0.1, useEma: true, emaMomentum: 0.5, gradientAccumulationSteps: 2),
        "adam, useEma, overwriting" => Optimizers.Adam(
            0.1, useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 2, gradientAccumulationSteps: 2),
        "sgd, schedule" => Optimizers.SGD(Schedules.ExponentialDecay(0.1, 1, 0.5), gradientAccumulationSteps: 2),
        "adam, schedule" => Optimizers.Adam(
            Schedules.PiecewiseConstantDecay([1, 3], [0.1, 0.05, 0.01]), gradientAccumulationSteps: 2),
        _ => throw new ArgumentException(name),
    };

    /// <summary>One weight that begins at 0, trained on one target a step.</summary>
    private static Sequential Train(Optimizer optimizer, params float[] targets)
    {
        var model = new Sequential([Dense(1, useBias: false, kernelInitializer: "zeros", inputShape: 1)]);
        model.Compile(optimizer, "mse");
        Fit(model, targets);
        return model;
    }

    private static void Fit(Model model, float[] targets)
    {
        var ones = Array.ConvertAll(targets, _ => 1f);
        model.Fit(ones, targets, batchSize: 1, shuffle: false, verbose: 0);
    }
}
