using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>Two branches joined: the textbook's model with inputs of 64 and 128 numbers, 11,813 weights.</summary>
internal static class TwoInputs
{
    public static bool Run()
    {
        RandomSeed.Set(1);
        var (a, b, target) = Data(2000);

        var inputA = Input(shape: [64], name: "a");
        var inputB = Input(shape: [128], name: "b");
        var x = inputA.Dense(16, "relu").Dense(8, "relu");
        var y = inputB.Dense(64, "relu").Dense(32, "relu").Dense(8, "relu");
        var z = Concatenate()(x, y) | Dense(2, "relu") | Dense(1);
        var model = new Model(inputs: [inputA, inputB], outputs: z);

        model.Compile(optimizer: Optimizers.Adam(learningRate: 1e-3), loss: "mse", metrics: "mae");
        model.Summary();
        var history = model.Fit([a, b], target, epochs: 20, batchSize: 32, validationSplit: 0.2, verbose: 2);
        return history["loss"][^1] < 0.5 * history["loss"][0];
    }

    /// <summary>Numbers with something to learn: a sum of a few inputs of each branch.</summary>
    private static (Tensor A, Tensor B, Tensor Target) Data(int rows)
    {
        var random = new System.Random(5);
        var a = new float[rows, 64];
        var b = new float[rows, 128];
        var target = new float[rows, 1];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < 64; column++)
                a[row, column] = random.NextSingle() - 0.5f;
            for (var column = 0; column < 128; column++)
                b[row, column] = random.NextSingle() - 0.5f;
            target[row, 0] = 1 + a[row, 0] + a[row, 1] - b[row, 0] + b[row, 1];
        }

        return (a, b, target);
    }
}
