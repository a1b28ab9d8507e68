namespace Functional.Keras;

/// <summary>Sets the learning rate at the beginning of every epoch.</summary>
/// <param name="schedule">From the epoch, counted from 0, and the present learning rate to the next one.</param>
/// <param name="verbose">1: says what it sets.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0) : Callback
{
    /// <summary>Sets the learning rate by the epoch alone.</summary>
    /// <param name="schedule">From the epoch, counted from 0, to the learning rate.</param>
    /// <param name="verbose">1: says what it sets.</param>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0)
        : this((epoch, _) => schedule(epoch), verbose)
    {
    }

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs)
    {
        var optimizer = Model.Optimizer;
        optimizer.LearningRate = schedule(epoch, optimizer.LearningRate);
        ProgressReporter.Create(verbose).Message(
            $"Epoch {epoch + 1}: the learning rate is now {optimizer.LearningRate}.");
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        logs["learning_rate"] = Model.Optimizer.LearningRate;
    }
}
