using Functional.Keras;
using Functional.Keras.Preprocessing;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>The digits as images: a convolutional network that reads at least 98% of those it never saw.</summary>
internal static class Cnn
{
    private const int Side = 8;
    private const int KernelSide = 3;
    private const double Promised = 0.98;

    public static bool Run()
    {
        RandomSeed.Set(1);
        var table = Table.Read("digits.csv.gz");
        var (train, test) = TrainTestSplit.Rows(table.RowCount, testShare: 0.2, seed: 1);
        var (pixels, testPixels) = (Scale(table.Columns(..64, train)), Scale(table.Columns(..64, test)));
        var (labels, testLabels) = (table.Labels(^1, train), table.Labels(^1, test));

        var input = Input(shape: [Side * Side]);
        var x = GaussianNoise(0.1)(input);
        x = Reshape([Side, Side, 1])(x);
        x = Block(x, 32, "strokes");
        x = Block(x, 32, "corners");
        x = MaxPooling2D(2)(x);
        x = Dropout(0.3)(x);
        x = Block(x, 64, "shapes");
        x = MaxPooling2D(2)(x);
        x = Flatten()(x);
        x = Dropout(0.4)(x);
        var output = Dense(10, activation: "softmax")(x);
        var model = new Model(inputs: input, outputs: output, name: "cnn");

        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: "accuracy");
        model.Summary();
        model.Fit(pixels, labels, batchSize: 32, epochs: 30);

        var accuracy = model.Evaluate(testPixels, testLabels, verbose: 0)["accuracy"];
        Tensor probabilities = model.Predict(testPixels);
        ShowFilters(model.GetLayer("strokes").GetWeights()[0]);
        ShowMistakes(testPixels, testLabels, probabilities);
        Console.WriteLine($"Test accuracy: {accuracy:P2} of {testLabels.Length} digits (promised: at least {Promised:P0}).");
        return accuracy >= Promised;
    }

    // The bias of a convolution would be taken away again by the normalization after it.
    private static SymbolicTensor Block(SymbolicTensor x, int filters, string name)
    {
        x = Conv2D(filters, KernelSide, padding: "same", useBias: false, name: name)(x);
        x = BatchNormalization()(x);
        return Activation("relu")(x);
    }

    private static float[][] Scale(float[][] pixels) =>
        Array.ConvertAll(pixels, row => Array.ConvertAll(row, pixel => pixel / 16f));

    /// <summary>What the first eight filters look for: dark where they want ink, light where they want none.</summary>
    private static void ShowFilters(Tensor kernel)
    {
        var pictures = Enumerable.Range(0, 8).Select(filter => DigitPicture.Lines(Stretch(kernel, filter), KernelSide)).ToArray();
        Console.WriteLine("Filters of the first layer, as learned:");
        for (var row = 0; row < KernelSide; row++)
            Console.WriteLine("  " + string.Join("  |  ", pictures.Select(picture => picture[row])));
        Console.WriteLine();
    }

    /// <summary>A filter with its least value at 0 and its greatest at 1.</summary>
    private static float[] Stretch(Tensor kernel, int filter)
    {
        var values = new float[KernelSide * KernelSide];
        for (var position = 0; position < values.Length; position++)
            values[position] = (float)kernel[position / KernelSide, position % KernelSide, 0, filter];
        var (least, greatest) = (values.Min(), values.Max());
        return Array.ConvertAll(values, value => (value - least) / MathF.Max(greatest - least, 1e-6f));
    }

    private static void ShowMistakes(float[][] pixels, int[] labels, Tensor probabilities)
    {
        var read = probabilities.ArgMax();
        var wrong = Enumerable.Range(0, labels.Length).Where(image => read[image] != labels[image]).ToArray();
        Console.WriteLine($"Misread: {wrong.Length}.");
        foreach (var image in wrong.Take(4))
            DigitPicture.Show(pixels[image], probabilities, labels[image], image);
    }
}
