namespace Functional.Keras;

/// <summary>Callbacks that are told together.</summary>
internal sealed class CallbackList
{
    private static readonly Logs Nothing = new();
    private readonly Callback[] all;
    private readonly Callback[] watchers;

    internal CallbackList(Model model, IEnumerable<Callback> callbacks)
    {
        all = [.. callbacks];
        watchers = Array.FindAll(all, callback => callback.WantsBatches);
        foreach (var callback in all)
            callback.SetModel(model);
    }

    /// <summary>Whether somebody wants to be told about batches.</summary>
    internal bool WatchesBatches => watchers.Length > 0;

    internal void TrainBegin() => Array.ForEach(all, callback => callback.OnTrainBegin(Nothing));

    internal void TrainEnd(Logs logs) => Array.ForEach(all, callback => callback.OnTrainEnd(logs));

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
