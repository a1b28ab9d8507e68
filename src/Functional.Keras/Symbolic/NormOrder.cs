using System.Globalization;
using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>The order of a norm, as <see cref="Ops.Norm"/> takes it: a number, "fro" or "nuc".</summary>
public sealed class NormOrder
{
    private readonly double number;
    private readonly string? name;

    private NormOrder(double number, string? name)
    {
        this.number = number;
        this.name = name;
    }

    /// <summary>What Keras saves: whole numbers without a point.</summary>
    internal JsonNode Json => name is not null ? JsonValue.Create(name)
        : double.IsInteger(number) && Math.Abs(number) <= int.MaxValue ? JsonValue.Create((int)number)
        : JsonValue.Create(number);

    /// <summary>A whole number.</summary>
    /// <param name="order">The number.</param>
    public static implicit operator NormOrder(int order) => new(order, null);

    /// <summary>A number; infinities are the greatest and the least magnitude.</summary>
    /// <param name="order">The number.</param>
    /// <exception cref="ArgumentException">The number is NaN.</exception>
    public static implicit operator NormOrder(double order) =>
        double.IsNaN(order) ? throw new ArgumentException("A norm has no order NaN.", nameof(order)) : new(order, null);

    /// <summary>"fro" (Frobenius) or "nuc" (the sum of singular values).</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is another name.</exception>
    public static implicit operator NormOrder(string name) => name is "fro" or "nuc"
        ? new(0, name)
        : throw new ArgumentException($"A norm has the order 'fro', 'nuc' or a number, but not '{name}'.", nameof(name));

    /// <summary>The number or the name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => name ?? number.ToString(CultureInfo.InvariantCulture);
}
