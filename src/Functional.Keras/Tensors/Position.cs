namespace Functional.Keras;

/// <summary>Positions in lists, as indexers take them.</summary>
internal static class Position
{
    /// <summary>The item at a position.</summary>
    /// <param name="items">The items.</param>
    /// <param name="index">The position, counted from 0.</param>
    /// <param name="name">What an item is, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    internal static T At<T>(IReadOnlyList<T> items, int index, string name) =>
        index >= 0 && index < items.Count
            ? items[index]
            : throw new ArgumentOutOfRangeException(
                nameof(index),
                $"There is no {name} at position {index}: there are {items.Count}, counted from 0.");

    /// <summary>Refuses lists with nulls.</summary>
    /// <param name="items">The items.</param>
    /// <param name="name">What the items are, for the message.</param>
    /// <exception cref="ArgumentException">An item is null.</exception>
    internal static void RequireAll<T>(IReadOnlyList<T?> items, string name)
        where T : class
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is null)
            {
                throw new ArgumentException(
                    $"{name} are expected, but number {index} of {items.Count} is null.", nameof(items));
            }
        }
    }
}
