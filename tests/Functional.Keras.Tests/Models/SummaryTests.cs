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

    [Fact]
    public void LayerRange_ListsFromTheFirstToTheLast_InAnyOrder()
    {
        var model = new Sequential(
            [Input([4]), Dense(3, name: "a"), Dense(3, name: "b"), Dense(3, name: "c_x"), Dense(3, name: "d")]);

        Assert.Equal(["b", "c_x"], Listed(model, ("b", "c")));
        Assert.Equal(["b", "c_x", "d"], Listed(model, ("d", "b")));
        Assert.Equal(["a", "b", "c_x", "d"], Listed(model, ("[ab]", ".")));
        var error = Assert.Throws<ArgumentException>(() => model.Summary(layerRange: ("c.*", "zz")));
        Assert.Contains("'zz'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'(' is neither", Assert.Throws<ArgumentException>(
            () => model.Summary(layerRange: ("(", "a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_AreWhereColumnsEnd()
    {
        var model = new Sequential([Input([4]), Dense(3, name: "a")]);

        Assert.Equal([23, 22, 31], Widths(model, 80, [0.3, 0.6, 1.0]));
        Assert.Equal([15, 54, 7], Widths(model, 80, [0.2, 0.9, 1.0]));
        Assert.Equal([29, 28, 19], Widths(model, 80, [0.3, 0.6, 0.8, 1.0]));
        Assert.Equal(Widths(model, 80, [0.25, 0.75, 1.0]), Widths(model, 80, [20, 60, 80]));
        Assert.Equal(78, Widths(model, 80, [10, 30, 40]).Sum() + 2);
        foreach (double[] wrong in new double[][] { [0.5, 1.0], [0.01, 0.02, 1.0], [0.5, 0.4, 1.0], [double.NaN, 0.5, 1.0] })
            Assert.Throws<ArgumentException>(() => model.Summary(80, wrong));
        Assert.Throws<ArgumentException>(() => model.Summary(9));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Summary(int.MaxValue));
    }

    /// <summary>What real Keras 3.3.3 prints.</summary>
    [Fact]
    public void LongNames_AreCutWithAnEllipsis()
    {
        var x = Input([8, 8, 1], name: "input_layer_5");
        var block = new Sequential(
            [Conv2D(2, 3), Rescaling(2)], name: "a_very_long_name_for_an_augmentation_block_of_several_layers");
        var model = new Model(x, [x | block, x | block]);

        Assert.Contains(
            """
            ┃ Layer (type)    ┃ Output Shape ┃ Param # ┃ Connected to  ┃
            ┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━━━┩
            │ input_layer_5   │ (None, 8, 8, │       0 │ -             │
            │ (InputLayer)    │ 1)           │         │               │
            ├─────────────────┼──────────────┼─────────┼───────────────┤
            │ a_very_long_na… │ (None, 6, 6, │      20 │ input_layer_… │
            │ (Sequential)    │ 2)           │         │ input_layer_… │
            └─────────────────┴──────────────┴─────────┴───────────────┘
            """,
            Text(model, 60),
            StringComparison.Ordinal);
        var plain = new Sequential([Input([4]), Dense(3, name: "a")]);
        Assert.Contains(
            """
            ┃                 ┃ Output     ┃ Param ┃
            ┃ Layer (type)    ┃ Shape      ┃     # ┃
            ┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━┩
            │ a (Dense)       │ (None, 3)  │    15 │
            └─────────────────┴────────────┴───────┘
            """,
            Text(plain, 40),
            StringComparison.Ordinal);
        Assert.Contains(
            """
            ┃ Layer  ┃ Ou… ┃ … ┃
            ┃ (type) ┃ Sh… ┃ # ┃
            """,
            Text(plain, 20),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhetherALayerIsTrained_StandsInTheMiddle()
    {
        var text = string.Empty;
        new Sequential([Input([4]), Dense(3, name: "a")]).Summary(96, printFn: printed => text = printed, showTrainable: true);

        Assert.Contains(" Param # ┃ Traina… ┃", text, StringComparison.Ordinal);
        Assert.Contains("      15 │    Y    │", text, StringComparison.Ordinal);
    }

    private static string Text(Model model, int lineLength)
    {
        var text = string.Empty;
        model.Summary(lineLength, printFn: printed => text = printed);
        return text;
    }

    private static int[] Widths(Model model, int lineLength, double[] positions)
    {
        var text = string.Empty;
        model.Summary(lineLength, positions, printed => text = printed);
        return [.. text.Split('\n')[1].Trim('┏', '┓').Split('┳').Select(column => column.Length)];
    }

    private static string[] Listed(Model model, (string First, string Last) range)
    {
        var text = string.Empty;
        model.Summary(printFn: printed => text = printed, layerRange: range);
        return [.. text.Split('\n').Where(line => line.Contains("(Dense)")).Select(line => line.Split(' ')[1])];
    }

    private static void AssertSummary(string file, Model model, bool expandNested = false)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Models", "Summaries", $"{file}.txt");
        var text = string.Empty;
        model.Summary(lineLength: 100, printFn: printed => text = printed, expandNested: expandNested);
        Assert.Equal(File.ReadAllText(path).TrimEnd().ReplaceLineEndings("\n"), text);
    }
}
