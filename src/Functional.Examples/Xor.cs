using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>Exclusive or: no single line separates it, four hidden units do.</summary>
internal static class Xor
{
    public static bool Run()
    {
        RandomSeed.Set(3);
        float[,] inputs = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        float[,] targets = { { 0 }, { 1 }, { 1 }, { 0 } };

        var model = new Sequential([Input(shape: [2]), Dense(4, activation: "tanh"), Dense(1, activation: "sigmoid")]);
        model.Compile(optimizer: Optimizers.SGD(0.5), loss: "binary_crossentropy", metrics: "accuracy");
        model.Fit(inputs, targets, batchSize: 4, epochs: 2000, verbose: 0);

        Tensor answers = model.Predict(inputs);
        for (var row = 0; row < 4; row++)
            Console.WriteLine($"{inputs[row, 0]} xor {inputs[row, 1]} = {answers[row, 0]:F3}");
        return Enumerable.Range(0, 4).All(row => Math.Round(answers[row, 0]) == targets[row, 0]);
    }
}
