using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Functional.Architecture.Tests;

/// <summary>Every public member of the F# libraries is documented; the C# compiler sees to the others (CS1591).</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("Functional.Core")]
    [InlineData("Functional.Compiler")]
    [InlineData("Functional.Runtime")]
    public void FSharpModulesAndTypes_AreDocumented(string project)
    {
        var assembly = Assembly.Load(project);
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        var documented = XDocument.Load(path).Descendants("member").Select(member => (string)member.Attribute("name")!).ToHashSet();

        var missing =
            from type in assembly.GetExportedTypes()
            where !type.IsNested && !type.Name.Contains('<', StringComparison.Ordinal)
            let name = $"T:{type.FullName}"
            let source = name.EndsWith("Module", StringComparison.Ordinal) ? name[..^"Module".Length] : name
            // A module that shares its name with a type is documented by the type.
            where !documented.Contains(name) && !documented.Contains(source)
            select name;

        Assert.Empty(missing);
    }
}
