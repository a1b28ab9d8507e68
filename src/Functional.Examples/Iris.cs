using Functional.Keras;
using Functional.Keras.Preprocessing;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>Three kinds of iris by four measurements, with early stopping.</summary>
internal static class Iris
{
    public static bool Run()
    {
        RandomSeed.Set(2);
        var table = Table.Read("iris.csv", hasHeader: true);
        var (train, test) = TrainTestSplit.Rows(table.RowCount, testShare: 0.2, seed: 4);
        var (x, xTest) = Table.Standardize(table.Columns(..4, train), table.Columns(..4, test));
        var y = Categories.ToCategorical(table.Labels(^1, train), 3);
        var yTest = Categories.ToCategorical(table.Labels(^1, test), 3);

        var model = new Sequential(
        [
            Input(shape: [4]),
            Dense(16, activation: "relu", kernelRegularizer: Regularizers.L2(1e-3)),
            Dense(3, activation: "softmax"),
        ]);
        model.Compile(optimizer: Optimizers.Adam(0.01), loss: "categorical_crossentropy", metrics: "accuracy");
        model.Fit(
            x, y, epochs: 200, batchSize: 16, validationSplit: 0.2, verbose: 0,
            callbacks: [new EarlyStopping(monitor: "val_loss", patience: 20, restoreBestWeights: true)]);

        var accuracy = model.Evaluate(xTest, yTest, verbose: 0)["accuracy"];
        Console.WriteLine($"Test accuracy: {accuracy:P1} of {test.Length} flowers.");
        return accuracy >= 0.9;
    }
}
