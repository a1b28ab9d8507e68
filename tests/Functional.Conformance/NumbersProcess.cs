using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Conformance;

/// <summary>This program as a child process that trains models and says which bits came out.</summary>
internal static class NumbersProcess
{
    private static readonly Random Random = new(1);

    /// <summary>What a process with these settings of the runtime says: a line for the width of vectors, and one for every
    /// model.</summary>
    public static string[] Run(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(NumbersProcess).Assembly.Location, "numbers"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["FUNCTIONAL_BLAS"] = "simd";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"The child ended with {child.ExitCode}.");
    }

    /// <summary>Trains every model for a few steps.</summary>
    public static int Write()
    {
        Console.WriteLine(
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128);
        RandomSeed.Set(1);
        var words = Input(shape: [40]);
        var embedded = Embedding(50, 24)(words);
        var attended = MultiHeadAttention(3, 20).Attend(embedded, embedded);
        var normalized = LayerNormalization()(embedded + attended);
        Train("attention", words, normalized.GlobalAveragePooling1D().Dense(1), rows: 9, words: 50);

        var sequence = Input(shape: [23, 7]);
        Train("recurrent", sequence, sequence.LSTM(37, returnSequences: true).GRU(19).Dropout(0.3).Dense(3, "softmax"), rows: 17);

        var image = Input(shape: [20, 20, 3]);
        var convolved = image.Conv2D(24, 3, padding: "same").BatchNormalization().Activation("relu").Conv2D(40, 3)
            .DepthwiseConv2D(3).AveragePooling2D(2).Conv2D(48, 1).MaxPooling2D(2).Flatten();
        Train("image", image, convolved.Dense(10, "softmax"), rows: 11);

        var wide = Input(shape: [1100]);
        Train("dense", wide, wide.Dense(700, "gelu").LayerNormalization().Dense(333, "tanh").Dense(1), rows: 600);
        return 0;
    }

    private static void Train(string name, SymbolicTensor input, SymbolicTensor output, int rows, int? words = null)
    {
        var model = new Model(input, output);
        model.Compile(Optimizers.Adam(0.01), "mse");
        var x = Numbers(input.Shape, rows, () => words is { } count ? Random.Next(count) : Random.NextSingle());
        var y = Numbers(output.Shape, rows, Random.NextSingle);
        var history = model.Fit(x, y, batchSize: rows, epochs: 3, verbose: 0);
        var bits = model.GetWeights().Append(model.Predict(x)[0])
            .SelectMany(weight => MemoryMarshal.AsBytes<float>(weight.ToArray<float>()).ToArray())
            .ToArray();
        Console.WriteLine($"{name} {history["loss"][^1]:R} {Convert.ToHexString(SHA256.HashData(bits))}");
    }

    private static Tensor Numbers(Shape shape, int rows, Func<float> next)
    {
        int[] lengths = [rows, .. shape.Skip(1).Select(length => length!.Value)];
        return Tensor.Create<float>(lengths, [.. Enumerable.Range(0, lengths.Aggregate(1, (a, b) => a * b)).Select(_ => next())]);
    }
}
