using System.Globalization;

namespace Functional.Keras;

/// <summary>
/// The header of an .npy file: a Python dictionary with a type, an order and a shape. NumPy Enhancement Proposal 1, A
/// Simple File Format for NumPy Arrays. It is parsed as text and never evaluated.
/// </summary>
/// <param name="Descriptor">The type, such as <c>&lt;f4</c>.</param>
/// <param name="IsColumnMajor">Whether the first axis varies fastest.</param>
/// <param name="Shape">The length of each axis.</param>
internal sealed record NpyHeader(string Descriptor, bool IsColumnMajor, long[] Shape)
{
    private const int HighestRank = 64;

    public static NpyHeader Parse(string text) => new Parser(text).Header();

    /// <summary>The text that NumPy writes, which leaves room for the outermost axis to grow.</summary>
    public override string ToString()
    {
        const int LongestAxis = 21;
        var axes = string.Join(", ", Shape);
        var shape = Shape.Length == 1 ? axes + "," : axes;
        var text = $"{{'descr': '{Descriptor}', 'fortran_order': {IsColumnMajor}, 'shape': ({shape}), }}";
        if (Shape.Length == 0)
            return text;
        var growing = (IsColumnMajor ? Shape[^1] : Shape[0]).ToString(CultureInfo.InvariantCulture);
        return text + new string(' ', LongestAxis - growing.Length);
    }

    private sealed class Parser(string text)
    {
        private int position;

        public NpyHeader Header()
        {
            string? descriptor = null;
            bool? isColumnMajor = null;
            long[]? shape = null;
            Expect('{');
            while (!TryTake('}'))
            {
                var key = Text();
                Expect(':');
                switch (key)
                {
                    case "descr" when descriptor is null:
                        descriptor = Text();
                        break;
                    case "fortran_order" when isColumnMajor is null:
                        isColumnMajor = Truth();
                        break;
                    case "shape" when shape is null:
                        shape = Tuple();
                        break;
                    default:
                        throw Error($"the key '{key}' is not expected");
                }

                if (!TryTake(',') && Next() != '}')
                    throw Error("',' or '}' expected");
            }

            if (Next() != '\0')
                throw Error("text follows the dictionary");
            return new NpyHeader(
                descriptor ?? throw Error("'descr' is missing"),
                isColumnMajor ?? throw Error("'fortran_order' is missing"),
                shape ?? throw Error("'shape' is missing"));
        }

        private ArrayFormatException Error(string problem) => new("npy", $"header, character {position}: {problem}");

        private char Next()
        {
            while (position < text.Length && text[position] is ' ' or '\n' or '\t' or '\r')
                position++;
            return position < text.Length ? text[position] : '\0';
        }

        private bool TryTake(char expected)
        {
            if (Next() != expected)
                return false;
            position++;
            return true;
        }

        private void Expect(char expected)
        {
            if (!TryTake(expected))
                throw Error($"'{expected}' expected");
        }

        private string Text()
        {
            var quote = Next();
            if (quote == '[')
                throw Error("structured arrays are not supported");
            if (quote is not ('\'' or '"'))
                throw Error("a text in quotes expected");
            var end = text.IndexOf(quote, position + 1);
            if (end < 0)
                throw Error("a text does not end");
            var found = text[(position + 1)..end];
            position = end + 1;
            return found;
        }

        private bool Truth()
        {
            Next();
            foreach (var value in (bool[])[true, false])
            {
                if (text.AsSpan(position).StartsWith(value.ToString(), StringComparison.Ordinal))
                {
                    position += value.ToString().Length;
                    return value;
                }
            }

            throw Error("True or False expected");
        }

        private long[] Tuple()
        {
            var dimensions = new List<long>();
            Expect('(');
            while (!TryTake(')'))
            {
                if (dimensions.Count == HighestRank)
                    throw Error($"at most {HighestRank} axes expected");
                dimensions.Add(Number());
                if (!TryTake(',') && Next() != ')')
                    throw Error("',' or ')' expected");
            }

            return [.. dimensions];
        }

        private long Number()
        {
            Next();
            var start = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
                position++;
            return long.TryParse(text.AsSpan(start, position - start), NumberStyles.None, null, out var number)
                ? number
                : throw Error("the length of an axis expected");
        }
    }
}
