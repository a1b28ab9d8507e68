using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>
/// What comes back from outputs whose first axis is not the samples. Keras 3.3.3 joins the results of batches along axis 0,
/// whatever that axis is, and fails where they cannot be joined.
/// </summary>
public sealed class PredictionShapeTests
{
    public static TheoryData<string, int[], float[]> OneBatch => new()
    {
        { "sum, keepdims", [1, 2], [6, 9] },
        { "sum", [2], [6, 9] },
        { "mean of all", [], [2.5f] },
        { "concatenate", [6, 2], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5] },
        { "vstack", [6, 2], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5] },
        { "repeat", [6, 2], [0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5] },
        { "transpose", [2, 3], [0, 2, 4, 1, 3, 5] },
        { "ravel", [6], [0, 1, 2, 3, 4, 5] },
        { "outer", [3, 3], [0, 0, 0, 0, 4, 8, 0, 8, 16] },
        { "einsum", [3, 3], [0, 0, 0, 2, 6, 10, 4, 12, 20] },
        { "item", [2], [0, 1] },
    };

    public static TheoryData<string, int[], float[]> SeveralBatches => new()
    {
        // Batches of 2 and of 1 row.
        { "sum, keepdims", [2, 2], [2, 4, 4, 5] },
        { "sum", [4], [2, 4, 4, 5] },
        { "concatenate", [6, 2], [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 4, 5] },
        { "repeat", [6, 2], [0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5] },
        { "ravel", [6], [0, 1, 2, 3, 4, 5] },
        { "item", [4], [0, 1, 4, 5] },
    };

    private static Tensor Data => new float[,] { { 0, 1 }, { 2, 3 }, { 4, 5 } };

    [Theory]
    [MemberData(nameof(OneBatch))]
    public void OneBatchOfAnyShapeComesBackAsItIs(string operation, int[] shape, float[] values)
    {
        var model = Of(operation);
        foreach (var result in new[] { model.Predict(Data)[0], model.PredictOnBatch(Data)[0] })
        {
            Assert.Equal(shape, result.Shape.Select(length => length!.Value));
            Assert.Equal(values, result.ToArray<float>());
        }
    }

    [Theory]
    [MemberData(nameof(SeveralBatches))]
    public void ResultsOfBatchesAreJoinedAlongAxis0(string operation, int[] shape, float[] values)
    {
        Tensor result = Of(operation).Predict(Data, batchSize: 2);
        Assert.Equal(shape, result.Shape.Select(length => length!.Value));
        Assert.Equal(values, result.ToArray<float>());
    }

    [Theory]
    [InlineData("mean of all", "Output 'mean' is one number for each batch")]
    [InlineData("transpose", "Output 'transpose' has shape (2, 2) for a batch of 2 samples but (2, 1) for the last one of 1")]
    [InlineData("outer", "Output 'outer' has shape (2, 2) for a batch of 2 samples but (1, 1) for the last one of 1")]
    [InlineData("einsum", "Output 'einsum' has shape (2, 2)")]
    public void ResultsThatCannotBeJoinedAreRefusedWithTheReason(string operation, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => Of(operation).Predict(Data, batchSize: 2));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Predict all 3 samples as one batch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputsOfAllShapesStandBesideEachOther()
    {
        var x = Input([2]);
        var results = new Model(x, [Ops.Sum(x, 0, true), x * 2, Ops.Ravel(x)]).Predict(Data, batchSize: 2);
        Assert.Equal([2f, 4f, 4f, 5f], results[0].ToArray<float>());
        Assert.Equal([0f, 2f, 4f, 6f, 8f, 10f], results[1].ToArray<float>());
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f], results[2].ToArray<float>());
    }

    [Fact]
    public void ABatchSizeAboveAllRowsIsOneBatch() =>
        Assert.Equal([6f, 9f], Of("sum").Predict(Data, batchSize: int.MaxValue)[0].ToArray<float>());

    [Fact]
    public void AnOutputOfOneRowIsComparedWithEveryTarget()
    {
        var x = Input([2]);
        var model = new Model(x, Ops.Sum(x, 0, true));
        model.Compile("sgd", "mse", metrics: ["mae"]);

        // (6, 9) is 6 and 8 away from the first target, 4 and 6 from the second, 2 and 4 from the third.
        var logs = model.Evaluate(Data, Data, verbose: 0);
        Assert.Equal((36 + 64 + 16 + 36 + 4 + 16) / 6.0, logs["loss"], 5);
        Assert.Equal((6 + 8 + 4 + 6 + 2 + 4) / 6.0, logs["mae"], 5);
    }

    [Fact]
    public void ALossOfOneNumberForTheWholeBatchIsRefusedWhenCompiling()
    {
        var x = Input([2]);
        var error = Assert.Throws<ArgumentException>(() => new Model(x, Ops.Sum(x)).Compile("sgd", "mse"));
        Assert.Contains("Output 'sum' is one number for the whole batch", error.Message, StringComparison.Ordinal);
    }

    private static Model Of(string operation)
    {
        var x = Input([2]);
        return new Model(x, operation switch
        {
            "sum, keepdims" => Ops.Sum(x, 0, true),
            "sum" => Ops.Sum(x, 0),
            "mean of all" => Ops.Mean(x),
            "concatenate" => Ops.Concatenate([x, x], 0),
            "vstack" => Ops.Vstack([x, x]),
            "repeat" => Ops.Repeat(x, 2, 0),
            "transpose" => Ops.Transpose(x),
            "ravel" => Ops.Ravel(x),
            "outer" => Ops.Outer(x[.., 0], x[.., 0]),
            "einsum" => Ops.Einsum("b,c->bc", x[.., 0], x[.., 1]),
            _ => x[0],
        });
    }
}
