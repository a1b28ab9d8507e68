namespace Functional.Keras;

/// <summary>Makes the learning rate smaller when a number of the logs stops getting better.</summary>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly Monitor monitor;
    private readonly double factor;
    private readonly int patience;
    private readonly int cooldown;
    private readonly double minLearningRate;
    private readonly int verbose;
    private double best;
    private int waited;
    private int cooling;

    /// <summary>Watches a number.</summary>
    /// <param name="monitor">Its name in the logs.</param>
    /// <param name="factor">What the learning rate is multiplied by, below 1.</param>
    /// <param name="patience">How many epochs without getting better are waited for.</param>
    /// <param name="verbose">1: says when it changes the learning rate.</param>
    /// <param name="mode">"min", "max" or "auto": small is better for losses and errors, large for scores.</param>
    /// <param name="minDelta">By how much the number must get better to count.</param>
    /// <param name="cooldown">How many epochs after a change do not count.</param>
    /// <param name="minLR">The learning rate does not get smaller than this.</param>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        int verbose = 0,
        string mode = "auto",
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLR = 0.0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(factor, 1.0);
        this.monitor = new Monitor(monitor, mode, minDelta);
        this.factor = factor;
        this.patience = patience;
        this.verbose = verbose;
        this.cooldown = cooldown;
        minLearningRate = minLR;
    }

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        monitor.Begin(this);
        best = monitor.Worst;
        (waited, cooling) = (0, 0);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        var optimizer = Model.Optimizer;
        logs["learning_rate"] = optimizer.LearningRate;
        if (!monitor.TryRead(this, logs, out var value))
            return;
        if (cooling > 0)
        {
            cooling--;
            waited = 0;
        }

        if (monitor.IsBetter(value, best))
        {
            best = value;
            waited = 0;
        }
        else if (cooling == 0 && ++waited >= patience && optimizer.LearningRate > minLearningRate)
        {
            optimizer.LearningRate = Math.Max(optimizer.LearningRate * factor, minLearningRate);
            cooling = cooldown;
            waited = 0;
            ProgressReporter.Create(verbose).Message(
                $"Epoch {epoch + 1}: the learning rate is now {optimizer.LearningRate}.");
        }
    }
}
