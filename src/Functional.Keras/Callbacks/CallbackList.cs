namespace Functional.Keras;

/// <summary>Callbacks that are told together.</summary>
internal sealed class CallbackList
{
    private static readonly Logs Nothing = new();
    private readonly Callback[] all;
    private readonly Callback[] watchers;
    private int begun;
    private int ended;

    internal CallbackList(Model model, IEnumerable<Callback> callbacks)
    {
        all = [.. callbacks];
        Position.RequireAll(all, "Callbacks");
        watchers = Array.FindAll(all, callback => callback.WantsBatches);
        foreach (var callback in all)
            callback.SetModel(model);
    }

    /// <summary>Whether somebody wants to be told about batches.</summary>
    internal bool WatchesBatches => watchers.Length > 0;

    internal void TrainBegin()
    {
        while (begun < all.Length)
            all[begun++].OnTrainBegin(Nothing);
    }

    internal void TrainEnd(Logs logs)
    {
        while (ended < all.Length)
            all[ended++].OnTrainEnd(logs);
    }

    /// <summary>
    /// After an exception: ends training for those callbacks that own resources, have begun and have not been told.
    /// </summary>
    /// <exception cref="AggregateException">A callback raised something, too.</exception>
    internal void TrainFailed(Exception failure, Logs logs)
    {
        List<Exception> failures = [failure];
        while (ended < begun)
        {
            var callback = all[ended++];
            if (!callback.OwnsResources)
                continue;
            try
            {
                callback.OnTrainEnd(logs);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 1)
            throw new AggregateException("Training ended with an exception, and so did the clean-up of callbacks.", failures);
    }

    internal void EpochBegin(int epoch) => Array.ForEach(all, callback => callback.OnEpochBegin(epoch, Nothing));

    internal void EpochEnd(int epoch, Logs logs) => Array.ForEach(all, callback => callback.OnEpochEnd(epoch, logs));

    internal void TestBegin() => Array.ForEach(all, callback => callback.OnTestBegin(Nothing));

    internal void TestEnd(Logs logs) => Array.ForEach(all, callback => callback.OnTestEnd(logs));

    internal void PredictBegin() => Array.ForEach(all, callback => callback.OnPredictBegin(Nothing));

    internal void PredictEnd() => Array.ForEach(all, callback => callback.OnPredictEnd(Nothing));

    internal void TrainBatchBegin(int batch)
    {
        foreach (var watcher in watchers)
            watcher.OnTrainBatchBegin(batch, Nothing);
    }

    internal void TrainBatchEnd(int batch, Logs logs)
    {
        foreach (var watcher in watchers)
            watcher.OnTrainBatchEnd(batch, logs);
    }

    internal void TestBatchBegin(int batch)
    {
        foreach (var watcher in watchers)
            watcher.OnTestBatchBegin(batch, Nothing);
    }

    internal void TestBatchEnd(int batch, Logs logs)
    {
        foreach (var watcher in watchers)
            watcher.OnTestBatchEnd(batch, logs);
    }
}
