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

            return true;
        });
    }

    /// <summary>
    /// Trains on batches as they come. Every epoch begins the sequence anew; where the steps of an epoch are limited, it goes
    /// on with the sequence, which begins anew when it ends.
    /// </summary>
    internal void Run(IEnumerable<PreparedData> batches, PreparedData? validation)
    {
        using var source = new BatchSource<PreparedData>(batches);
        Run(validation, settings.StepsPerEpoch, epoch =>
        {
            if (settings.StepsPerEpoch is null)
                source.BeginAnew();
            var step = 0;
            while (step < (settings.StepsPerEpoch ?? int.MaxValue) && Continues)
            {
                if (!source.TryTake(mayBeginAnew: settings.StepsPerEpoch is not null, out var batch))
                {
                    EndWithoutBatches(epoch, step);
                    break;
                }

                callbacks.TrainBatchBegin(step);
                if (step == 0)
                    trainer.ResetMetrics(batch);
                trainer.Train(batch, 0, batch.RowCount);
                AfterBatch(step++);
            }

            return step > 0;
        });
    }

    /// <summary>The sequence has ended: so does training, where that is not just the end of an epoch.</summary>
    private void EndWithoutBatches(int epoch, int step)
    {
        if (step > 0 && settings.StepsPerEpoch is null)
            return;
        if (step == 0 && epoch == model.FirstEpoch)
            throw DataError.About("batches", "There are no batches to train on.");
        model.Warn(
            $"The batches ended in epoch {epoch + 1} of {settings.Epochs} after {step} steps and cannot be gone through again, so "
            + "training ends there. Give a sequence that can be gone through several times (a list, or an iterator that begins "
            + "anew), or one of enough batches.");
        model.StopTraining = true;
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
        Math.Min(((rowCount - 1) / batchSize) + 1, limit ?? int.MaxValue);

    /// <summary>The order of an epoch follows from seed and epoch alone, so that training can go on with any epoch.</summary>
    private void Shuffle(int[] order, int epoch)
    {
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        new System.Random(new WeightSeed(trainer.ShuffleSeed, epoch).ForWeight(0)).Shuffle(order);
    }

    /// <param name="validation">What epochs are validated with.</param>
    /// <param name="steps">The number of steps of an epoch, where it is known.</param>
    /// <param name="runEpoch">Runs the steps of an epoch; false where it had none.</param>
    private void Run(PreparedData? validation, int? steps, Func<int, bool> runEpoch)
    {
        var logs = new Logs();
        model.StopTraining = false;
        model.FirstEpoch = settings.InitialEpoch;
        model.Reports = new FitReports(
            trainer.Compilation.Names, validation is null ? null : settings.ValidationFreq);
        try
        {
            callbacks.TrainBegin();
            try
            {
                for (var epoch = model.FirstEpoch; epoch < settings.Epochs && Continues; epoch++)
                {
                    callbacks.EpochBegin(epoch);
                    progress.BeginEpoch(epoch, settings.Epochs, steps);
                    if (runEpoch(epoch))
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
        catch (Exception failure)
        {
            callbacks.TrainFailed(failure, logs);
            throw;
        }
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
