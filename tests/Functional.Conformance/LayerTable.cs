using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Functional.Core.Layers;
using Functional.Testing;

namespace Functional.Conformance;

/// <summary>
/// The table of layers in docs/layers.md, made of the registry, the methods of the facade with their documentation, and
/// the cases that Keras's answers exist for.
/// </summary>
internal static partial class LayerTable
{
    private static readonly Dictionary<string, XElement> Documentation = ReadDocumentation();

    /// <summary>The whole file.</summary>
    public static string Document()
    {
        var cases = CaseCounts();
        var text = new StringBuilder("""
            # The layers

            Every layer that a model can have, with Keras's arguments under their C# names (each method of `Layers` also takes
            `name`, and most take `inputShape`) and the number of conformance cases: models of real Keras 3.3.3 that have the
            layer, whose predictions, weights and training step agree with Keras's. Layers with 0 cases are newer than
            Keras 3.3.3, or Keras's own backends differ about their numbers, or Keras needs TensorFlow for them; tests check
            them against their definitions. A layer without a method is read from saved models and used from F#. This file
            is made by a test:
            `FUNCTIONAL_UPDATE_DOCS=1 dotnet test tests/Functional.Conformance --filter LayerTable`.

            | Layer | What it does | Arguments | Cases |
            |---|---|---|---:|

            """);
        foreach (var name in LayerRegistry.classNames)
        {
            var count = cases.GetValueOrDefault(name).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {Description(name)} | {Arguments(name)} | {count} |\n");
        }

        return text.ToString();
    }

    /// <summary>The names of all layers in one line, those that differ in their number of dimensions together.</summary>
    public static string Names()
    {
        var families = LayerRegistry.classNames
            .GroupBy(name => Rank().Replace(name, "#"))
            .OrderBy(family => family.Key, StringComparer.Ordinal)
            .Select(family => family.Key.Replace("#", string.Concat(family.Select(Dimensions).Distinct()) + "D", StringComparison.Ordinal));
        return $"| Layers | {LayerRegistry.classNames.Length} of Keras's classes ([each with its arguments](docs/layers.md)): {string.Join(", ", families)} |";
    }

    private static string Dimensions(string name) => Rank().Match(name).Groups[1].Value switch
    {
        "" => string.Empty,
        "1" => "1",
        var rank => $"/{rank}",
    };

    /// <summary>In how many cases a layer takes part; cases with a class that cannot be made yet do not count.</summary>
    private static Dictionary<string, int> CaseCounts()
    {
        var layers = LayerFixtures.all.Value
            .Where(fixture => !LayerConformanceTests.Quantized.Contains(fixture.Name))
            .Select(fixture => LayerConformanceTests.Config(fixture.Name));
        var models = FixtureFiles.Models.Cases.Select(name => FixtureFiles.Models.Read(name, "architecture.json"));
        return layers.Concat(models)
            .Where(config => Report.MissingClasses(config).Length == 0)
            .SelectMany(Report.Classes)
            .CountBy(name => name)
            .ToDictionary();
    }

    private static MethodInfo? Method(string className) =>
        typeof(Keras.Layers).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(method => method.Name == className && method.ReturnType == typeof(Keras.Layer));

    private static string Description(string className)
    {
        if (!Documentation.TryGetValue(className, out var summary))
            return string.Empty;
        var text = string.Concat(summary.Nodes().Select(Text));
        return Spaces().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } link => MemberName().Match((string?)link.Attribute("cref") ?? string.Empty).Groups[1].Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element => element.Value,
        _ => string.Empty,
    };

    private static string Arguments(string className)
    {
        string[] ofEveryLayer = ["name", "inputShape"];
        var parameters = Method(className)?.GetParameters().Where(parameter => !ofEveryLayer.Contains(parameter.Name)) ?? [];
        return string.Join(", ", parameters.Select(Argument));
    }

    private static string Argument(ParameterInfo parameter) => !parameter.HasDefaultValue
        ? $"**{parameter.Name}**"
        : parameter.DefaultValue switch
        {
            null => parameter.Name!,
            bool value => $"{parameter.Name} = {(value ? "true" : "false")}",
            string value => $"{parameter.Name} = \"{value}\"",
            var value => FormattableString.Invariant($"{parameter.Name} = {value}"),
        };

    /// <summary>The summaries of the methods of Layers that make a layer, by the methods' names.</summary>
    private static Dictionary<string, XElement> ReadDocumentation()
    {
        const string prefix = "M:Functional.Keras.Layers.";
        var path = Path.ChangeExtension(typeof(Keras.Layers).Assembly.Location, ".xml");
        return XDocument.Load(path).Descendants("member")
            .Where(member => ((string)member.Attribute("name")!).StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(member => ((string)member.Attribute("name")!)[prefix.Length..].Split('(')[0])
            .Where(group => group.First().Element("summary") is not null)
            .ToDictionary(group => group.Key, group => group.First().Element("summary")!);
    }

    [GeneratedRegex("([123])D")]
    private static partial Regex Rank();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\.(\w+)(\(.*)?$")]
    private static partial Regex MemberName();
}
