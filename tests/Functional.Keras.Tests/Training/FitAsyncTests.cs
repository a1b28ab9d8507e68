using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>Training beside other work, and its cancellation.</summary>
public class FitAsyncTests
{
    private static readonly Tensor X = Tensor.Create<float>([32, 2], [.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))]);
    private static readonly Tensor Y = Tensor.Create<float>([32, 1], [.. Enumerable.Range(0, 32).Select(i => MathF.Cos(i))]);

    [Fact]
    public async Task FitAsync_LearnsWhatFitLearns()
    {
        var (model, other) = (NewModel(), NewModel());
        var history = await model.FitAsync(X, Y, epochs: 3, shuffle: false, verbose: 0);
        Assert.Equal(other.Fit(X, Y, epochs: 3, shuffle: false, verbose: 0)["loss"], history["loss"]);
    }

    [Fact]
    public async Task Cancellation_EndsBetweenBatches_AndTheModelGoesOn()
    {
        using var source = new CancellationTokenSource();
        var model = NewModel();
        var steps = 0;
        var stop = new LambdaCallback { TrainBatchEnd = (_, _) => { if (++steps == 5) source.Cancel(); } };
        var before = model.GetWeights()[0].ToArray<float>();
        var training = model.FitAsync(
            X, Y, batchSize: 4, epochs: 1000, verbose: 0, callbacks: [stop], cancellationToken: source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
        Assert.True(training.IsCanceled);
        Assert.Equal(5, steps);
        Assert.Equal(5, model.Optimizer.Iterations);
        Assert.NotEqual(before, model.GetWeights()[0].ToArray<float>());
        model.Fit(X, Y, batchSize: 4, verbose: 0);
        Assert.Equal(13, model.Optimizer.Iterations);
    }

    [Fact]
    public async Task DataThatDoesNotFit_EndsTheTask_WithTheSentence()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => NewModel().FitAsync(X, Tensor.Ones([5, 1]), verbose: 0));
        Assert.NotEmpty(failure.Message);
    }

    private static Sequential NewModel()
    {
        RandomSeed.Set(7);
        var model = new Sequential([Dense(4, "tanh", inputShape: 2), Dense(1)]);
        model.Compile(Optimizers.SGD(0.1), "mse");
        return model;
    }
}
