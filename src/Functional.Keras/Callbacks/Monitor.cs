namespace Functional.Keras;

/// <summary>Watches one number of the logs and tells whether it got better.</summary>
internal sealed class Monitor
{
    private static readonly string[] LargeIsBetter =
        ["acc", "accuracy", "auc", "precision", "recall", "f1_score", "r2", "r2_score", "fmeasure"];

    private readonly bool isMaximized;
    private readonly double minDelta;

    /// <param name="name">What is watched: "val_loss".</param>
    /// <param name="mode">"min", "max", or "auto": accuracies and the like are better when large, all else when small.</param>
    /// <param name="minDelta">By how much it must get better to count.</param>
    internal Monitor(string name, string mode, double minDelta)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        isMaximized = mode switch
        {
            "min" => false,
            "max" => true,
            "auto" => IsBetterWhenLarge(name),
            _ => throw new ArgumentException($"'mode' is \"auto\", \"min\" or \"max\", but not \"{mode}\".", nameof(mode)),
        };
        this.minDelta = Math.Abs(minDelta);
    }

    internal string Name { get; }

    /// <summary>The value that everything is better than.</summary>
    internal double Worst => isMaximized ? double.NegativeInfinity : double.PositiveInfinity;

    internal bool IsBetter(double value, double reference) => isMaximized
        ? value - minDelta > reference
        : value + minDelta < reference;

    /// <summary>The watched number. Raises InvalidOperationException where the logs lack it.</summary>
    internal double Read(string callback, Logs logs) => logs.TryGetValue(Name, out var value)
        ? value
        : throw new InvalidOperationException(
            $"{callback} watches '{Name}', but training reports {OutputNaming.Quoted(logs.Keys)}: "
            + "choose one of these, or give validation data.");

    private static bool IsBetterWhenLarge(string name) =>
        Array.Exists(LargeIsBetter, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
