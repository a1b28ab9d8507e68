using System.Text;

namespace Functional.Keras;

/// <summary>
/// A path with fields in Python's manner: <c>{epoch:02d}</c>, <c>{val_loss:.4g}</c>; <c>{{</c> and <c>}}</c> are braces.
/// </summary>
internal sealed class PathTemplate
{
    private const string Epoch = "epoch";

    private readonly string path;
    private readonly List<(string Text, PythonFormat? Format)> parts = [];

    /// <summary>Raises ArgumentException where a field is none of a number.</summary>
    internal PathTemplate(string path, string argument)
    {
        this.path = path;
        var text = new StringBuilder();
        for (var at = 0; at < path.Length; at++)
        {
            var letter = path[at];
            if (letter is not ('{' or '}'))
            {
                text.Append(letter);
                continue;
            }

            if (at + 1 < path.Length && path[at + 1] == letter)
            {
                text.Append(letter);
                at++;
                continue;
            }

            var end = letter == '{' ? path.IndexOf('}', at) : -1;
            if (end < 0)
            {
                throw new ArgumentException(
                    $"'{path}' has a brace without its other half at {at}; a brace itself is written twice.", argument);
            }

            parts.Add((text.ToString(), null));
            text.Clear();
            parts.Add(Field(path[(at + 1)..end], argument));
            at = end;
        }

        parts.Add((text.ToString(), null));
    }

    /// <summary>The names of the logs that the path needs.</summary>
    internal IEnumerable<string> Fields =>
        parts.Where(part => part.Format is not null && part.Text != Epoch).Select(part => part.Text);

    /// <summary>The path as it was given.</summary>
    public override string ToString() => path;

    /// <summary>The path of an epoch, counted from 0; paths count from 1, as in Keras.</summary>
    internal string Expand(int epoch, Logs logs)
    {
        var result = new StringBuilder();
        foreach (var (text, format) in parts)
            result.Append(format is null ? text : Value(text, format, epoch, logs));
        return result.ToString();
    }

    private string Value(string name, PythonFormat format, int epoch, Logs logs)
    {
        if (name == Epoch)
            return format.Format(epoch + 1);
        return logs.TryGetValue(name, out var value)
            ? format.Format(value)
            : throw new InvalidOperationException(
                $"The path '{path}' needs '{name}', but training reports {OutputNaming.Quoted(logs.Keys)}.");
    }

    private (string Name, PythonFormat Format) Field(string field, string argument)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? field : field[..colon];
        var format = PythonFormat.TryParse(colon < 0 ? string.Empty : field[(colon + 1)..]);
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
        {
            throw new ArgumentException(
                $"'{{{field}}}' in '{path}' does not begin with a name: 'epoch', or one that training reports.", argument);
        }

        if (format is null || (format.IsForWholeNumbers && name != Epoch))
        {
            throw new ArgumentException(
                $"'{{{field}}}' in '{path}' is no format of {(name == Epoch ? "a whole" : "a real")} number in Python: "
                + $"'{{{name}{(name == Epoch ? ":02d" : ":.4f")}}}' is one.",
                argument);
        }

        return (name, format);
    }
}
