using System.Text.Json;

namespace Functional.Benchmarks.Workloads;

/// <summary>The lines that an earlier run printed.</summary>
internal static class BaselineFile
{
    /// <summary>The best earlier speed of a workload with a number of threads; null when the file has none.</summary>
    public static double? SamplesPerSecond(string file, string workload, int threads) =>
        File.ReadLines(file)
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(line => line.GetProperty("workload").GetString() == workload && line.GetProperty("threads").GetInt32() == threads)
            .Select(line => (double?)line.GetProperty("samples_per_s").GetDouble())
            .Max();
}
