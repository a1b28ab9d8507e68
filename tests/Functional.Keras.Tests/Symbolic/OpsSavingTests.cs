using System.Text.Json.Nodes;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Symbolic;

/// <summary>Expressions in files: written as Keras 3.3.3 writes them, and read again.</summary>
public class OpsSavingTests
{
    private static readonly float[,] X = { { 1, -2, 3, 4 }, { -4, 5, -6, 0.5f } };

    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.h5")]
    public void EveryKindOfExpression_IsTheSameAfterSavingAndLoading(string file)
    {
        using var folder = new TemporaryFolder();
        var model = NewModel();
        model.Compile("adam", "mse");
        model.Fit(X, new float[,] { { 1 }, { 2 } }, verbose: 0);
        model.Save(folder.File(file));
        var loaded = Model.Load(folder.File(file));
        Assert.Equal(model.ToJson(), loaded.ToJson());
        Assert.Equal(model.Predict(X)[0].ToArray<float>(), loaded.Predict(X)[0].ToArray<float>());
    }

    [Fact]
    public void Weights_OfLayersBesideOperations_AreFoundInTheirFile()
    {
        using var folder = new TemporaryFolder();
        var (model, other) = (NewModel(), NewModel());
        model.SaveWeights(folder.File("m.weights.h5"));
        other.LoadWeights(folder.File("m.weights.h5"));
        Assert.Equal(model.Predict(X)[0].ToArray<float>(), other.Predict(X)[0].ToArray<float>());
    }

    [Fact]
    public void AnOperation_IsWrittenAsKerasDoes()
    {
        var x = Input(shape: [4], name: "x");
        var layers = JsonNode.Parse(new Model(x, x[.., 1..3] * 2.0).ToJson())!["config"]!["layers"]!.AsArray();
        const string tensor =
            """{"class_name":"__keras_tensor__","config":{"shape":[null,4],"dtype":"float32","keras_history":["x",0,0]}}""";
        const string slice = """{"class_name":"__slice__","config":{"start":START,"stop":STOP,"step":null}}""";
        var key = slice.Replace("START", "null").Replace("STOP", "null") + ","
            + slice.Replace("START", "1").Replace("STOP", "3");
        var expected = $$$"""
            {"module":"keras.src.ops.numpy","class_name":"GetItem","config":{"name":"get_item"},"registered_name":"GetItem",
            "name":"get_item","inbound_nodes":[{"args":[{{{tensor}}},[{{{key}}}]],"kwargs":{}}]}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), layers[1]!.ToJsonString());
        Assert.EndsWith(",2.0],\"kwargs\":{}}]}", layers[2]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfKeras_WithOperationsAndConstants_IsRead()
    {
        var model = Model.FromJson(KerasJson);
        Assert.Equal([4.5f, 9], model.Predict(new float[,] { { 1, 2, 3 }, { 2, 4, 6 } })[0].ToArray<float>());
    }

    [Fact]
    public void AnOperationThatIsUnknown_IsNamed_WithTheNearest()
    {
        var failure = Assert.Throws<ArgumentException>(
            () => Model.FromJson(KerasJson.Replace("\"TrueDivide\"", "\"TrueDivde\"", StringComparison.Ordinal)));
        Assert.Contains("Unknown operation 'TrueDivde'. Did you mean 'TrueDivide'", failure.Message, StringComparison.Ordinal);
    }

    private static Model NewModel()
    {
        var x = Input(shape: [4], name: "x");
        var hidden = x.Dense(4, "tanh");
        var mixed = 2.0 - hidden * new float[] { 1, 2, 3, 4 } / 3;
        var parts = Ops.Split(mixed, 2, axis: 1);
        var joined = Ops.Concatenate([parts[1], parts[0], x[.., ^1..]], axis: -1);
        var chosen = Ops.Where(joined > 0.5, joined, Ops.Sum(joined, axis: -1, keepdims: true));
        return new Model(x, Ops.Einsum("bi,bi->b", chosen, chosen)[.., AxisIndex.NewAxis].Dense(1));
    }

    // x / 2 * [1, 1, 1] summed, with 1.5 times the mean added: as keras.ops writes it, a tuple and an array included.
    private const string KerasJson =
        """
        {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional", "config":
        {"name": "m", "trainable": true, "layers": [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 3], "dtype": "float32",
         "sparse": false, "name": "x"}, "registered_name": null, "name": "x", "inbound_nodes": []},
        {"module": "keras.src.ops.numpy", "class_name": "TrueDivide", "config": {"name": "true_divide"},
         "registered_name": "TrueDivide", "name": "true_divide", "inbound_nodes": [{"args": [{"class_name":
         "__keras_tensor__", "config": {"shape": [null, 3], "dtype": "float32", "keras_history": ["x", 0, 0]}}, 2],
         "kwargs": {}}]},
        {"module": "keras.src.ops.numpy", "class_name": "Multiply", "config": {"name": "multiply"},
         "registered_name": "Multiply", "name": "multiply", "inbound_nodes": [{"args": [{"class_name":
         "__numpy__", "config": {"value": [1.0, 1.0, 1.0], "dtype": "float32"}}, {"class_name": "__keras_tensor__",
         "config": {"shape": [null, 3], "dtype": "float32", "keras_history": ["true_divide", 0, 0]}}], "kwargs": {}}]},
        {"module": "keras.src.ops.numpy", "class_name": "Sum", "config": {"axis": {"class_name": "__tuple__", "items":
         [1]}, "keepdims": false}, "registered_name": "Sum", "name": "sum", "inbound_nodes": [{"args": [{"class_name":
         "__keras_tensor__", "config": {"shape": [null, 3], "dtype": "float32", "keras_history": ["multiply", 0, 0]}}],
         "kwargs": {}}]},
        {"module": "keras.src.ops.numpy", "class_name": "Add", "config": {"name": "add"}, "registered_name": "Add",
         "name": "add", "inbound_nodes": [{"args": [{"class_name": "__keras_tensor__", "config": {"shape": [null],
         "dtype": "float32", "keras_history": ["sum", 0, 0]}}], "kwargs": {"x2": {"class_name": "__keras_tensor__",
         "config": {"shape": [null], "dtype": "float32", "keras_history": ["get_item", 0, 0]}}}}]},
        {"module": "keras.src.ops.numpy", "class_name": "GetItem", "config": {"name": "get_item"},
         "registered_name": "GetItem", "name": "get_item", "inbound_nodes": [{"args": [{"class_name":
         "__keras_tensor__", "config": {"shape": [null, 3], "dtype": "float32", "keras_history": ["multiply", 0, 0]}},
         [{"class_name": "__ellipsis__", "config": {}}, -1]], "kwargs": {}}]}],
        "input_layers": [["x", 0, 0]], "output_layers": [["add", 0, 0]]}}
        """;
}
