using System.Xml.Linq;
using Xunit;

namespace Functional.Architecture.Tests;

/// <summary>The purity line of the design is the reference graph: data flows down, never back up.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Functional.Core"] = ["FSharp.Core", "MathNet.Numerics"],
        ["Functional.Compiler"] = ["FSharp.Core", "Functional.Core"],
        ["Functional.Kernels"] = ["MathNet.Numerics", "System.Numerics.Tensors"],
        ["Functional.Runtime"] = ["FSharp.Core", "Functional.Compiler", "Functional.Kernels"],
        ["Functional.Hdf5"] = [],
        ["Functional.Keras"] = ["Functional.Runtime", "Functional.Kernels", "Functional.Hdf5", "Spectre.Console"],
        ["Functional.Examples"] = ["Functional.Keras", "CsvHelper", "Spectre.Console"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatTheDesignAllows(string project)
    {
        var references =
            from element in ProjectFile(project).Descendants()
            where element.Name.LocalName is "PackageReference" or "ProjectReference"
            where element.Parent?.Attribute("Condition") is null && element.Attribute("Condition") is null
            let name = (string)element.Attribute("Include")!
            select Path.GetFileNameWithoutExtension(name.Replace('\\', '/') + (name.EndsWith("proj", StringComparison.Ordinal) ? "" : "."));

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void EverySourceProject_HasARule()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src")).Select(Path.GetFileName);

        Assert.Empty(projects.Except(Allowed.Keys));
    }

    [Theory]
    [InlineData("Functional.Core")]
    [InlineData("Functional.Compiler")]
    [InlineData("Functional.Runtime")]
    public void FSharpProject_HidesFSharpCoreFromTheFacadesCompiler(string project)
    {
        var reference = Assert.Single(
            ProjectFile(project).Descendants("PackageReference"),
            element => (string)element.Attribute("Include")! == "FSharp.Core");

        Assert.Equal("compile", (string?)reference.Attribute("PrivateAssets"));
    }

    [Fact]
    public void Facade_ShowsItsUsersNoOtherAssemblyThanThatOfTheElementTypes()
    {
        var visible =
            from element in ProjectFile("Functional.Keras").Descendants("ProjectReference")
            where (string?)element.Attribute("PrivateAssets") != "compile"
            select Path.GetFileNameWithoutExtension(((string)element.Attribute("Include")!).Replace('\\', '/'));

        Assert.Equal(["Functional.Kernels"], visible);
    }

    private static XDocument ProjectFile(string project)
    {
        var folder = Path.Combine(SourceTree.Root, "src", project);
        return XDocument.Load(Directory.EnumerateFiles(folder, "*.*proj").Single());
    }
}
