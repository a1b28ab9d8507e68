using System.Globalization;
using System.Text.RegularExpressions;

namespace Functional.Keras;

/// <summary>
/// What stands behind the colon of a field in Python's format strings, for numbers:
/// [[fill]align][sign][#][0][width][grouping][.precision][type].
/// </summary>
internal sealed partial class PythonFormat
{
    private const int LongestField = 1000;

    private readonly char fill;
    private readonly char align;
    private readonly char sign;
    private readonly bool isAlternate;
    private readonly int width;
    private readonly string grouping;
    private readonly int? precision;

    private PythonFormat(Match match)
    {
        var hasZero = match.Groups["zero"].Success;
        fill = match.Groups["fill"].Success ? match.Groups["fill"].Value[0] : hasZero ? '0' : ' ';
        align = match.Groups["align"].Success ? match.Groups["align"].Value[0] : hasZero ? '=' : '>';
        sign = match.Groups["sign"].Success ? match.Groups["sign"].Value[0] : '-';
        isAlternate = match.Groups["alternate"].Success;
        width = Number(match.Groups["width"]) ?? 0;
        grouping = match.Groups["grouping"].Value;
        precision = Number(match.Groups["precision"]);
        Type = match.Groups["type"].Success ? match.Groups["type"].Value[0] : null;
    }

    /// <summary>The letter that says how a number is written; null for the shortest text that says it.</summary>
    internal char? Type { get; }

    /// <summary>Whether it is for whole numbers only.</summary>
    internal bool IsForWholeNumbers => Type is 'd' or 'b' or 'o' or 'x' or 'X';

    /// <summary>Reads a format; null where it is none for numbers, or too long for a file name.</summary>
    internal static PythonFormat? TryParse(string text)
    {
        var match = Whole().Match(text);
        if (!match.Success)
            return null;
        var format = new PythonFormat(match);
        var isSound = format.width <= LongestField && (format.precision ?? 0) <= LongestField
            && !(format.IsForWholeNumbers && format.precision is not null)
            && !(format.grouping.Length > 0 && (format.fill == '0' || format.Type is 'b' or 'o' or 'x' or 'X' or 'n'));
        return isSound ? format : null;
    }

    /// <summary>A whole number as Python writes it.</summary>
    internal string Format(int value)
    {
        if (Type is not (null or 'n') && !IsForWholeNumbers || precision is not null)
            return Format((double)value);
        var magnitude = Math.Abs((long)value);
        var digits = Type switch
        {
            'b' => (isAlternate ? "0b" : string.Empty) + magnitude.ToString("b", CultureInfo.InvariantCulture),
            'o' => (isAlternate ? "0o" : string.Empty) + Convert.ToString(magnitude, 8),
            'x' => (isAlternate ? "0x" : string.Empty) + magnitude.ToString("x", CultureInfo.InvariantCulture),
            'X' => (isAlternate ? "0X" : string.Empty) + magnitude.ToString("X", CultureInfo.InvariantCulture),
            _ => magnitude.ToString(CultureInfo.InvariantCulture),
        };
        return Padded(value < 0, Grouped(digits));
    }

    /// <summary>A real number as Python writes it.</summary>
    internal string Format(double value)
    {
        var magnitude = Math.Abs(value);
        var text = double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? "inf" : Type switch
        {
            'f' or 'F' => Fixed(magnitude, precision ?? 6),
            '%' => Fixed(magnitude * 100, precision ?? 6) + "%",
            'e' or 'E' => Scientific(magnitude, precision ?? 6),
            'g' or 'G' or 'n' => General(magnitude, Math.Max(precision ?? 6, 1), isShort: true),
            _ => precision is { } digits
                ? General(magnitude, Math.Max(digits, 1), isShort: false)
                : Shortest(magnitude),
        };
        return Padded(
            double.IsNegative(value) && !double.IsNaN(value),
            Grouped(Type is 'E' or 'F' or 'G' ? text.ToUpperInvariant() : text));
    }

    private static int? Number(Group group) =>
        !group.Success ? null : int.TryParse(group.Value, CultureInfo.InvariantCulture, out var value) ? value : int.MaxValue;

    private string Fixed(double magnitude, int decimals) =>
        magnitude.ToString($"F{decimals}", CultureInfo.InvariantCulture) + (isAlternate && decimals == 0 ? "." : string.Empty);

    /// <summary>"1.50e-07": at least two digits of the exponent, where .NET writes three.</summary>
    private string Scientific(double magnitude, int decimals)
    {
        var (mantissa, exponent) = Split(magnitude, decimals);
        return mantissa + (isAlternate && decimals == 0 ? "." : string.Empty) + Exponent(exponent);
    }

    private string General(double magnitude, int digits, bool isShort)
    {
        var (mantissa, exponent) = Split(magnitude, digits - 1);
        var isFixed = exponent >= -4 && exponent < (isShort ? digits : Math.Max(digits - 1, 1));
        var number = isFixed
            ? magnitude.ToString($"F{Math.Max(digits - 1 - exponent, 0)}", CultureInfo.InvariantCulture)
            : mantissa;
        if (!isAlternate && number.Contains('.', StringComparison.Ordinal))
            number = number.TrimEnd('0').TrimEnd('.');
        if (isFixed)
            return isShort || number.Contains('.', StringComparison.Ordinal) ? number : number + ".0";
        return number + Exponent(exponent);
    }

    /// <summary>The fewest digits that give the number back, with a point or an exponent.</summary>
    private static string Shortest(double magnitude)
    {
        if (magnitude == 0)
            return "0.0";
        var parts = magnitude.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var whole = parts[0].Split('.')[0].Length;
        var all = parts[0].Replace(".", string.Empty, StringComparison.Ordinal);
        var digits = all.Trim('0');
        var exponent = whole - 1 - (all.Length - all.TrimStart('0').Length)
            + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        if (exponent is < -4 or >= 16)
            return (digits.Length > 1 ? digits.Insert(1, ".") : digits) + Exponent(exponent);
        return exponent < 0
            ? "0." + new string('0', -exponent - 1) + digits
            : digits.PadRight(exponent + 2, '0').Insert(exponent + 1, ".");
    }

    private static (string Mantissa, int Exponent) Split(double magnitude, int decimals)
    {
        var text = magnitude.ToString($"e{decimals}", CultureInfo.InvariantCulture);
        var at = text.IndexOf('e', StringComparison.Ordinal);
        return (text[..at], int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture));
    }

    private static string Exponent(int exponent) =>
        string.Create(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");

    private string Grouped(string text)
    {
        if (grouping.Length == 0)
            return text;
        var length = text.TakeWhile(char.IsAsciiDigit).Count();
        for (var at = length - 3; at > 0; at -= 3)
            text = text.Insert(at, grouping);
        return text;
    }

    private string Padded(bool isNegative, string text)
    {
        var front = isNegative ? "-" : sign == '-' ? string.Empty : sign.ToString();
        var missing = Math.Max(width - front.Length - text.Length, 0);
        var (before, after) = align switch
        {
            '<' => (0, missing),
            '^' => (missing / 2, missing - (missing / 2)),
            _ => (missing, 0),
        };
        return align == '='
            ? front + new string(fill, missing) + text
            : new string(fill, before) + front + text + new string(fill, after);
    }

    [GeneratedRegex(
        @"\A((?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?"
        + @"(\.(?<precision>\d+))?(?<type>[bdeEfFgGnoxX%])?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
