namespace Functional.Keras;

/// <summary>Epochs of batches: what happens in the course of a fit.</summary>
internal sealed class FitLoop(
    Model model, Trainer trainer, FitSettings settings, CallbackList callbacks, ProgressReporter progress)
{
    private readonly Logs batchLogs = new();
    private readonly Action<IDictionary<string, double>> readLogs = trainer.ReadLogs;

    /// <summary>Trains on data whose rows are the samples.</summary>
    internal void Run(PreparedData data, PreparedData? validation)
    {
        trainer.ShuffleSeed = RandomSeed.Next();
        var order = settings.Shuffle ? Enumerable.Range(0, data.RowCount).ToArray() : null;
        var steps = Steps(data.RowCount, settings.BatchSize, settings.StepsPerEpoch);
        Run(validation, steps, epoch =>
        {
            trainer.ResetMetrics(data);
            if (order is not null)
                Shuffle(order, epoch);
            for (var step = 0; step < steps && Continues; step++)
            {
                var start = step * settings.BatchSize;
                var count = Math.Min(settings.BatchSize, data.RowCount - start);
                callbacks.TrainBatchBegin(step);
                if (order is null)
                    trainer.Train(data, start, count);
                else
                    trainer.Train(data, order, start, count);
                AfterBatch(step);
            }
        });
    }

    /// <summary>Trains on batches as they come; every epoch begins the sequence anew unless its length is limited.</summary>
    internal void Run(IEnumerable<PreparedData> batches, PreparedData? validation)
    {
        IEnumerator<PreparedData>? source = null;
        try
        {
            Run(validation, settings.StepsPerEpoch, _ =>
            {
                var isLimited = settings.StepsPerEpoch is not null;
                if (source is null || !isLimited)
                {
                    source?.Dispose();
                    source = batches.GetEnumerator();
                }

                var step = 0;
                while (step < (settings.StepsPerEpoch ?? int.MaxValue) && Continues && source.MoveNext())
                {
                    callbacks.TrainBatchBegin(step);
                    var batch = source.Current;
                    if (step == 0)
                        trainer.ResetMetrics(batch);
                    trainer.Train(batch, 0, batch.RowCount);
                    AfterBatch(step++);
                }

                if (step == 0)
                    throw new ArgumentException("There are no batches to train on.", nameof(batches));
            });
        }
        finally
        {
            source?.Dispose();
        }
    }

    private bool Continues
    {
        get
        {
            settings.CancellationToken.ThrowIfCancellationRequested();
            return !model.StopTraining;
        }
    }

    internal static int Steps(int rowCount, int batchSize, int? limit) =>
        Math.Min((rowCount + batchSize - 1) / batchSize, limit ?? int.MaxValue);

    /// <summary>The order of an epoch follows from seed and epoch alone, so that training can go on with any epoch.</summary>
    private void Shuffle(int[] order, int epoch)
    {
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        new System.Random(new WeightSeed(trainer.ShuffleSeed, epoch).ForWeight(0)).Shuffle(order);
    }

    private void Run(PreparedData? validation, int? steps, Action<int> runEpoch)
    {
        model.StopTraining = false;
        model.FirstEpoch = settings.InitialEpoch;
        model.Reports = new FitReports(
            trainer.Compilation.Names, validation is null ? null : settings.ValidationFreq);
        callbacks.TrainBegin();
        var logs = new Logs();
        try
        {
            for (var epoch = model.FirstEpoch; epoch < settings.Epochs && Continues; epoch++)
            {
                callbacks.EpochBegin(epoch);
                progress.BeginEpoch(epoch, settings.Epochs, steps);
                runEpoch(epoch);
                logs = EndEpoch(epoch, validation);
            }
        }
        finally
        {
            // What was learnt stays, also when training was cancelled.
            trainer.Publish();
        }

        trainer.Finish();
        callbacks.TrainEnd(logs);
    }

    private Logs EndEpoch(int epoch, PreparedData? validation)
    {
        var logs = new Logs();
        trainer.ReadSortedLogs(logs);
        trainer.PublishEpoch();
        if (validation is not null && (epoch + 1) % settings.ValidationFreq == 0)
        {
            var evaluated = new Logs();
            var loop = new EvaluateLoop(trainer, callbacks, ProgressReporter.Silent, settings.CancellationToken);
            loop.Run(validation, settings.ValidationBatchSize, settings.ValidationSteps, evaluated);
            foreach (var (key, value) in evaluated.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                logs[$"val_{key}"] = value;
        }

        progress.End(logs);
        callbacks.EpochEnd(epoch, logs);
        return logs;
    }

    private void AfterBatch(int step)
    {
        batchLogs.Refresh(readLogs);
        callbacks.TrainBatchEnd(step, batchLogs);
        progress.Step(batchLogs);
    }
}
