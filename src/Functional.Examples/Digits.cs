using Functional.Keras;
using Functional.Keras.Preprocessing;
using Spectre.Console;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>Handwritten digits, 8 x 8 pixels: a functional model that reads at least 97% of those it never saw.</summary>
internal static class Digits
{
    private const int Classes = 10;
    private const int BatchSize = 32;
    private const int Epochs = 30;
    private const double Promised = 0.97;

    public static bool Run()
    {
        RandomSeed.Set(2);
        var table = Table.Read("digits.csv.gz");
        var (train, test) = TrainTestSplit.Rows(table.RowCount, testShare: 0.2, seed: 1);
        var (pixels, testPixels) = (Scale(table.Columns(..64, train)), Scale(table.Columns(..64, test)));
        var (labels, testLabels) = (table.Labels(^1, train), table.Labels(^1, test));

        var input = Input(shape: [64]);
        var x = GaussianNoise(0.2)(input);
        x = Dense(512, activation: "relu")(x);
        x = Dropout(0.4)(x);
        x = BatchNormalization()(x);
        x = Dense(256, activation: "relu")(x);
        x = Dropout(0.4)(x);
        var output = Dense(Classes, activation: "softmax")(x);
        var model = new Model(inputs: input, outputs: output);

        // Ever smaller steps, so that the result depends little on how numbers are rounded.
        var steps = Epochs * ((train.Length + BatchSize - 1) / BatchSize);
        var optimizer = Optimizers.Adam(learningRate: Schedules.CosineDecay(0.002, decaySteps: steps));
        model.Compile(optimizer: optimizer, loss: "sparse_categorical_crossentropy", metrics: "accuracy");
        model.Summary();
        model.Fit(pixels, labels, batchSize: BatchSize, epochs: Epochs);

        var accuracy = model.Evaluate(testPixels, testLabels, verbose: 0)["accuracy"];
        Tensor probabilities = model.Predict(testPixels);
        ShowConfusion(testLabels, probabilities.ArgMax());
        for (var image = 0; image < 5; image++)
            DigitPicture.Show(testPixels[image], probabilities, testLabels[image], image);
        Console.WriteLine($"Test accuracy: {accuracy:P2} of {testLabels.Length} digits (promised: at least {Promised:P0}).");
        return accuracy >= Promised;
    }

    private static float[][] Scale(float[][] pixels) =>
        Array.ConvertAll(pixels, row => Array.ConvertAll(row, pixel => pixel / 16f));

    private static void ShowConfusion(int[] labels, int[] predicted)
    {
        var table = new Spectre.Console.Table().Title("Written (row) and read (column)").AddColumn("");
        for (var digit = 0; digit < Classes; digit++)
            table.AddColumn(new TableColumn(digit.ToString()).RightAligned());
        for (var written = 0; written < Classes; written++)
        {
            var counts = Enumerable.Range(0, Classes)
                .Select(read => labels.Zip(predicted).Count(pair => pair == (written, read)))
                .Select((count, read) => count == 0 ? "" : read == written ? $"[green]{count}[/]" : $"[red]{count}[/]");
            table.AddRow([written.ToString(), .. counts]);
        }

        AnsiConsole.Write(table);
    }
}
