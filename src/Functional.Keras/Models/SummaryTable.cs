using System.Text;

namespace Functional.Keras;

/// <summary>A table with the columns and line drawing of Keras's summaries.</summary>
internal sealed class SummaryTable
{
    private static readonly double[] ChainPositions = [0.45, 0.80, 1.0];
    private static readonly double[] GraphPositions = [0.3, 0.56, 0.74, 1.0];

    private readonly List<string[]> rows = [];
    private readonly string[] header;
    private readonly int[] widths;
    private readonly bool isChain;
    private readonly bool showTrainable;

    internal SummaryTable(int lineLength, bool isChain, bool showTrainable)
    {
        this.isChain = isChain;
        this.showTrainable = showTrainable;
        var positions = isChain ? ChainPositions : GraphPositions;
        if (showTrainable)
            positions = [.. positions.Select(position => position * 0.9), 1.0];
        header = Choose("Layer (type)", "Output Shape", "Param #", "Connected to", "Trai…");
        widths = Fit(lineLength, positions);
    }

    internal void Add(string layer, string shape, string parameters, string connections, string trainable) =>
        rows.Add(Choose(layer, shape, parameters, connections, trainable));

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendRule(text, '┏', '━', '┳', '┓').Append('\n');
        AppendRow(text, header, '┃').Append('\n');
        AppendRule(text, '┡', '━', '╇', '┩').Append('\n');
        for (var index = 0; index < rows.Count; index++)
        {
            if (index > 0)
                AppendRule(text, '├', '─', '┼', '┤').Append('\n');
            AppendRow(text, rows[index], '│').Append('\n');
        }

        return AppendRule(text, '└', '─', '┴', '┘').ToString();
    }

    /// <summary>
    /// The widths that Keras's table library gives columns: what is too much is taken from them in turn, an equal part of
    /// what remains from each.
    /// </summary>
    private static int[] Fit(int lineLength, double[] positions)
    {
        var ends = Array.ConvertAll(positions, position => (int)(lineLength * position));
        var widths = new int[ends.Length];
        for (var column = 0; column < widths.Length; column++)
            widths[column] = ends[column] - (column == 0 ? 0 : ends[column - 1]) + 2;
        var excess = widths.Sum() - (lineLength - (widths.Length + 1));
        for (var column = 0; column < widths.Length && excess > 0; column++)
        {
            var part = (int)Math.Round((double)excess / (widths.Length - column), MidpointRounding.ToEven);
            widths[column] -= part;
            excess -= part;
        }

        return widths;
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

    private StringBuilder AppendRow(StringBuilder text, string[] cells, char border)
    {
        var lines = cells.Select((cell, column) => Wrap(cell, widths[column] - 2)).ToArray();
        for (var line = 0; line < lines.Max(cell => cell.Count); line++)
        {
            text.Append(line > 0 ? "\n" : string.Empty).Append(border);
            for (var column = 0; column < cells.Length; column++)
            {
                var part = line < lines[column].Count ? lines[column][line] : string.Empty;
                var width = widths[column] - 2;
                text.Append(' ').Append(column == 2 ? part.PadLeft(width) : part.PadRight(width)).Append(' ').Append(border);
            }
        }

        return text;
    }

    /// <summary>Lines of at most a width, broken at blanks; longer words are broken anywhere.</summary>
    private static List<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        var indent = text.Length - text.TrimStart().Length;
        var line = new string(' ', indent);
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (!isEmpty && line.Length + 1 + rest.Length > width)
            {
                lines.Add(line);
                (line, isEmpty) = (string.Empty, true);
            }

            while (rest.Length > width)
            {
                lines.Add(rest[..width]);
                rest = rest[width..];
            }

            line = isEmpty ? line + rest : $"{line} {rest}";
            isEmpty = false;
        }

        lines.Add(line);
        return lines;
    }
}
