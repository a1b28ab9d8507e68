namespace Functional.Keras;

/// <summary>Watches one number of the logs and tells whether it got better.</summary>
internal sealed class Monitor
{
    private readonly string mode;
    private readonly double minDelta;
    private bool isMaximized;
    private bool hasWarned;

    /// <param name="name">What is watched: "val_loss".</param>
    /// <param name="mode">"min", "max", or "auto": the loss is better when small, a metric when its class says so.</param>
    /// <param name="minDelta">By how much it must get better to count.</param>
    internal Monitor(string name, string mode, double minDelta)
    {
        ArgumentNullException.ThrowIfNull(name, "monitor");
        if (mode is not ("auto" or "min" or "max"))
            throw new ArgumentException($"'mode' is \"auto\", \"min\" or \"max\", but not \"{mode}\".", nameof(mode));
        Name = name;
        this.mode = mode;
        this.minDelta = Math.Abs(minDelta);
    }

    internal string Name { get; }

    /// <summary>The value that everything is better than.</summary>
    internal double Worst => isMaximized ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Before training: finds out which values are better, and warns where some epochs will lack the number.</summary>
    /// <exception cref="InvalidOperationException">Nothing says which values are better.</exception>
    internal void Begin(Callback callback)
    {
        var reports = callback.Model.Reports;
        isMaximized = mode switch
        {
            "min" => false,
            "max" => true,
            _ => reports.Names.IsLargeBetter(Name) ?? throw new InvalidOperationException(
                $"{callback.GetType().Name} watches '{Name}', and nothing says whether small or large values of it are better: "
                + $"give it mode \"min\" or \"max\". Training reports {OutputNaming.Quoted(reports.All)}."),
        };
        hasWarned = false;
        if (reports.AbsenceOf(Name) is { } reason)
            Warn(callback, reason);
    }

    internal bool IsBetter(double value, double reference) => isMaximized
        ? value - minDelta > reference
        : value + minDelta < reference;

    /// <summary>Reads the watched number. Where the logs lack it, there is one warning for the whole training.</summary>
    /// <returns>False where the logs lack it.</returns>
    internal bool TryRead(Callback callback, Logs logs, out double value)
    {
        if (logs.TryGetValue(Name, out value))
            return true;
        if (!hasWarned)
            Warn(callback, $"an epoch reported {OutputNaming.Quoted(logs.Keys)} only");
        return false;
    }

    private void Warn(Callback callback, string reason)
    {
        hasWarned = true;
        callback.Model.Warn($"{callback.GetType().Name} watches '{Name}', but {reason}. It skips epochs without '{Name}'.");
    }
}
