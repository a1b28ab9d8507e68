using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Acceptance;

/// <summary>Rows A14 to A18, A21 and A22: shapes, numbers of weights, steps and names of logs.</summary>
public class ShapeTests
{
    [Fact]
    public void A14_Summary_TellsShapesAndNumbersOfWeights()
    {
        var model = new Sequential([Dense(8, "relu", inputShape: 4), Dense(1)]);
        var text = string.Empty;
        model.Summary(printFn: printed => text = printed);
        Assert.Matches(@"dense \(Dense\) +│ \(None, 8\) +│ +40 ", text);
        Assert.Matches(@"dense_1 \(Dense\) +│ \(None, 1\) +│ +9 ", text);
        Assert.Contains(" Total params: 49 (196.00 B)", text, StringComparison.Ordinal);
        Assert.Contains(" Trainable params: 49 (196.00 B)", text, StringComparison.Ordinal);
        Assert.Contains(" Non-trainable params: 0 (0.00 B)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A15_Embedding_LooksVectorsUp()
    {
        var model = new Sequential([Embedding(7, 2, inputShape: 5)]);
        model.SetWeights(new[,]
        {
            { 1.2f, 3.1f }, { 0.1f, 4.2f }, { 1.0f, 3.1f }, { 0.3f, 2.1f }, { 2.2f, 1.4f }, { 0.7f, 1.7f }, { 4.1f, 2.0f },
        });
        Tensor result = model.Predict(new[,] { { 0, 1, 2, 3, 4 }, { 5, 1, 2, 3, 6 } });
        Assert.Equal([2, 5, 2], result.Shape);
        Assert.Equal(14, model.CountParams());
        Assert.Equal([0.7f, 1.7f, 0.1f, 4.2f], result[1][..2].ToArray<float>());
        Assert.Equal([4.1f, 2.0f], result[1][^1].ToArray<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A16_ShapesOf4_8_8_3_Chain(int samples)
    {
        var model = new Sequential([Dense(8, inputShape: 4), Dense(8), Dense(3)]);
        Assert.Equal([40L, 72L, 27L], model.Layers.Select(layer => layer.CountParams()));
        Assert.Equal(139, model.CountParams());
        Assert.Equal(["(4, 8)", "(8,)", "(8, 8)", "(8,)", "(8, 3)", "(3,)"], model.Weights.Select(w => w.Shape.ToString()));
        Tensor result = model.Predict(new float[samples, 4]);
        Assert.Equal([samples, 3], result.Shape);
    }

    [Fact]
    public void A17_Dense_IsXTimesWPlusB()
    {
        var model = new Sequential([Dense(3, inputShape: 2)]);
        model.SetWeights(new float[,] { { 1, 3, 5 }, { 2, 4, 6 } }, new float[] { 1, 2, 3 });
        Assert.Equal([6, 13, 20], model.Predict(new float[,] { { 1, 2 } }).ToArray<float>());
    }

    [Fact]
    public void A18_TwoThousandSamplesInBatchesOf200_AreTenSteps()
    {
        var model = new Sequential([Dense(1, inputShape: 1)]);
        model.Compile(optimizer: "sgd", loss: "mse");
        var steps = 0;
        model.Fit(
            new float[2000, 1],
            new float[2000, 1],
            batchSize: 200,
            verbose: 0,
            callbacks: [new LambdaCallback { TrainBatchEnd = (_, _) => steps++ }]);
        Assert.Equal(10, steps);
        Assert.Equal(10, model.Optimizer.Iterations);
    }

    [Fact]
    public void A21_NumbersOfWeights_AreThoseOfTheBooks()
    {
        var x = Input(shape: [10]);
        Assert.Equal(4929, new Model(x, x.Dense(64, "relu").Dense(64, "relu").Dense(1)).CountParams());
        Assert.Equal(129, new Model(x, x.Dense(8, "relu").Dense(4, "relu").Dense(1)).CountParams());

        var inputA = Input(shape: [64]);
        var inputB = Input(shape: [128]);
        var a = inputA.Dense(16, "relu").Dense(8, "relu");
        var b = inputB.Dense(64, "relu").Dense(32, "relu").Dense(8, "relu");
        var joined = Concatenate()(a, b);
        Assert.Equal([null, 16], joined.Shape);
        Assert.Equal(11813, new Model([inputA, inputB], joined.Dense(2, "relu").Dense(1)).CountParams());
    }

    [Fact]
    public void A22_TextsAndObjects_TrainAlike_AndNameLogsAsKerasDoes()
    {
        History Train(Optimizer optimizer, Loss loss, Metric metric)
        {
            RandomSeed.Set(7);
            var model = new Sequential([Dense(4, "relu", inputShape: 3), Dense(1, "sigmoid")]);
            model.Compile(optimizer, loss, metrics: [metric]);
            var x = new float[40, 3];
            var y = new float[40, 1];
            for (var i = 0; i < 40; i++)
                (x[i, i % 3], y[i, 0]) = (i / 40f, i % 2);
            return model.Fit(x, y, epochs: 3, validationSplit: 0.2, verbose: 0);
        }

        var texts = Train("rmsprop", "binary_crossentropy", "acc");
        var objects = Train(Optimizers.RMSprop(), Losses.BinaryCrossentropy(), Metrics.BinaryAccuracy());
        Assert.Equal(["acc", "loss", "val_acc", "val_loss"], texts.Keys);
        Assert.Equal(texts["loss"], objects["loss"]);
        Assert.Equal(texts["val_acc"], objects["val_binary_accuracy"]);
    }
}
