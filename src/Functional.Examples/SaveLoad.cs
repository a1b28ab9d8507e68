using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Examples;

/// <summary>Trains, saves, loads and goes on training: the numbers are those of a training that never stopped.</summary>
internal static class SaveLoad
{
    public static bool Run()
    {
        var folder = Directory.CreateTempSubdirectory("functional-save-load-");
        try
        {
            var path = Path.Combine(folder.FullName, "curve.keras");
            return Run(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Run(string path)
    {
        RandomSeed.Set(7);
        var inputs = Enumerable.Range(0, 64).Select(i => new[] { (i / 32f) - 1f }).ToArray();
        var targets = inputs.Select(row => new[] { MathF.Sin(3 * row[0]) }).ToArray();

        var model = new Sequential([Input(shape: [1]), Dense(16, activation: "tanh"), Dense(1)]);
        model.Compile(optimizer: Optimizers.Adam(0.01), loss: "mse", metrics: ["mae"]);
        model.Fit(inputs, targets, batchSize: 16, epochs: 20, verbose: 0);
        model.Save(path);
        Console.WriteLine($"saved   {Path.GetFileName(path)}, {new FileInfo(path).Length:N0} bytes");

        var loaded = Model.Load(path);
        Console.WriteLine($"loaded  {loaded.Name}: {loaded.CountParams()} weights, {loaded.Optimizer.Iterations} steps done");

        var losses = new[] { model, loaded }.Select(each =>
        {
            RandomSeed.Set(8);
            return each.Fit(inputs, targets, batchSize: 16, epochs: 20, verbose: 0)["loss"][^1];
        }).ToArray();
        Console.WriteLine($"after 20 epochs more: loss {losses[0]:R} in this process, {losses[1]:R} from the file");
        return losses[0] == losses[1];
    }
}
