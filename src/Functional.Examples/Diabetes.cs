using Functional.Keras;
using Functional.Keras.Preprocessing;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>The progress of diabetes after a year, from ten measurements: regression, better than the mean.</summary>
internal static class Diabetes
{
    public static bool Run()
    {
        RandomSeed.Set(6);
        var data = Table.Read("diabetes_data_raw.csv.gz", delimiter: " ");
        var targets = Table.Read("diabetes_target.csv.gz");
        var (train, test) = TrainTestSplit.Rows(data.RowCount, testShare: 0.2, seed: 3);
        var (x, xTest) = Table.Standardize(data.Columns(..10, train), data.Columns(..10, test));
        var (y, yTest) = (Array.ConvertAll(targets.Column(0, train), Scale), Array.ConvertAll(targets.Column(0, test), Scale));

        var model = new Sequential([Input(shape: [10]), Dense(32, activation: "relu", kernelRegularizer: Regularizers.L2(0.01)), Dropout(0.3), Dense(1)]);
        model.Compile(optimizer: Optimizers.Adam(0.003), loss: "mse", metrics: "mae");
        model.Fit(x, y, epochs: 60, batchSize: 32, verbose: 0);

        var error = model.Evaluate(xTest, yTest, verbose: 0);
        var mean = y.Average();
        var guess = yTest.Average(value => (value - mean) * (value - mean));
        Console.WriteLine($"Mean absolute error: {error["mae"] * 100:F1} points.");
        Console.WriteLine($"Explained variance: {1 - (error.Loss / guess):P0} (guessing the mean explains 0%).");
        return error.Loss < 0.75 * guess;
    }

    private static float Scale(float target) => target / 100f;
}
