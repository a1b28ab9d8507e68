using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Golden: summaries that real Keras 3.3.3 printed 100 columns wide.</summary>
public class SummaryTests
{
    [Fact]
    public void Sequential_HasThreeColumns() => AssertSummary(
        "mlp_adamw_clipnorm", new Sequential([Dense(8, "relu", inputShape: 6), Dense(8, "relu"), Dense(1)]));

    [Fact]
    public void SeveralInputs_ShowConnections()
    {
        var a = Input(shape: [64], name: "input_a");
        var b = Input(shape: [128], name: "input_b");
        var merged = Concatenate(name: "merge")(a.Dense(32, "relu", name: "dense_a"), b.Dense(32, "relu", name: "dense_b"));
        var output = merged.Dense(16, "relu", name: "hidden").Dense(1, "sigmoid", name: "out");
        AssertSummary("two_inputs_64_128", new Model([a, b], output, name: "two_inputs"));
    }

    [Fact]
    public void SeveralOutputs_ShowConnections()
    {
        var x = Input(shape: [5], name: "x");
        var trunk = x.Dense(7, "tanh", name: "trunk");
        AssertSummary(
            "multi_output_dict_sample_weight",
            new Model(x, [trunk.Dense(1, name: "flag"), trunk.Dense(2, name: "value")], name: "heads"));
    }

    [Theory]
    [InlineData("nested_model_as_layer", false)]
    [InlineData("nested_expanded", true)]
    public void NestedModels_AreOneRow_OrExpanded(string file, bool expandNested)
    {
        var innerInput = Input(shape: [5], name: "inner_in");
        var inner = new Model(innerInput, innerInput.Dense(4, "relu", name: "inner_dense"), name: "inner");
        var block = new Sequential([Dense(6, "tanh", name: "b1", inputShape: 4), Dense(4, name: "b2")], name: "block");
        var x = Input(shape: [5], name: "x");
        var h = x | inner;
        var model = new Model(x, Dense(2, name: "out")(Add(name: "skip")(h, h | block)), name: "nested");
        AssertSummary(file, model, expandNested);
    }

    [Fact]
    public void WeightsThatAreNotTrained_AreCountedApart()
    {
        var text = string.Empty;
        new Sequential([Dense(8, inputShape: 6), BatchNormalization()]).Summary(printFn: printed => text = printed);
        Assert.Contains(" Total params: 88 (352.00 B)", text, StringComparison.Ordinal);
        Assert.Contains(" Trainable params: 72 (288.00 B)", text, StringComparison.Ordinal);
        Assert.Contains(" Non-trainable params: 16 (64.00 B)", text, StringComparison.Ordinal);
    }

    private static void AssertSummary(string file, Model model, bool expandNested = false)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Models", "Summaries", $"{file}.txt");
        var text = string.Empty;
        model.Summary(lineLength: 100, printFn: printed => text = printed, expandNested: expandNested);
        Assert.Equal(File.ReadAllText(path).TrimEnd().ReplaceLineEndings("\n"), text);
    }
}
