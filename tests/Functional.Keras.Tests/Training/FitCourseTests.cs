using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>The course of a fit: names, sizes, data that ends, exceptions.</summary>
public class FitCourseTests
{
    private static readonly float[,] X = { { 1 }, { 2 }, { 3 }, { 4 } };
    private static readonly float[,] Y = { { 2 }, { 4 }, { 6 }, { 8 } };

    [Fact]
    public void MetricsOfOneName_AreNumbered()
    {
        Assert.Equal(["auc", "auc_1", "loss"], Reported([Metrics.AUC(), Metrics.AUC(curve: "PR")], []));
        Assert.Equal(["loss", "mae", "mae_1"], Reported(["mae", "mae"], []));
        Assert.Equal(["loss", "mae", "weighted_mae"], Reported(["mae"], ["mae"]));
        Assert.Equal(["loss", "mae", "weighted_mae", "weighted_mae_1"], Reported(["mae"], ["mae", "mae"]));
        Assert.Equal(["loss", "mae", "weighted_mae"], Reported([], ["mae", "mae"]));
        Assert.Equal(["auc", "auc_1", "auc_1_1", "loss"], Reported(["auc", "auc", Metrics.AUC(name: "auc_1")], []));
    }

    [Fact]
    public void MetricsOfOneName_AreNumbered_ForEveryOutput()
    {
        var x = Input([1]);
        var model = new Model(x, [Dense(1, name: "a")(x), Dense(1, name: "b")(x)]);
        model.Compile("sgd", "mse", metrics: [["mae", "mae"], ["mae"]], weightedMetrics: [["mae"], ["mae"]]);
        var history = model.Fit(X, [Y, Y], verbose: 0);
        Assert.Equal(["a_mae", "a_mae_1", "a_weighted_mae", "b_mae", "b_weighted_mae", "loss"], history.Keys);
    }

    [Fact]
    public void AMetricCalledLoss_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Compiled([Metrics.Mean(name: "loss")], []));
        Assert.StartsWith("'metrics': a metric cannot be called 'loss'", error.Message, StringComparison.Ordinal);
    }

    private static string[] Reported(MetricList metrics, MetricList weighted)
    {
        var model = Compiled(metrics, weighted);
        var keys = model.Fit(X, Y, verbose: 0, validationData: (X, Y)).Keys;
        var names = keys.Where(key => !key.StartsWith("val_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(names.Select(name => $"val_{name}"), keys.Except(names));
        Assert.Equal(names, model.Evaluate(X, Y, verbose: 0).Names.Order(StringComparer.Ordinal));
        return names;
    }

    private static Sequential Compiled(MetricList metrics, MetricList weighted)
    {
        var model = new Sequential([Dense(1, "sigmoid", inputShape: 1)]);
        model.Compile(
            Optimizers.SGD(0.01), "mse", metrics: MetricsPerOutput.Create(metrics),
            weightedMetrics: MetricsPerOutput.Create(weighted));
        return model;
    }
}
