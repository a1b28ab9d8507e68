using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>A learning rate, constant or by the number of steps done; <see cref="Schedules"/> has those of Keras.</summary>
public sealed class Schedule : ConfiguredValue
{
    private readonly Func<long, double> rate;

    internal Schedule(string className, JsonObject config)
        : base(ValueInterop.Schedule(Serialized(className, config))) => rate = ValueInterop.Rate(Json);

    private Schedule(double value)
        : base(JsonValue.Create(value))
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"A learning rate must be a number, but is {value}.", nameof(value));
        Constant = value;
        rate = _ => value;
    }

    /// <summary>The value where it does not depend on the step; otherwise null.</summary>
    public double? Constant { get; }

    /// <summary>The same learning rate in every step.</summary>
    /// <param name="value">The learning rate.</param>
    /// <exception cref="ArgumentException">It is NaN or infinite.</exception>
    public static implicit operator Schedule(double value) => FromDouble(value);

    /// <summary>The same learning rate in every step.</summary>
    /// <param name="value">The learning rate.</param>
    /// <returns>The schedule.</returns>
    public static Schedule FromDouble(double value) => new(value);

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The number of steps done before.</param>
    /// <returns>The learning rate.</returns>
    public double At(long step) => rate(step);
}
