using System.Reflection;
using Functional.Core.Initializers;
using Functional.Core.Layers;
using Functional.Core.Losses;
using Functional.Core.Metrics;
using Functional.Core.Optimizers;
using Xunit;

namespace Functional.Keras.Tests.Values;

/// <summary>Everything that the core can make from a name has a method with Keras's arguments.</summary>
public class TypedValueTests
{
    [Fact]
    public void EveryOptimizer_HasAMethod() => AssertHasAll(
        typeof(Optimizers), OptimizerModule.registry.Entries.Select(entry => entry.Names.AsEnumerable()));

    [Fact]
    public void EverySchedule_HasAMethod() => AssertHasAll(
        typeof(Schedules), ScheduleModule.registry.Entries.Select(entry => entry.Names.AsEnumerable()));

    [Fact]
    public void EveryLoss_HasAMethod() => AssertHasAll(
        typeof(Losses), LossModule.registry.Entries.Select(entry => entry.Names.AsEnumerable()));

    [Fact]
    public void EveryMetric_HasAMethod() => AssertHasAll(
        typeof(Metrics), MetricRegistry.registry.Entries.Select(entry => entry.Names.AsEnumerable()));

    [Fact]
    public void EveryInitializer_HasAMethod() => AssertHasAll(
        typeof(Initializers), InitializerModule.registry.Entries.Select(entry => entry.Names.AsEnumerable()));

    [Fact]
    public void EveryLayer_HasAMethod() => AssertHasAll(
        typeof(Functional.Keras.Layers), LayerRegistry.classNames.Select(name => Enumerable.Repeat(name, 1)));

    [Fact]
    public void EveryOptimizer_TrainsWithItsDefaults()
    {
        var methods = typeof(Optimizers).GetMethods(BindingFlags.Public | BindingFlags.Static);
        foreach (var method in methods)
        {
            var optimizer = (Optimizer)method.Invoke(
                null, [.. method.GetParameters().Select(parameter => parameter.DefaultValue)])!;
            var model = new Sequential([Functional.Keras.Layers.Dense(1, inputShape: 2)]);
            model.Compile(optimizer, "mse");
            var before = model.GetWeights()[0].ToArray<float>();
            model.Fit(new float[,] { { 1, 2 } }, new float[,] { { 3 } }, verbose: 0);
            Assert.NotEqual(before, model.GetWeights()[0].ToArray<float>());
        }
    }

    [Fact]
    public void AveragedWeights_TakeTheWeightsPlaces_WhenAFitEnds()
    {
        var model = new Sequential([Functional.Keras.Layers.Dense(1, useBias: false, inputShape: 1)]);
        model.SetWeights(new float[,] { { 1 } });
        model.Compile(Optimizers.SGD(0.25, useEma: true, emaMomentum: 0.5), "mse");

        // Gradient 2w: weights 0.5, 0.25; averages 0.5, 0.375.
        model.Fit(new float[,] { { 1 } }, new float[,] { { 0 } }, epochs: 2, verbose: 0);
        Assert.Equal(0.375f, model.GetWeights()[0].ToArray<float>()[0], 1e-6f);
    }

    private static void AssertHasAll(Type type, IEnumerable<IEnumerable<string>> wanted)
    {
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).ToHashSet();
        Assert.Empty(wanted.Where(names => !names.Any(methods.Contains)).Select(names => names.First()));
    }
}
