namespace Functional.Keras;

/// <summary>A callback made of functions: set those that are wanted.</summary>
/// <example><code>new LambdaCallback { EpochEnd = (epoch, logs) => Console.WriteLine(logs["loss"]) }</code></example>
public sealed class LambdaCallback : Callback
{
    /// <summary>Before training.</summary>
    public Action<Logs>? TrainBegin { get; init; }

    /// <summary>After training.</summary>
    public Action<Logs>? TrainEnd { get; init; }

    /// <summary>Before an epoch, which is counted from 0.</summary>
    public Action<int, Logs>? EpochBegin { get; init; }

    /// <summary>After an epoch and its validation.</summary>
    public Action<int, Logs>? EpochEnd { get; init; }

    /// <summary>Before a batch of training.</summary>
    public Action<int, Logs>? TrainBatchBegin { get; init; }

    /// <summary>After a batch of training.</summary>
    public Action<int, Logs>? TrainBatchEnd { get; init; }

    /// <inheritdoc/>
    protected internal override bool WantsBatches => TrainBatchBegin is not null || TrainBatchEnd is not null;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs) => TrainBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs) => TrainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs) => EpochBegin?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => EpochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void OnTrainBatchBegin(int batch, Logs logs) => TrainBatchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs) => TrainBatchEnd?.Invoke(batch, logs);
}
