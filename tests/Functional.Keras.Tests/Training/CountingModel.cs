using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>
/// A model that counts: with a gradient of -1 and a rate of 1, both of its weights are the number of steps, and its loss is
/// the sum of what is missing to a number that is far away.
/// </summary>
internal static class CountingModel
{
    internal const float Far = 1_000_000;

    /// <summary>Only a test that fails waits so long.</summary>
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(120);

    internal static Model Counter()
    {
        var x = Input(shape: [1]);
        var model = new Model(x, [
            Dense(1, useBias: false, kernelInitializer: "zeros", name: "a")(x),
            Dense(1, useBias: false, kernelInitializer: "zeros", name: "b")(x),
        ]);
        model.Compile(Optimizers.SGD(1.0), ["mae", "mae"]);
        return model;
    }

    internal static Task<History> FitOn(Model model, CancellationToken stop)
    {
        using var began = new ManualResetEventSlim();
        var begin = new LambdaCallback { TrainBatchEnd = (_, _) => began.Set() };
        var fit = model.FitAsync(
            Ones(1), Targets(1), epochs: 10_000_000, callbacks: [begin], verbose: 0, cancellationToken: stop);
        Assert.True(began.Wait(Long, CancellationToken.None));
        return fit;
    }

    internal static void End(Task fit, CancellationTokenSource stop)
    {
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => fit.WaitAsync(Long).GetAwaiter().GetResult());
    }

    internal static void InTime(Action work) => Task.Run(work).WaitAsync(Long).GetAwaiter().GetResult();

    internal static T[] OnThreads<T>(int count, Func<T> work)
    {
        var tasks = Enumerable.Range(0, count)
            .Select(_ => Task.Factory.StartNew(work, default, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        return Task.WhenAll(tasks).WaitAsync(Long).GetAwaiter().GetResult();
    }

    internal static Tensor Ones(int rows) => Constant(rows, 1);

    internal static Tensor Target(int rows) => Constant(rows, Far);

    internal static Tensors Targets(int rows) => [Target(rows), Target(rows)];

    private static Tensor Constant(int rows, float value) =>
        Tensor.Create<float>([rows, 1], [.. Enumerable.Repeat(value, rows)]);
}
