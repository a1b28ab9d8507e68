namespace Functional.Keras;

/// <summary>Batches of an evaluation.</summary>
internal sealed class EvaluateLoop(
    Trainer trainer, CallbackList callbacks, ProgressReporter progress, CancellationToken cancellationToken)
{
    internal void Run(PreparedData data, int batchSize, int? stepLimit, Logs results)
    {
        var steps = FitLoop.Steps(data.RowCount, batchSize, stepLimit);
        var logs = new Logs();
        callbacks.TestBegin();
        progress.Begin(steps);
        using (var evaluator = trainer.BeginEvaluation(data))
        {
            for (var step = 0; step < steps; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var start = step * batchSize;
                callbacks.TestBatchBegin(step);
                evaluator.Evaluate(start, Math.Min(batchSize, data.RowCount - start));
                logs.Refresh(evaluator.ReadLogs);
                callbacks.TestBatchEnd(step, logs);
                progress.Step(logs);
            }

            logs.Refresh(evaluator.ReadLogs);
            foreach (var (key, value) in logs)
                results[key] = value;
        }

        progress.End(logs);
        callbacks.TestEnd(logs);
    }
}
