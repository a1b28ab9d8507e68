using Functional.Keras;

namespace Functional.Conformance;

/// <summary>What differs between numbers of Keras and ours; nothing where they agree.</summary>
internal static class Comparison
{
    public static IEnumerable<string> Differences(
        string what, IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> found, double tolerance)
    {
        if (expected.Count != found.Count)
            return [$"{found.Count} tensors {what} instead of {expected.Count}"];
        return expected.Zip(found).SelectMany(
            (pair, index) => Differences($"{what}{index}", pair.First, pair.Second, tolerance));
    }

    public static IEnumerable<string> Differences(string what, Tensor expected, Tensor found, double tolerance)
    {
        if (!expected.Shape.SequenceEqual(found.Shape))
            return [$"{what} has shape {found.Shape} instead of {expected.Shape}"];
        return Numbers(expected).Zip(Numbers(found))
            .Select((pair, index) => (pair.First, pair.Second, index))
            .Where(item => !IsClose(item.First, item.Second, tolerance))
            .Take(2)
            .Select(item => $"{what}[{item.index}]: expected {item.First:R}, found {item.Second:R}");
    }

    /// <summary>Whether |found - expected| is at most tolerance + tolerance * |expected|; NaN equals NaN.</summary>
    public static bool IsClose(double expected, double found, double tolerance) =>
        double.IsNaN(expected) ? double.IsNaN(found)
        : expected == found || Math.Abs(found - expected) <= tolerance + (tolerance * Math.Abs(expected));

    private static double[] Numbers(Tensor tensor) => tensor.ToArray<double>();
}
