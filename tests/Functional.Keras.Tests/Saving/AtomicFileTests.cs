using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

/// <summary>What saving does to a folder and to the file that was there.</summary>
public sealed class AtomicFileTests
{
    [Fact]
    public void ALink_StaysALink_AndItsTargetIsWritten()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("real"));
        File.WriteAllText(folder.File("real/m.keras"), "old");
        File.CreateSymbolicLink(folder.File("link.keras"), folder.File("real/m.keras"));
        NewModel().Save(folder.File("link.keras"));
        Assert.NotNull(new FileInfo(folder.File("link.keras")).LinkTarget);
        Assert.NotNull(Model.Load(folder.File("real/m.keras")));
    }

    [Fact]
    public void ALinkToNothing_GetsItsTarget()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("link.keras"), folder.File("later.keras"));
        NewModel().Save(folder.File("link.keras"));
        Assert.NotNull(new FileInfo(folder.File("link.keras")).LinkTarget);
        Assert.True(File.Exists(folder.File("later.keras")));
    }

    [Fact]
    public void TheModeOfTheFileThatIsReplaced_IsKept()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        File.WriteAllText(folder.File("m.keras"), "old");
        File.SetUnixFileMode(folder.File("m.keras"), mode);
        NewModel().Save(folder.File("m.keras"));
        Assert.Equal(mode, File.GetUnixFileMode(folder.File("m.keras")));
    }

    [Fact]
    public void AReadOnlyFile_IsRefusedAndNamed_AndStays()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.keras"), "old");
        File.SetAttributes(folder.File("m.keras"), FileAttributes.ReadOnly);
        var failure = Assert.Throws<UnauthorizedAccessException>(() => NewModel().Save(folder.File("m.keras")));
        Assert.Equal($"'{folder.File("m.keras")}' cannot be written: it is read-only.", failure.Message);
        Assert.Equal("old", File.ReadAllText(folder.File("m.keras")));
        File.SetAttributes(folder.File("m.keras"), FileAttributes.Normal);
    }

    [Fact]
    public void AMissingFolder_IsNamed_AndSoIsTheFile()
    {
        using var folder = new TemporaryFolder();
        var failure = Assert.Throws<DirectoryNotFoundException>(() => NewModel().Save(folder.File("no/m.keras")));
        Assert.Equal(
            $"'{folder.File("no/m.keras")}' cannot be written: there is no folder '{folder.File("no")}'.", failure.Message);
    }

    [Fact]
    public void AFolderInTheFilesPlace_IsNamed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("m.keras"));
        Assert.Contains(
            $"'{folder.File("m.keras")}' is a folder",
            Assert.Throws<ArgumentException>(() => NewModel().Save(folder.File("m.keras"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ALongName_IsTaken()
    {
        using var folder = new TemporaryFolder();
        var name = new string('n', 234) + ".keras";
        NewModel().Save(folder.File(name));
        Assert.True(File.Exists(folder.File(name)));
    }

    [Fact]
    public void WhatKilledProcessesLeft_IsSwept_AndWhatIsBeingWrittenIsNot()
    {
        using var folder = new TemporaryFolder();
        var (left, open) = (folder.File(".functional-left.tmp"), folder.File(".functional-open.tmp"));
        File.WriteAllText(left, "half");
        using var writing = new FileStream(open, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddMinutes(-1));
        File.SetLastWriteTimeUtc(open, DateTime.UtcNow.AddMinutes(-1));
        NewModel().Save(folder.File("m.keras"));
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(open));
        Assert.Equal(2, Directory.GetFiles(folder.File("."), "*", new EnumerationOptions { AttributesToSkip = 0 }).Length);
    }

    [Fact]
    public void CheckpointsAndLogs_MakeTheirFolders()
    {
        using var folder = new TemporaryFolder();
        var model = NewModel();
        model.Compile("sgd", "mse");
        model.Fit(
            new float[,] { { 1, 2 } }, new float[,] { { 1 } }, verbose: 0,
            callbacks: [new ModelCheckpoint(folder.File("a/b/{epoch}.keras")), new CSVLogger(folder.File("c/log.csv"))]);
        Assert.True(File.Exists(folder.File("a/b/1.keras")));
        Assert.True(File.Exists(folder.File("c/log.csv")));
    }

    [Fact]
    public void AModelBeyondWhatAnArchiveCanBeReadFrom_IsRefusedWhenItIsSaved()
    {
        using var folder = new TemporaryFolder();
        var x = Input(shape: [32768]);
        var model = new Model(x, x.Dense(32768, useBias: false), name: "large");
        var failure = Assert.Throws<InvalidOperationException>(() => model.Save(folder.File("m.keras")));
        Assert.Equal(
            "Weights and optimizer of model 'large' take 4294967296 bytes, but a .keras file is read as a whole, which can be "
            + "2130706431 bytes at most: save it as .h5, or the weights alone as .weights.h5.",
            failure.Message);
        Assert.False(File.Exists(folder.File("m.keras")));
    }

    [Fact]
    public void OptimizerStateThatDoesNotFit_LeavesWeightsIterationsAndSlots()
    {
        using var folder = new TemporaryFolder();
        var (model, other) = (Trained("adam"), Trained("sgd"));
        other.SaveWeights(folder.File("other.weights.h5"));
        model.SaveWeights(folder.File("before.weights.h5"));
        other.Compile(Optimizers.RMSprop(momentum: 0.5, centered: true), "mse");
        other.TrainOnBatch(new float[,] { { 1, 2 } }, new float[,] { { 1 } });
        other.SaveWeights(folder.File("unfit.weights.h5"));
        var (weights, iterations) = (model.GetWeights()[0].ToArray<float>(), model.Optimizer.Iterations);
        var failure = Assert.Throws<ModelFileException>(() => model.LoadWeights(folder.File("unfit.weights.h5")));
        Assert.Contains("The optimizer's saved state does not fit: Adam has 4 variables", failure.Message, StringComparison.Ordinal);
        Assert.Equal(weights, model.GetWeights()[0].ToArray<float>());
        Assert.Equal(iterations, model.Optimizer.Iterations);
        model.SaveWeights(folder.File("after.weights.h5"));
        Assert.Equal(File.ReadAllBytes(folder.File("before.weights.h5")), File.ReadAllBytes(folder.File("after.weights.h5")));
    }

    private static Model Trained(string optimizer)
    {
        var model = NewModel();
        model.Compile(optimizer, "mse");
        model.TrainOnBatch(new float[,] { { 1, 2 } }, new float[,] { { 1 } });
        return model;
    }

    private static Model NewModel()
    {
        var x = Input(shape: [2]);
        return new Model(x, x.Dense(1));
    }
}
