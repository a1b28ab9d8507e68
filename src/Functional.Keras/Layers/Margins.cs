using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>
/// Numbers of elements at the ends of axes, as Keras's padding and cropping take them: <c>1</c> everywhere,
/// <c>(1, 2)</c> for one axis start and end or for two axes both ends, <c>((1, 2), (3, 4))</c> for each end of each axis.
/// </summary>
public sealed class Margins
{
    private readonly JsonNode json;

    private Margins(JsonNode json) => this.json = json;

    internal JsonNode Json => json.DeepClone();

    /// <summary>One number for every end.</summary>
    /// <param name="margin">The number.</param>
    public static implicit operator Margins(int margin) => new(margin);

    /// <summary>Start and end of one axis, or the ends of two axes.</summary>
    /// <param name="margins">The numbers.</param>
    public static implicit operator Margins((int First, int Second) margins) =>
        new(new JsonArray(margins.First, margins.Second));

    /// <summary>The ends of three axes.</summary>
    /// <param name="margins">The numbers.</param>
    public static implicit operator Margins((int First, int Second, int Third) margins) =>
        new(new JsonArray(margins.First, margins.Second, margins.Third));

    /// <summary>Start and end of two axes.</summary>
    /// <param name="margins">The numbers.</param>
    public static implicit operator Margins(((int Start, int End) First, (int Start, int End) Second) margins) =>
        new(new JsonArray(Pair(margins.First), Pair(margins.Second)));

    /// <summary>Start and end of three axes.</summary>
    /// <param name="margins">The numbers.</param>
    public static implicit operator Margins(
        ((int Start, int End) First, (int Start, int End) Second, (int Start, int End) Third) margins) =>
        new(new JsonArray(Pair(margins.First), Pair(margins.Second), Pair(margins.Third)));

    /// <summary>The numbers as Keras writes them.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => json.ToJsonString();

    private static JsonArray Pair((int Start, int End) margin) => new(margin.Start, margin.End);
}
