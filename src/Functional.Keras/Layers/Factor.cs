using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>How much a random layer changes at most, as Keras's factors are: <c>0.2</c> for both ways, or
/// <c>(-0.2, 0.3)</c>.</summary>
public sealed class Factor
{
    private readonly JsonNode json;

    private Factor(JsonNode json) => this.json = json;

    internal JsonNode Json => json.DeepClone();

    /// <summary>One number for both ways.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Factor(double value) => new(value);

    /// <summary>Lower and upper bound.</summary>
    /// <param name="bounds">The bounds.</param>
    public static implicit operator Factor((double Lower, double Upper) bounds) =>
        new(new JsonArray(bounds.Lower, bounds.Upper));

    /// <summary>"0.2" or "[-0.2,0.3]".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => json.ToJsonString();
}
