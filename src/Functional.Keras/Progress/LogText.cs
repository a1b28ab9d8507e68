using System.Globalization;

namespace Functional.Keras;

/// <summary>Logs as Keras prints them.</summary>
internal static class LogText
{
    /// <summary>"accuracy: 0.9667 - loss: 0.1234"; small numbers get an exponent.</summary>
    internal static string Format(IEnumerable<KeyValuePair<string, double>> logs) =>
        string.Join(" - ", logs.Select(entry => $"{entry.Key}: {Format(entry.Value)}"));

    /// <summary>"0s", "12s", "2:05", "1:02:05".</summary>
    internal static string Format(TimeSpan time) => time.TotalSeconds < 60
        ? $"{(int)time.TotalSeconds}s"
        : time.ToString(time.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>"3s/step", "12ms/step", "45us/step".</summary>
    internal static string FormatStep(TimeSpan time) => time.TotalSeconds >= 1
        ? $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}s/step"
        : time.TotalMilliseconds >= 1
            ? $"{time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}ms/step"
            : $"{time.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture)}us/step";

    private static string Format(double value) => Math.Abs(value) is > 1e-3 or 0 || !double.IsFinite(value)
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);
}
