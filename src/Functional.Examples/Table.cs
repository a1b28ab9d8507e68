using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;
using Functional.Keras;

namespace Functional.Examples;

/// <summary>A table of numbers from a file of the Data folder.</summary>
internal sealed class Table
{
    private readonly float[][] rows;

    private Table(float[][] rows) => this.rows = rows;

    public int RowCount => rows.Length;

    /// <summary>Reads a file of numbers; a name that ends in .gz is unpacked.</summary>
    public static Table Read(string file, string delimiter = ",", bool hasHeader = false)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", file));
        using Stream content = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
        using var text = new StreamReader(content);
        using var reader = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            WhiteSpaceChars = [],
            HasHeaderRecord = hasHeader,
        });

        var rows = new List<float[]>();
        if (hasHeader)
            reader.Read();
        while (reader.Read())
        {
            var fields = reader.Parser.Record!;
            rows.Add(Array.ConvertAll(fields, field => float.Parse(field, CultureInfo.InvariantCulture)));
        }

        return new Table([.. rows]);
    }

    /// <summary>Chosen columns of chosen rows.</summary>
    public float[][] Columns(Range columns, int[] order) => Array.ConvertAll(order, row => rows[row][columns]);

    /// <summary>One column of chosen rows.</summary>
    public float[] Column(Index column, int[] order) => Array.ConvertAll(order, row => rows[row][column]);

    /// <summary>One column of chosen rows as class numbers.</summary>
    public int[] Labels(Index column, int[] order) => Array.ConvertAll(order, row => (int)rows[row][column]);

    /// <summary>Columns brought to mean 0 and standard deviation 1, by what the training rows have.</summary>
    public static (Tensor Train, Tensor Test) Standardize(float[][] train, float[][] test)
    {
        var columns = train[0].Length;
        var means = new float[columns];
        var scales = new float[columns];
        for (var column = 0; column < columns; column++)
        {
            var values = Array.ConvertAll(train, row => row[column]);
            means[column] = values.Average();
            scales[column] = MathF.Sqrt(values.Average(value => (value - means[column]) * (value - means[column])));
        }

        float[][] Scale(float[][] table) => Array.ConvertAll(
            table, row => row.Select((value, column) => (value - means[column]) / MathF.Max(scales[column], 1e-6f)).ToArray());

        return (Scale(train), Scale(test));
    }
}
