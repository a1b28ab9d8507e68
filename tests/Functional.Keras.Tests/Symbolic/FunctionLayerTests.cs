using System.Text.Json.Nodes;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Symbolic;

/// <summary>Layers of functions: Lambda, and classes of one's own with weights.</summary>
public class FunctionLayerTests
{
    private static readonly float[,] X = { { 1, 2 }, { 3, -4 } };

    [Fact]
    public void Lambda_ComputesItsFunction_AlsoOfTwoInputs()
    {
        var x = Input(shape: [2]);
        var y = Lambda(value => Ops.Square(value) + 1)(x);
        Assert.Equal([2f, 5, 10, 17], new Model(x, y).Predict(X)[0].ToArray<float>());
        var both = Lambda((first, second) => first - second)(y, x);
        Assert.Equal([1f, 3, 7, 21], new Model(x, both).Predict(X)[0].ToArray<float>());
        var chain = new Sequential([Lambda(value => value[.., 1..] - value[.., ..1]), Lambda(value => -value)]);
        Assert.Equal([-1f, 7], chain.Predict(X)[0].ToArray<float>());
    }

    [Fact]
    public void Lambda_WithALayerThatHasWeights_IsRefused()
    {
        var x = Input(shape: [2]);
        var failure = Assert.Throws<ArgumentException>(() => Lambda(value => value.Dense(1), name: "f")(x));
        Assert.Contains("Layer 'f' (Lambda): calls a layer with weights", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelWithALambda_IsNotSaved_AndSaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var x = Input(shape: [2]);
        var model = new Model(x, x.Lambda(value => value * 2, name: "twice"));
        var failure = Assert.Throws<ArgumentException>(() => model.Save(folder.File("m.keras")));
        Assert.StartsWith(
            "Layer 'twice' is a Lambda: it holds a C# function, and no file holds code.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerOfOnesOwn_HasWeightsThatAreTrainedSharedAndSaved()
    {
        Saving.RegisterLayer<Scale>((name, config) => new Scale(config["begin"]!.GetValue<double>(), name));
        using var folder = new TemporaryFolder();
        var x = Input(shape: [2]);
        Layer scale = new Scale(3.0);
        var model = new Model(x, scale(scale(x)));
        Assert.Equal([9f, 18, 27, -36], model.Predict(X)[0].ToArray<float>());
        Assert.Equal("factor", Assert.Single(scale.Weights).Name.Split('/')[^1]);
        model.Compile(Optimizers.SGD(0.001), "mse");
        var losses = model.Fit(X, X, epochs: 20, verbose: 0)["loss"];
        Assert.True(losses[^1] < losses[0]);
        model.Save(folder.File("m.keras"));
        Assert.Equal(
            model.Predict(X)[0].ToArray<float>(), Model.Load(folder.File("m.keras")).Predict(X)[0].ToArray<float>());
    }

    [Fact]
    public void ALayerOfOnesOwn_WithDropoutInside_DropsInTrainingOnly()
    {
        var x = Input(shape: [2]);
        var model = new Model(x, new Noisy().ToLayer()(x));
        Assert.Equal([1f, 2, 3, -4], model.Predict(X)[0].ToArray<float>());
        model.Compile("sgd", "mse");
        Assert.True(model.TrainOnBatch(X, X).Loss > 0);
        Assert.Equal(0, model.TestOnBatch(X, X).Loss);
    }

    [Fact]
    public void AWeight_IsAskedForInBuildOnly()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new Late().ToLayer()(Input(shape: [2])));
        Assert.Contains("asks for weight 'late', which only its Build does", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Scale(double begin, string? name = null) : CustomLayer(name)
    {
        private SymbolicTensor? factor;

        public override JsonObject GetConfig() => new() { ["begin"] = begin };

        protected override void Build(IReadOnlyList<Shape> inputShapes) =>
            factor = AddWeight("factor", [inputShapes[0][^1]!.Value], Initializers.Constant(begin));

        protected override SymbolicTensors Call(SymbolicTensors inputs) => inputs[0] * factor!;
    }

    private sealed class Noisy : CustomLayer
    {
        protected override SymbolicTensors Call(SymbolicTensors inputs) => Dropout(0.5)(inputs[0]);
    }

    private sealed class Late : CustomLayer
    {
        protected override SymbolicTensors Call(SymbolicTensors inputs) => inputs[0] + AddWeight("late", [2]);
    }
}
