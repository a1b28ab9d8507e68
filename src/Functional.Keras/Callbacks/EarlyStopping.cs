namespace Functional.Keras;

/// <summary>Ends training when a number of the logs stops getting better.</summary>
public sealed class EarlyStopping : Callback
{
    private readonly Monitor monitor;
    private readonly int patience;
    private readonly double? baseline;
    private readonly bool restoreBestWeights;
    private readonly int startFromEpoch;
    private readonly int verbose;
    private double best;
    private int waited;
    private WeightSnapshot? bestWeights;

    /// <summary>Watches a number.</summary>
    /// <param name="monitor">Its name in the logs.</param>
    /// <param name="minDelta">By how much it must get better to count.</param>
    /// <param name="patience">How many epochs without getting better are waited for.</param>
    /// <param name="verbose">1: says when it ends training.</param>
    /// <param name="mode">"min", "max" or "auto": small is better for losses and errors, large for scores.</param>
    /// <param name="baseline">The patience begins anew only with an epoch that is better than this, too; null is anything.</param>
    /// <param name="restoreBestWeights">Whether the weights of the best epoch are put back at the end.</param>
    /// <param name="startFromEpoch">The epoch from which the number counts.</param>
    public EarlyStopping(
        string monitor = "val_loss",
        double minDelta = 0.0,
        int patience = 0,
        int verbose = 0,
        string mode = "auto",
        double? baseline = null,
        bool restoreBestWeights = false,
        int startFromEpoch = 0)
    {
        this.monitor = new Monitor(monitor, mode, minDelta);
        this.patience = patience;
        this.verbose = verbose;
        this.baseline = baseline;
        this.restoreBestWeights = restoreBestWeights;
        this.startFromEpoch = startFromEpoch;
    }

    /// <summary>The epoch at which training was ended, counted from 0; null when it was not.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The best epoch, counted from 0.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        monitor.Begin(this);
        waited = 0;
        StoppedEpoch = null;
        BestEpoch = 0;
        best = monitor.Worst;
        bestWeights = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (!monitor.TryRead(this, logs, out var value) || epoch < startFromEpoch)
            return;
        if (restoreBestWeights && bestWeights is null)
        {
            bestWeights = Model.Snapshot();
            BestEpoch = epoch;
        }

        waited++;
        if (monitor.IsBetter(value, best))
        {
            best = value;
            BestEpoch = epoch;
            if (restoreBestWeights)
                bestWeights = Model.Snapshot();

            // An epoch that is the best so far never ends training; it is only waited anew once the baseline is beaten.
            if (baseline is not { } limit || monitor.IsBetter(value, limit))
                waited = 0;
        }
        else if (waited >= patience && epoch > 0)
        {
            StoppedEpoch = epoch;
            Model.StopTraining = true;
        }
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        if (StoppedEpoch is { } epoch && verbose > 0)
            ProgressReporter.Create(verbose).Message($"Epoch {epoch + 1}: early stopping");
        if (bestWeights is not null)
            Model.Restore(bestWeights);
    }
}
