using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

public sealed class ModelFileSafetyTests
{
    [Fact]
    public void AnUnknownClass_IsRefused_WithClassAndLayer()
    {
        var failure = Assert.Throws<ModelFileException>(() => LoadWith("Swirl", "my_layer"));
        Assert.Contains("Layer 'my_layer' is of class 'Swirl'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Saving.Register", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALambda_IsRefused_WithTheReason()
    {
        var failure = Assert.Throws<ModelFileException>(() => LoadWith("Lambda", "trick"));
        Assert.Contains("Layer 'trick' is a Lambda: it holds Python code", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARegisteredClass_IsMadeByItsFunction()
    {
        Saving.Register("Twirl", (name, config) => Dense((int)config["units"]!, name: name));
        Assert.Equal("Dense", LoadWith("Twirl", "dense").GetLayer("dense").ClassName);
    }

    [Fact]
    public void AZipBombThatDeclaresItsSize_IsRefused_UnlessTheLimitIsRaised()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bomb.keras");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(archive, "metadata.json", "{}"u8.ToArray());
            Add(archive, "config.json", new byte[64 << 20]);
        }

        var failure = Assert.Throws<ModelFileException>(() => Model.Load(path));
        Assert.Contains("'config.json' takes 67108864 bytes", failure.Message, StringComparison.Ordinal);
        var raised = new LoadOptions { MaximumExpansion = 100_000 };
        Assert.DoesNotContain(
            "takes", Assert.Throws<ModelFileException>(() => Model.Load(path, options: raised)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AZipBombThatLiesAboutItsSize_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("liar.keras");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
            Add(archive, "metadata.json", Encoding.ASCII.GetBytes(new string(' ', 1 << 20)));
        var bytes = File.ReadAllBytes(path);

        // The uncompressed size of the entry, in the local header and in the central directory.
        for (var at = 0; at + 4 <= bytes.Length; at++)
        {
            if (BitConverter.ToInt32(bytes, at) == 1 << 20)
                BitConverter.TryWriteBytes(bytes.AsSpan(at), 16);
        }

        File.WriteAllBytes(path, bytes);
        Assert.Throws<ModelFileException>(() => Model.Load(path));
    }

    [Fact]
    public void PathsInsideAnArchive_WriteNothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        NewModel().Save(path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            Add(archive, "../escaped.txt", "escaped"u8.ToArray());
            Add(archive, "/assets/../../escaped.txt", "escaped"u8.ToArray());
        }

        Assert.True(Model.Load(path).IsBuilt);
        Assert.Equal(["model.keras"], folder.Names);
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "escaped.txt")));
    }

    [Fact]
    public void DamagedFiles_GiveAModelFileException()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["model.keras", "model.h5"])
        {
            NewModel().Save(folder.File(file));
            var sound = File.ReadAllBytes(folder.File(file));
            var seed = Environment.TickCount;
            var random = new Random(seed);
            for (var round = 0; round < 200; round++)
            {
                var bytes = sound[..(round % 4 == 0 ? random.Next(sound.Length) : sound.Length)];
                for (var change = 0; change < 8 && bytes.Length > 0; change++)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                File.WriteAllBytes(folder.File(file), bytes);
                var failure = Record.Exception(() => Model.Load(folder.File(file)));
                Assert.True(failure is null or ModelFileException, $"{file}, seed {seed}, round {round}: {failure}");
            }
        }
    }

    [Fact]
    public void AFileThatCannotBeWritten_LeavesNothingBehind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("model.keras"));
        Assert.ThrowsAny<Exception>(() => NewModel().Save(folder.File("model.keras")));
        Assert.Equal(["model.keras"], folder.Names);
        Assert.Throws<ArgumentException>(() => NewModel().Save(folder.File("model.zip")));
    }

    private static Sequential NewModel()
    {
        var model = new Sequential([Input(shape: [3]), Dense(4, "relu", name: "dense"), Dense(1)]);
        model.Compile("adam", "mse");
        return model;
    }

    /// <summary>Loads a model whose first layer has another class.</summary>
    private static Model LoadWith(string className, string layerName)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        NewModel().Save(path);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            var entry = archive.GetEntry("config.json")!;
            JsonNode config;
            using (var content = entry.Open())
                config = JsonNode.Parse(content)!;
            entry.Delete();
            var layer = config["config"]!["layers"]![1]!;
            layer["class_name"] = className;
            layer["config"]!["name"] = layerName;
            Add(archive, "config.json", Encoding.UTF8.GetBytes(config.ToJsonString()));

            // A layer of another class has its weights in another group.
            if (className == "Twirl")
                return FromConfig(config);
        }

        return Model.Load(path);
    }

    private static Model FromConfig(JsonNode config) => Model.FromJson(config.ToJsonString());

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
        stream.Write(content);
    }
}
