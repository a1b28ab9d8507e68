using System.Globalization;
using System.Text.RegularExpressions;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <content>The summary table.</content>
public partial class Model
{
    private const int LongestLine = 10_000;

    /// <summary>Prints the layers with shapes and numbers of weights, as Keras does.</summary>
    /// <param name="lineLength">The width of the table.</param>
    /// <param name="positions">Where the columns end: parts of the width, the last one at most 1, or numbers of
    /// characters. There are three columns, or four where layers are not just in a row; further entries are not looked
    /// at. Null is Keras's: <c>[0.45, 0.8, 1.0]</c>, or <c>[0.3, 0.56, 0.74, 1.0]</c>.</param>
    /// <param name="printFn">Takes the text; null prints it.</param>
    /// <param name="expandNested">Whether the layers of nested models are listed.</param>
    /// <param name="showTrainable">Whether a column tells which layers are trained.</param>
    /// <param name="layerRange">The first and the last layer to list, by name or by a regular expression that a name
    /// begins with; null lists all.</param>
    /// <exception cref="ArgumentException">No layer has a name of the range, or a column is too narrow.</exception>
    public void Summary(
        int lineLength = 88,
        IReadOnlyList<double>? positions = null,
        Action<string>? printFn = null,
        bool expandNested = false,
        bool showTrainable = false,
        (string First, string Last)? layerRange = null)
    {
        if (lineLength is < 1 or > LongestLine)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lineLength), lineLength, $"Summary: lineLength must be from 1 to {LongestLine}.");
        }

        var text = SummaryText(lineLength, positions, expandNested, showTrainable, layerRange);
        if (printFn is null)
            Console.Out.WriteLine(text);
        else
            printFn(text);
    }

    private string SummaryText(
        int lineLength,
        IReadOnlyList<double>? positions,
        bool expandNested,
        bool showTrainable,
        (string First, string Last)? layerRange)
    {
        var connected = Structure;
        var rows = ModelInterop.Summary(connected.Core);
        var isChain = this is Sequential || IsChain(rows);
        var table = new SummaryTable(lineLength, positions, isChain, showTrainable);
        AddRows(table, Listed(rows, layerRange), this is Sequential, 0, expandNested);

        var total = CountParams();
        var trained = TrainableWeights.Sum(weight => weight.Shape.Size ?? 0);
        var size = connected.ElementType.SizeInBytes();
        var optimizer = OptimizerVariables();
        var kept = optimizer.Sum(variable => (long)variable.Length);
        var keptBytes = optimizer.Sum(variable => variable.SizeInBytes);
        return string.Join('\n',
        [
            $"Model: \"{Name}\"",
            table.ToString(),
            $" Total params: {Count(total + kept, (total * size) + keptBytes)}",
            $" Trainable params: {Count(trained, trained * size)}",
            $" Non-trainable params: {Count(total - trained, (total - trained) * size)}",
            .. kept == 0 ? Array.Empty<string>() : [$" Optimizer params: {Count(kept, keptBytes)}"],
        ]);
    }

    /// <summary>What the optimizer remembers of the steps done; nothing before the first.</summary>
    private HostTensor[] OptimizerVariables() =>
        compileArguments is not null && Optimizer.Iterations > 0 && TrainingState() is { State.Optimizer: var state }
            ? WeightsFile.Variables(state)
            : [];

    private static void AddRows(
        SummaryTable table, ReadOnlySpan<SummaryRow> rows, bool hidesInputs, int depth, bool expandNested)
    {
        foreach (var row in rows)
        {
            var layer = LayerInstance.Of(row.Layer);
            if (layer.IsInput && hidesInputs)
                continue;
            var indent = depth == 0 ? string.Empty : new string(' ', 3 * depth) + "└ ";
            var weights = layer.Model?.CountParams() ?? layer.Delegate.CountParams();
            table.Add(
                $"{indent}{row.Name} ({layer.ClassName})",
                Shapes(row),
                weights.ToString("N0", CultureInfo.InvariantCulture),
                depth > 0 || row.Connections.Length == 0 ? "-" : string.Join(", ", row.Connections),
                weights == 0 ? "-" : layer.Trainable ? "Y" : "N");
            if (expandNested && layer.Model is { } nested)
            {
                var inner = ModelInterop.Summary(nested.Structure.Core);
                AddRows(table, inner, nested is Sequential, depth + 1, expandNested);
            }
        }
    }

    /// <summary>The rows from the first that fits one end of a range to the last that fits the other.</summary>
    private static ReadOnlySpan<SummaryRow> Listed(SummaryRow[] rows, (string First, string Last)? layerRange)
    {
        if (layerRange is not { } ends)
            return rows;
        var names = Array.ConvertAll(rows, row => row.Name);
        var first = Fitting(ends.First);
        var last = Fitting(ends.Last);
        var from = first[0] <= last[^1] ? first[0] : last[0];
        var to = first[0] <= last[^1] ? last[^1] : first[^1];
        return rows.AsSpan(from..(to + 1));

        int[] Fitting(string pattern)
        {
            ArgumentNullException.ThrowIfNull(pattern, nameof(layerRange));
            try
            {
                var start = new Regex($@"\A(?:{pattern})", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                var found = Enumerable.Range(0, names.Length).Where(index => start.IsMatch(names[index])).ToArray();
                return found.Length > 0
                    ? found
                    : throw new ArgumentException(ValueInterop.UnknownName("layer", pattern, names), nameof(layerRange));
            }
            catch (RegexParseException error)
            {
                throw new ArgumentException(
                    $"'{pattern}' is neither a layer's name nor a regular expression.", nameof(layerRange), error);
            }
        }
    }

    private static string Shapes(SummaryRow row)
    {
        var shapes = Array.ConvertAll(row.Outputs, output => Shape.Create(SymbolicInterop.Dimensions(output)).ToString());
        return shapes.Length == 1 ? shapes[0] : $"[{string.Join(", ", shapes)}]";
    }

    /// <summary>Whether one layer follows the other: then the connections say nothing.</summary>
    private static bool IsChain(SummaryRow[] rows)
    {
        var sources = rows.SelectMany(row => row.Connections).ToArray();
        return rows.Count(row => row.Connections.Length == 0) == 1
            && rows.All(row => row.Connections.Length <= 1)
            && sources.Distinct().Count() == sources.Length;
    }

    /// <summary>"7,265 (28.38 KB)".</summary>
    private static string Count(long number, long size)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        var bytes = (double)size;
        var unit = 0;
        while (bytes >= 1024 && unit < units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number:N0} ({bytes:0.00} {units[unit]})");
    }
}
