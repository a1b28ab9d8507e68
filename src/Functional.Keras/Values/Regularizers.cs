namespace Functional.Keras;

/// <summary>Penalties on weights, added to the training loss, under Keras's names. A text converts to a regularizer as
/// well: <c>"l2"</c>.</summary>
public static class Regularizers
{
    /// <summary>l1 * sum(|w|).</summary>
    /// <param name="l1">The factor.</param>
    /// <returns>The regularizer.</returns>
    public static Regularizer L1(double l1 = 0.01) => new("L1", new() { ["l1"] = l1 });

    /// <summary>l2 * sum(w²): as in Keras without the ½ that some textbooks write.</summary>
    /// <param name="l2">The factor.</param>
    /// <returns>The regularizer.</returns>
    public static Regularizer L2(double l2 = 0.01) => new("L2", new() { ["l2"] = l2 });

    /// <summary>l1 * sum(|w|) + l2 * sum(w²).</summary>
    /// <param name="l1">The factor of the first term.</param>
    /// <param name="l2">The factor of the second term.</param>
    /// <returns>The regularizer.</returns>
    public static Regularizer L1L2(double l1 = 0.0, double l2 = 0.0) =>
        new("L1L2", new() { ["l1"] = l1, ["l2"] = l2 });

    /// <summary>Penalizes rows or columns of a matrix that are not orthogonal.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="mode">"rows" or "columns".</param>
    /// <returns>The regularizer.</returns>
    public static Regularizer OrthogonalRegularizer(double factor = 0.01, string mode = "rows") =>
        new("OrthogonalRegularizer", new() { ["factor"] = factor, ["mode"] = mode });
}
