using System.Text;

namespace Functional.Keras;

/// <summary>A table with the columns and line drawing of Keras's summaries.</summary>
internal sealed class SummaryTable
{
    private const int NarrowestColumn = 3;

    private static readonly double[] ChainPositions = [0.45, 0.80, 1.0];
    private static readonly double[] GraphPositions = [0.3, 0.56, 0.74, 1.0];

    private readonly List<string[]> rows = [];
    private readonly string[] header;
    private readonly int[] widths;
    private readonly bool isChain;
    private readonly bool showTrainable;

    internal SummaryTable(int lineLength, IReadOnlyList<double>? positions, bool isChain, bool showTrainable)
    {
        this.isChain = isChain;
        this.showTrainable = showTrainable;
        header = Choose("Layer (type)", "Output Shape", "Param #", "Connected to", "Trainable");
        widths = Fit(lineLength, Ends(lineLength, positions ?? (isChain ? ChainPositions : GraphPositions)));
    }

    internal void Add(string layer, string shape, string parameters, string connections, string trainable) =>
        rows.Add(Choose(layer, shape, parameters, connections, trainable));

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendRule(text, '┏', '━', '┳', '┓').Append('\n');
        AppendRow(text, header, '┃', isHeader: true).Append('\n');
        AppendRule(text, '┡', '━', '╇', '┩').Append('\n');
        for (var index = 0; index < rows.Count; index++)
        {
            if (index > 0)
                AppendRule(text, '├', '─', '┼', '┤').Append('\n');
            AppendRow(text, rows[index], '│').Append('\n');
        }

        return AppendRule(text, '└', '─', '┴', '┘').ToString();
    }

    /// <summary>Where the columns end, in characters.</summary>
    private int[] Ends(int lineLength, IReadOnlyList<double> positions)
    {
        var count = isChain ? ChainPositions.Length : GraphPositions.Length;
        if (positions.Count < count)
        {
            throw new ArgumentException(
                $"Summary: positions must say where {count} columns end, but has {positions.Count} entries.", nameof(positions));
        }

        var scale = positions[count - 1] <= 1 ? lineLength : 1.0;
        var ends = positions.Take(count).Select(position => position * scale);
        if (showTrainable)
            ends = [.. ends.Select(end => end * 0.9), lineLength];
        return [.. ends.Select(end => (int)Math.Clamp(end, 0, int.MaxValue / 2))];
    }

    /// <summary>
    /// The widths that Keras's table library gives columns: what is too much is taken from them in turn, an equal part of
    /// what remains from each; what is too little goes to them by their widths.
    /// </summary>
    private static int[] Fit(int lineLength, int[] ends)
    {
        var widths = new int[ends.Length];
        for (var column = 0; column < widths.Length; column++)
            widths[column] = ends[column] - (column == 0 ? 0 : ends[column - 1]) + 2;
        var excess = widths.Sum(width => (long)width) - (lineLength - (widths.Length + 1));
        for (var column = 0; column < widths.Length && excess > 0; column++)
        {
            var part = (int)Math.Round((double)excess / (widths.Length - column), MidpointRounding.ToEven);
            widths[column] -= part;
            excess -= part;
        }

        var total = widths.Sum(width => (long)width);
        for (var column = 0; column < widths.Length && excess < 0 && total > 0; column++)
        {
            var part = (int)Math.Ceiling((double)widths[column] * -excess / total);
            total -= widths[column];
            widths[column] += part;
            excess += part;
        }

        // A letter and the ellipsis fit between two blanks.
        var narrow = Array.FindIndex(widths, width => width < NarrowestColumn);
        return narrow < 0 ? widths : throw new ArgumentException(
            $"Summary: column {narrow} is too narrow in {lineLength} characters: widen lineLength, or move positions.",
            nameof(lineLength));
    }

    private string[] Choose(string layer, string shape, string parameters, string connections, string trainable)
    {
        string[] always = [layer, shape, parameters];
        return [.. always, .. isChain ? Array.Empty<string>() : [connections], .. showTrainable ? [trainable] : Array.Empty<string>()];
    }

    private StringBuilder AppendRule(StringBuilder text, char left, char line, char middle, char right)
    {
        text.Append(left);
        for (var column = 0; column < widths.Length; column++)
            text.Append(line, widths[column]).Append(column < widths.Length - 1 ? middle : right);
        return text;
    }

    /// <summary>The lines of a row. Cells begin at its first line, those of the header end at its last one.</summary>
    private StringBuilder AppendRow(StringBuilder text, string[] cells, char border, bool isHeader = false)
    {
        var lines = cells.Select((cell, column) => Wrap(cell, widths[column] - 2)).ToArray();
        var height = lines.Max(cell => cell.Count);
        for (var line = 0; line < height; line++)
        {
            text.Append(line > 0 ? "\n" : string.Empty).Append(border);
            for (var column = 0; column < cells.Length; column++)
            {
                var position = isHeader ? line - (height - lines[column].Count) : line;
                var part = position >= 0 && position < lines[column].Count ? lines[column][position] : string.Empty;
                text.Append(' ').Append(Align(part, column)).Append(' ').Append(border);
            }
        }

        return text;
    }

    /// <summary>Numbers stand at the right, whether a layer is trained stands in the middle.</summary>
    private string Align(string part, int column)
    {
        var width = widths[column] - 2;
        return column == 2 ? part.PadLeft(width)
            : showTrainable && column == widths.Length - 1 ? part.PadLeft((width + part.Length) / 2).PadRight(width)
            : part.PadRight(width);
    }

    /// <summary>Lines of at most a width, broken at blanks; longer words are cut with an ellipsis.</summary>
    private static List<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        var indent = text.Length - text.TrimStart().Length;
        var line = new string(' ', indent);
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                (line, isEmpty) = (string.Empty, true);
            }

            line = isEmpty ? line + word : $"{line} {word}";
            isEmpty = false;
        }

        lines.Add(line);
        return lines.ConvertAll(full => full.Length <= width ? full : $"{full[..(width - 1)]}…");
    }
}
