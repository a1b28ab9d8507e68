using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Functional.Core.Layers;

namespace Functional.Conformance;

/// <summary>How many cases of each class pass, fail, or wait for layers that are not built yet.</summary>
internal sealed class Report
{
    private readonly SortedDictionary<string, (int Passed, int Failed, int Waiting)> rows = new(StringComparer.Ordinal);
    private readonly SortedSet<string> missing = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];

    public IReadOnlyList<string> Failures => failures;

    public int PassedCount => rows.Values.Sum(row => row.Passed);

    /// <summary>Runs a case; an exception is a failure.</summary>
    public void Run(string className, string name, IReadOnlyList<string> missingClasses, Func<IEnumerable<string>> check)
    {
        var row = rows.GetValueOrDefault(className);
        if (missingClasses.Count > 0)
        {
            missing.UnionWith(missingClasses);
            rows[className] = row with { Waiting = row.Waiting + 1 };
            return;
        }

        var problems = Problems(check);
        if (problems.Count > 0)
            failures.Add($"{name}: {string.Join("; ", problems)}");
        rows[className] = problems.Count == 0
            ? row with { Passed = row.Passed + 1 }
            : row with { Failed = row.Failed + 1 };
    }

    /// <summary>The layer classes of a saved model that cannot be made yet.</summary>
    public static string[] MissingClasses(byte[] config) =>
        [.. Classes(config).Where(name =>
            name != "InputLayer" && !LayerRegistry.isKnown(name) && !CellRegistry.classNames.Contains(name))];

    /// <summary>The layer classes of a saved model, each once.</summary>
    public static IEnumerable<string> Classes(byte[] config) =>
        Classes(JsonNode.Parse(config, documentOptions: new JsonDocumentOptions { MaxDepth = 256 })).Distinct();

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{"class",-30} {"passed",7} {"failed",7} {"not yet",8}");
        foreach (var (name, (passed, failed, waiting)) in rows)
            text.AppendLine($"{name,-30} {passed,7} {failed,7} {waiting,8}");
        text.AppendLine(
            $"{"all",-30} {PassedCount,7} {failures.Count,7} {rows.Values.Sum(row => row.Waiting),8}");
        if (missing.Count > 0)
            text.AppendLine($"not yet: {string.Join(", ", missing)}");
        return text.ToString();
    }

    private static List<string> Problems(Func<IEnumerable<string>> check)
    {
        try
        {
            return [.. check()];
        }
        catch (Exception failure)
        {
            return [$"{failure.GetType().Name}: {failure.Message}"];
        }
    }

    private static IEnumerable<string> Classes(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject content:
                if (content["class_name"] is JsonValue name && content["module"]?.ToString() == "keras.layers")
                    yield return name.ToString();
                foreach (var inner in content.SelectMany(entry => Classes(entry.Value)))
                    yield return inner;
                break;
            case JsonArray items:
                foreach (var inner in items.SelectMany(Classes))
                    yield return inner;
                break;
        }
    }
}
