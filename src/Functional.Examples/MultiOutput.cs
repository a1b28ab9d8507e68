using Functional.Keras;
using Functional.Keras.Preprocessing;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>One trunk, two heads: which of three wines it is, and how much alcohol it has, from the other measurements.</summary>
internal static class MultiOutput
{
    public static bool Run()
    {
        RandomSeed.Set(9);
        var table = Table.Read("wine_data.csv", hasHeader: true);
        var (train, test) = TrainTestSplit.Rows(table.RowCount, testShare: 0.2, seed: 2);
        var (x, xTest) = Table.Standardize(table.Columns(1..13, train), table.Columns(1..13, test));
        var (alcohol, alcoholTest) = Table.Standardize(table.Columns(..1, train), table.Columns(..1, test));

        var input = Input(shape: [12]);
        var trunk = input.Dense(32, "relu").Dense(16, "relu");
        var kind = Dense(3, activation: "softmax", name: "kind")(trunk);
        var strength = Dense(1, name: "alcohol")(trunk);
        var model = new Model(inputs: input, outputs: [kind, strength]);

        model.Compile(
            optimizer: Optimizers.Adam(0.01),
            loss: ["sparse_categorical_crossentropy", "mse"],
            lossWeights: [1.0, 0.5],
            metrics: new MetricsPerOutput { ["kind"] = "accuracy", ["alcohol"] = "mae" });
        model.Summary();
        model.Fit(x, [table.Labels(^1, train), alcohol], epochs: 60, batchSize: 16, verbose: 0);

        var result = model.Evaluate(xTest, [table.Labels(^1, test), alcoholTest], verbose: 0);
        Console.WriteLine(result);
        return result["kind_accuracy"] >= 0.9;
    }
}
