using System.Runtime.CompilerServices;
using Functional.Core.Layers;
using Xunit;

namespace Functional.Conformance;

/// <summary>
/// The tables of layers are those that the code makes. After a change of layers, run these tests once with
/// FUNCTIONAL_UPDATE_DOCS=1 and commit the files.
/// </summary>
public sealed class LayerTableTests
{
    private static bool IsUpdating => Environment.GetEnvironmentVariable("FUNCTIONAL_UPDATE_DOCS") == "1";

    [Fact]
    public void EveryLayer_IsInTheTable()
    {
        var path = Path.Combine(Root(), "docs", "layers.md");
        var made = LayerTable.Document();
        if (IsUpdating)
            File.WriteAllText(path, made);

        Assert.Equal(made, File.ReadAllText(path));
        Assert.All(LayerRegistry.classNames, name => Assert.Contains($"| {name} |", made, StringComparison.Ordinal));
    }

    [Fact]
    public void TheReadme_NamesEveryLayer()
    {
        var path = Path.Combine(Root(), "README.md");
        var lines = File.ReadAllLines(path);
        var row = Array.FindIndex(lines, line => line.StartsWith("| Layers |", StringComparison.Ordinal));
        Assert.True(row >= 0, "README.md has no row '| Layers |'.");
        if (IsUpdating)
        {
            lines[row] = LayerTable.Names();
            File.WriteAllLines(path, lines);
        }

        Assert.Equal(LayerTable.Names(), lines[row]);
    }

    private static string Root([CallerFilePath] string thisFile = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(thisFile)! })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Functional.sln")))
                    return folder.FullName;
            }
        }

        throw new InvalidOperationException("Functional.sln was not found above the tests.");
    }
}
