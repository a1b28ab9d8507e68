namespace Functional.Keras.Preprocessing;

/// <summary>Class numbers as one-hot rows.</summary>
public static class Categories
{
    /// <summary>A row for each class number: 1 at its class, 0 elsewhere.</summary>
    /// <param name="labels">Class numbers, 0 or more.</param>
    /// <param name="numClasses">The length of a row; null is the greatest class number + 1.</param>
    /// <returns>float32 of shape (labels, numClasses).</returns>
    /// <exception cref="ArgumentException">There are no labels, or one is negative or not below
    /// <paramref name="numClasses"/>.</exception>
    public static Tensor ToCategorical(IReadOnlyList<int> labels, int? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("ToCategorical needs at least one label, but got none.", nameof(labels));
        var classes = numClasses ?? labels.Max() + 1;

        var rows = new float[labels.Count, classes];
        for (var row = 0; row < labels.Count; row++)
        {
            if (labels[row] < 0 || labels[row] >= classes)
            {
                throw new ArgumentException(
                    $"Label {labels[row]} at position {row} is out of range; expected 0 to {classes - 1}.", nameof(labels));
            }

            rows[row, labels[row]] = 1;
        }

        return rows;
    }
}
