namespace Functional.Keras;

/// <summary>Projections of weights after every update, under Keras's names. A text converts to a constraint as well:
/// <c>"non_neg"</c>.</summary>
public static class Constraints
{
    /// <summary>Norms of at most a limit.</summary>
    /// <param name="maxValue">The limit.</param>
    /// <param name="axis">The axis along which norms are taken.</param>
    /// <returns>The constraint.</returns>
    public static Constraint MaxNorm(double maxValue = 2.0, int axis = 0) =>
        new("MaxNorm", new() { ["max_value"] = maxValue, ["axis"] = axis });

    /// <summary>No negative numbers.</summary>
    /// <returns>The constraint.</returns>
    public static Constraint NonNeg() => new("NonNeg", []);

    /// <summary>Norms of 1.</summary>
    /// <param name="axis">The axis along which norms are taken.</param>
    /// <returns>The constraint.</returns>
    public static Constraint UnitNorm(int axis = 0) => new("UnitNorm", new() { ["axis"] = axis });

    /// <summary>Norms between two limits.</summary>
    /// <param name="minValue">The lower limit.</param>
    /// <param name="maxValue">The upper limit.</param>
    /// <param name="rate">How much of the correction is done, 0 to 1.</param>
    /// <param name="axis">The axis along which norms are taken.</param>
    /// <returns>The constraint.</returns>
    public static Constraint MinMaxNorm(
        double minValue = 0.0,
        double maxValue = 1.0,
        double rate = 1.0,
        int axis = 0) =>
        new("MinMaxNorm", new()
        {
            ["min_value"] = minValue,
            ["max_value"] = maxValue,
            ["rate"] = rate,
            ["axis"] = axis,
        });
}
