using System.Globalization;
using System.Text;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>Numbers as NumPy prints them: one format for all, columns aligned, the middle of long axes left out.</summary>
internal static class TensorPrinter
{
    // NumPy's defaults: arrays of more elements are summarized, with this many at each end of an axis.
    private const int Threshold = 1000;
    private const int EdgeItems = 3;
    private const int Precision = 8;
    private const int LineWidth = 75;

    internal static string Print(Tensor tensor)
    {
        var shape = tensor.Data.Shape.ToArray();
        var summarize = tensor.Length > Threshold;
        var offsets = Visible(shape, summarize);
        var texts = Format(tensor, offsets);
        var queue = new Queue<string>(texts);
        var result = new StringBuilder();
        Append(result, shape, 0, summarize, queue);
        return result.ToString();
    }

    private static List<int> Visible(int[] shape, bool summarize)
    {
        List<int> offsets = [0];
        foreach (var length in shape)
        {
            var positions = Positions(length, summarize).Where(position => position >= 0).ToArray();
            offsets = [.. offsets.SelectMany(offset => positions.Select(position => offset * length + position))];
        }

        return offsets;
    }

    /// <summary>The positions of an axis that are shown; -1 stands for those left out.</summary>
    private static IEnumerable<int> Positions(int length, bool summarize) => summarize && length > 2 * EdgeItems
        ? Enumerable.Range(0, EdgeItems).Append(-1).Concat(Enumerable.Range(length - EdgeItems, EdgeItems))
        : Enumerable.Range(0, length);

    private static void Append(StringBuilder result, int[] shape, int axis, bool summarize, Queue<string> texts)
    {
        if (axis == shape.Length)
        {
            result.Append(texts.Dequeue());
            return;
        }

        result.Append('[');
        var isLast = axis == shape.Length - 1;
        var lineLength = axis + 1;
        var isFirst = true;
        foreach (var position in Positions(shape[axis], summarize))
        {
            var text = position < 0 ? "..." : isLast ? texts.Dequeue() : null;
            if (!isFirst && isLast && lineLength + 1 + text!.Length > LineWidth)
            {
                result.Append('\n').Append(' ', axis + 1);
                lineLength = axis + 1;
            }
            else if (!isFirst)
            {
                result.Append(isLast ? " " : new string('\n', shape.Length - axis - 1));
                if (!isLast)
                    result.Append(' ', axis + 1);
                lineLength++;
            }

            if (text is null)
                Append(result, shape, axis + 1, summarize, texts);
            else
                result.Append(text);
            lineLength += text?.Length ?? 0;
            isFirst = false;
        }

        result.Append(']');
    }

    private static string[] Format(Tensor tensor, List<int> offsets)
    {
        var texts = tensor.ElementType switch
        {
            ElementKind.Bool => offsets.ConvertAll(offset => tensor.AsSpan<bool>()[offset] ? "True" : "False"),
            ElementKind.Int32 => offsets.ConvertAll(
                offset => tensor.AsSpan<int>()[offset].ToString(CultureInfo.InvariantCulture)),
            ElementKind.Float32 => FormatFloats(offsets.ConvertAll(offset => (double)tensor.AsSpan<float>()[offset]), true),
            _ => FormatFloats(offsets.ConvertAll(offset => tensor.AsSpan<double>()[offset]), false),
        };
        var width = texts.Count == 0 ? 0 : texts.Max(text => text.Length);
        return [.. texts.Select(text => text.PadLeft(width))];
    }

    private static List<string> FormatFloats(List<double> values, bool single)
    {
        var finite = values.Where(double.IsFinite).Select(Math.Abs).Where(value => value != 0).ToList();
        var needsExponent = finite.Count > 0
            && (finite.Max() >= 1e8 || finite.Min() < 1e-4 || finite.Max() / finite.Min() > 1000);
        var texts = values.ConvertAll(value => FormatFloat(value, single, needsExponent));
        return needsExponent ? texts : PadFractions(texts);
    }

    private static string FormatFloat(double value, bool single, bool exponent)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (exponent)
            return value.ToString("0.00000000e+00", CultureInfo.InvariantCulture);

        // The shortest decimals that tell this number from its neighbours, at most Precision of them.
        var shortest = single
            ? ((float)value).ToString("R", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
        var digits = decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Round(digits, Precision).ToString("0.########", CultureInfo.InvariantCulture);
    }

    /// <summary>Gives every number the same count of decimals, with blanks where NumPy has none: "1." and "0.5".</summary>
    private static List<string> PadFractions(List<string> texts)
    {
        var decimals = texts.Max(Decimals);
        return texts.ConvertAll(text =>
        {
            if (!char.IsAsciiDigit(text[^1]))
                return text;
            var withPoint = text.Contains('.', StringComparison.Ordinal) ? text : text + ".";
            return withPoint + new string(' ', decimals - Decimals(text));
        });
    }

    private static int Decimals(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }
}
