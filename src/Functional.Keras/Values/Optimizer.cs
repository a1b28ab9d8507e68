using System.Globalization;
using System.Text.Json.Nodes;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>
/// How weights follow gradients; <see cref="Optimizers"/> has them all. The description never changes; the learning rate
/// is a reference that may be set between and during training, and compiles nothing anew.
/// </summary>
public sealed class Optimizer : ConfiguredValue
{
    private readonly int stepsPerUpdate;
    private Schedule schedule;

    internal Optimizer(string className, JsonObject config)
        : this(Serialized(className, config))
    {
    }

    private Optimizer(JsonNode given)
        : base(ValueInterop.Optimizer(given))
    {
        schedule = ScheduleOf(Config["learning_rate"]);
        stepsPerUpdate = ValueInterop.StepsPerUpdate(Json);
    }

    /// <summary>The learning rate of the next step. Setting it replaces a constant learning rate. A schedule goes by the
    /// steps done, also where several steps make one update, as Keras's do.</summary>
    /// <exception cref="ArgumentException">It is set to NaN or an infinite number.</exception>
    /// <exception cref="InvalidOperationException">It is set, but a schedule decides.</exception>
    public double LearningRate
    {
        get => Volatile.Read(ref schedule).At(Steps);
        set
        {
            if (schedule.Constant is null)
            {
                throw new InvalidOperationException(
                    $"The learning rate of {ClassName} follows {schedule.ClassName}, so it cannot be set to {value}.");
            }

            Volatile.Write(ref schedule, value);
        }
    }

    /// <summary>Whether no schedule decides the learning rate.</summary>
    internal bool HasConstantLearningRate => Volatile.Read(ref schedule).Constant is not null;

    /// <summary>
    /// Leaves weights out of weight decay: those in whose path, <c>"dense/bias"</c>, or name, <c>"bias"</c>, one of the names
    /// occurs. Called again, it replaces the names. The optimizer itself is changed, as in Keras, and given back.
    /// </summary>
    /// <param name="names">Parts of names, or regular expressions: <c>"bias", "gamma", "^layer_norm"</c>.</param>
    /// <returns>This optimizer.</returns>
    /// <exception cref="ArgumentException">A name is null or no regular expression.</exception>
    /// <exception cref="InvalidOperationException">A model was compiled with the optimizer already.</exception>
    public Optimizer ExcludeFromWeightDecay(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Any(name => name is null))
            throw new ArgumentException("Names of weights are expected, but one is null.", nameof(names));
        if (IsCompiled)
        {
            throw new InvalidOperationException(
                $"What {ClassName} leaves out of weight decay is settled when a model is compiled with it: call "
                + "ExcludeFromWeightDecay before Compile.");
        }

        var changed = Json.AsObject();
        changed["config"]![CompileConfig.Exclusions] = List(names);
        Replace(ValueInterop.Optimizer(changed));
        return this;
    }

    /// <summary>Whether a model was compiled with it.</summary>
    internal bool IsCompiled { get; set; }

    /// <summary>The number of updates done: of steps, or of every <c>gradientAccumulationSteps</c> of them.</summary>
    public int Iterations => Steps / stepsPerUpdate;

    /// <summary>The number of steps done, which is what Keras saves.</summary>
    internal int Steps { get; set; }

    /// <summary>The optimizer with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"adam"</c>.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static implicit operator Optimizer(string name) => FromName(name);

    /// <summary>The optimizer with a Keras name, with Keras's default arguments.</summary>
    /// <param name="name">The name: <c>"adam"</c>.</param>
    /// <returns>The optimizer.</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the nearest.</exception>
    public static Optimizer FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new Optimizer(JsonValue.Create(name));
    }

    private static Schedule ScheduleOf(JsonNode? learningRate) => learningRate switch
    {
        JsonObject content => new Schedule(
            content["class_name"]!.GetValue<string>(), content["config"]!.DeepClone().AsObject()),
        JsonValue value => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException("Bug in Functional: an optimizer without learning rate; please report it."),
    };
}
