namespace Functional.Keras.Preprocessing;

/// <summary>Data in two parts, chosen at random by a seed: one to learn from, one to judge by.</summary>
public static class TrainTestSplit
{
    /// <summary>Which rows go into which part.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="testShare">The share of the test part, above 0 and below 1.</param>
    /// <param name="seed">Equal seeds choose equal rows, on any machine.</param>
    /// <returns>The numbers of the rows of each part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1, or leaves a part empty.</exception>
    public static (int[] Train, int[] Test) Rows(int rowCount, double testShare = 0.2, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(testShare, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(testShare, 1.0);
        var testCount = (int)Math.Round(rowCount * testShare);
        ArgumentOutOfRangeException.ThrowIfLessThan(testCount, 1, nameof(rowCount));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(testCount, rowCount, nameof(rowCount));

        var order = Enumerable.Range(0, rowCount).ToArray();
        new System.Random(seed).Shuffle(order);
        return (order[testCount..], order[..testCount]);
    }
}
