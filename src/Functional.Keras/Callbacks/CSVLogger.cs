using System.Globalization;

namespace Functional.Keras;

/// <summary>
/// Writes the logs of every epoch as a line of a CSV file. Where an epoch lacks a value, as one without validation, the line
/// has NA.
/// </summary>
/// <param name="filename">The file.</param>
/// <param name="separator">What stands between columns.</param>
/// <param name="append">Whether lines are added to what the file has already.</param>
public sealed class CSVLogger(string filename, string separator = ",", bool append = false) : Callback
{
    private string[]? columns;

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        columns = null;
        if (Path.GetDirectoryName(Path.GetFullPath(filename)) is { } folder)
            Directory.CreateDirectory(folder);
        if (!append)
            File.WriteAllText(filename, string.Empty);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var isFirst = columns is null;
        columns ??= [.. logs.Keys.Union(Model.Reports.All).Order(StringComparer.Ordinal)];
        using var writer = new StreamWriter(filename, append: true);
        if (isFirst && new FileInfo(filename).Length == 0)
            writer.WriteLine(string.Join(separator, ["epoch", .. columns]));
        var values = columns.Select(column => logs.TryGetValue(column, out var value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : "NA");
        writer.WriteLine(string.Join(separator, [epoch.ToString(CultureInfo.InvariantCulture), .. values]));
    }
}
