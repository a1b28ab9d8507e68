using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>
/// What an indexer takes of one axis: a position (<c>0</c>, <c>^1</c>), a range (<c>1..3</c>, <c>..^1</c>), a range with
/// steps (<see cref="Slice"/>), a new axis, or all axes that are left. Positions and ranges convert to it by themselves.
/// </summary>
public sealed class AxisIndex
{
    private readonly JsonNode? key;

    private AxisIndex(JsonNode? key) => this.key = key;

    /// <summary>A new axis of length 1, as NumPy's newaxis.</summary>
    public static AxisIndex NewAxis { get; } = new(null);

    /// <summary>As many whole axes as are left, as Python's "...".</summary>
    public static AxisIndex Ellipsis { get; } =
        new(new JsonObject { ["class_name"] = "__ellipsis__", ["config"] = new JsonObject() });

    internal JsonNode? Json => key?.DeepClone();

    /// <summary>Positions from a start to a stop in steps, as Python's <c>start:stop:step</c>.</summary>
    /// <param name="start">The first position, from the end when negative; null begins with the first.</param>
    /// <param name="stop">The position that is not taken any more, from the end when negative; null ends with the
    /// last.</param>
    /// <param name="step">The step; a negative one goes backwards.</param>
    /// <returns>The part of the axis.</returns>
    public static AxisIndex Slice(int? start = null, int? stop = null, int? step = null) => new(new JsonObject
    {
        ["class_name"] = "__slice__",
        ["config"] = new JsonObject { ["start"] = start, ["stop"] = stop, ["step"] = step },
    });

    /// <summary>One position: the axis goes.</summary>
    /// <param name="position">The position, from the end when negative.</param>
    public static implicit operator AxisIndex(int position) => new(JsonValue.Create(position));

    /// <summary>One position: the axis goes.</summary>
    /// <param name="position">The position; <c>^1</c> is the last.</param>
    public static implicit operator AxisIndex(Index position) =>
        new(JsonValue.Create(position.IsFromEnd ? -position.Value : position.Value));

    /// <summary>A part of the axis.</summary>
    /// <param name="range">Which part; <c>..</c> is the whole axis.</param>
    public static implicit operator AxisIndex(Range range) => Slice(
        range.Start is { IsFromEnd: false, Value: 0 } ? null : Bound(range.Start),
        range.End is { IsFromEnd: true, Value: 0 } ? null : Bound(range.End));

    /// <summary>The form in which Keras saves it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => key?.ToJsonString() ?? "null";

    /// <summary>The key of several axes; of one axis it is no list.</summary>
    internal static JsonNode? Key(ReadOnlySpan<AxisIndex> indices)
    {
        foreach (var index in indices)
            ArgumentNullException.ThrowIfNull(index, nameof(indices));
        return indices.Length == 1 ? indices[0].Json : new JsonArray([.. indices.ToArray().Select(index => index.Json)]);
    }

    private static int Bound(Index index) => index.IsFromEnd ? -index.Value : index.Value;
}
