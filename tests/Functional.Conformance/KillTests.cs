using Functional.Keras;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Conformance;

/// <summary>Processes that die: files are whole, and training goes on.</summary>
public sealed class KillTests
{
    [Fact]
    public void AProcessKilledAtAnyMoment_LeavesTheOldFileOrTheNewOne()
    {
        const int Kills = 100;
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = KilledProcess.Start("save", path);
            Assert.Equal("saved", child.StandardOutput.ReadLine());
            Thread.Sleep(random.Next(20));
            child.Kill();
            child.WaitForExit();

            var values = Model.Load(path).GetWeights().SelectMany(weight => weight.ToArray<float>()).Distinct();
            Assert.True(values.Count() == 1, $"The file has parts of two models (seed {seed}, kill {kill}).");
        }
    }

    [Fact]
    public void TrainingKilledInTheMiddleOfAnEpoch_GoesOnAsIfNothingHadHappened()
    {
        using var folder = new TemporaryFolder();
        var (whole, interrupted) = (folder.File("whole.weights.h5"), folder.File("interrupted.weights.h5"));
        Finish(folder.File("a"), whole);
        using (var child = KilledProcess.Start("train", folder.File("b"), interrupted))
        {
            while (child.StandardOutput.ReadLine() is { } line && line != "2.2")
            {
            }

            child.Kill();
            child.WaitForExit();
        }

        Assert.False(File.Exists(interrupted));
        Finish(folder.File("b"), interrupted);
        var (expected, found) = (Weights(whole), Weights(interrupted));
        Assert.Equal(expected, found);
    }

    private static void Finish(string folder, string result)
    {
        using var child = KilledProcess.Start("train", folder, result);
        child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
    }

    private static float[] Weights(string path)
    {
        var model = new Sequential([Input(shape: [3]), Dense(16, "relu"), Dropout(0.3), Dense(1)]);
        model.LoadWeights(path);
        return [.. model.GetWeights().SelectMany(weight => weight.ToArray<float>())];
    }
}
