using System.Diagnostics;
using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Conformance;

/// <summary>This program as a child process that is killed, and what it does meanwhile.</summary>
internal static class KilledProcess
{
    public static Process Start(params string[] arguments)
    {
        var assembly = typeof(KilledProcess).Assembly.Location;
        return Process.Start(new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Saves a model over and over, its weights all 0, then all 1, and so on; says when a file is there.</summary>
    public static int SaveForever(string path)
    {
        var model = new Sequential([Input(shape: [64]), Dense(256), Dense(64)]);
        for (var value = 0f; ; value++)
        {
            model.SetWeights([.. model.GetWeights().Select(weight => Tensor.Fill(weight.Shape, value))]);
            model.Save(path);
            Console.WriteLine("saved");
        }
    }

    /// <summary>Trains with backups, says which batch is done, and saves the weights at the end.</summary>
    public static int Train(string folder, string result)
    {
        RandomSeed.Set(5);
        var model = new Sequential([Input(shape: [3]), Dense(16, "relu"), Dropout(0.3), Dense(1)]);
        model.Compile(Optimizers.Adam(0.01), "mse");
        var random = new Random(1);
        var x = Tensor.Create<float>([64, 3], [.. Enumerable.Range(0, 192).Select(_ => random.NextSingle())]);
        var y = Tensor.Create<float>([64, 1], [.. Enumerable.Range(0, 64).Select(_ => random.NextSingle())]);
        model.Fit(x, y, batchSize: 8, epochs: 4, verbose: 0, callbacks: [new BackupAndRestore(folder), new Announcement()]);
        model.SaveWeights(result);
        return 0;
    }

    private sealed class Announcement : Callback
    {
        private int epoch;

        public override void OnEpochBegin(int epoch, Logs logs) => this.epoch = epoch;

        public override void OnTrainBatchEnd(int batch, Logs logs) => Console.WriteLine($"{epoch}.{batch}");
    }
}
