namespace Functional.Keras;

/// <summary>Ends training when the loss is not a number any more.</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <summary>The batch at which training was ended; null when it was not.</summary>
    public int? StoppedBatch { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs) => StoppedBatch = null;

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (double.IsFinite(logs["loss"]))
            return;
        StoppedBatch = batch;
        Model.StopTraining = true;
    }
}
