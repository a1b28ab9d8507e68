using System.Collections.Immutable;
using System.Diagnostics;
using Functional.Compiler.Planning;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using Functional.Runtime.Sessions;

namespace Functional.Keras;

/// <summary>
/// A compiled model in training: sessions, one for every kind of data that was seen (with sample weights or without), of
/// which the newest holds weights and optimizer state; and the exchange of weights with the store of the model.
/// </summary>
internal sealed class Trainer(string modelName, Compilation compilation, int seed) : IWeightPublisher
{
    // Copying the weights of a small model costs more than many of its steps: epochs publish at most this often.
    private static readonly TimeSpan PublishingPause = TimeSpan.FromMilliseconds(0.5);

    private readonly Dictionary<string, TrainingSession> sessions = [];
    private TrainingSession? current;
    private ImmutableDictionary<WeightKey, HostTensor>? seen;
    private HostTensor[] exchanged = [];
    private WeightTable? published;
    private IReadOnlyList<HostTensor> resumed = [];
    private double learningRate = double.NaN;
    private PreparedData? source;
    private string[] logNames = [];
    private int[] sortedLogs = [];
    private long lastPublished;
    private bool isAhead;

    /// <summary>Passed by the thread that works with the sessions, while it works.</summary>
    internal TrainingGate Gate { get; } = new(modelName);

    internal Compilation Compilation => compilation;

    /// <summary>What random numbers of training are made from; read when the first session begins.</summary>
    internal int Seed { get; set; } = seed;

    /// <summary>What the order of samples in the present fit is made from.</summary>
    internal int ShuffleSeed { get; set; }

    private TrainingSession Current => current
        ?? throw new InvalidOperationException("Bug in Functional: training without data; please report it.");

    /// <summary>Makes data the source of the next batches, unless it is already.</summary>
    internal void SetData(PreparedData data)
    {
        if (!ReferenceEquals(data, source))
            ChangeData(data);
    }

    private void ChangeData(PreparedData data)
    {
        source = null;
        var signature = data.Signature;
        if (!sessions.TryGetValue(signature, out var session))
        {
            session = TrainingInterop.CreateSession(
                compilation.Structure.Core,
                [.. data.Targets.Select((_, output) => compilation.Settings(output, data))],
                compilation.Optimizer.Json,
                layer => compilation.IsTrained(LayerInstance.Of(layer)),
                compilation.Structure.ElementType,
                Seed);
            sessions.Add(signature, session);
        }

        if (!ReferenceEquals(session, current))
            MoveTo(session);
        session.SetData(data.All);
        source = data;
    }

    /// <summary>Trains one step on consecutive rows.</summary>
    internal void Train(PreparedData data, int start, int count)
    {
        SetData(data);
        BeforeStep();
        Current.TrainRows(start, count);
        AfterStep();
    }

    /// <summary>Trains one step on rows in an order.</summary>
    internal void Train(PreparedData data, int[] order, int start, int count)
    {
        SetData(data);
        BeforeStep();
        Current.TrainRows(order, start, count);
        AfterStep();
    }

    /// <summary>Computes loss and metrics of consecutive rows.</summary>
    internal void Evaluate(PreparedData data, int start, int count)
    {
        SetData(data);
        TakeWeights();
        Current.EvaluateRows(start, count);
        if (compilation.Structure.IsStateful)
            MarkAhead();
    }

    /// <summary>Times the kernels of steps on the first rows; weights and optimizer state stay as they are.</summary>
    internal StepProfile Profile(PreparedData data, int rows, int steps)
    {
        SetData(data);
        BeforeStep();
        var times = Current.Profile(rows, steps);
        return new StepProfile(times, PlanPrinter.print(times.Plan));
    }

    internal double LastLoss => Current.LastLoss;

    internal void ResetMetrics() => Current.ResetMetrics();

    /// <summary>Names and values of loss and metrics since they were reset, in the order of names as in Keras's history.</summary>
    internal void ReadSortedLogs(Logs logs)
    {
        var values = Current.Logs();
        foreach (var index in sortedLogs)
            logs[logNames[index]] = values[index];
    }

    /// <summary>Names and values of loss and metrics since they were reset, the loss first.</summary>
    internal void ReadLogs(IDictionary<string, double> logs)
    {
        var values = Current.Logs();
        for (var index = 0; index < logNames.Length; index++)
            logs[logNames[index]] = values[index];
    }

    /// <summary>Publishes the weights of an epoch, unless those of the last one are hardly older.</summary>
    internal void PublishEpoch()
    {
        if (Stopwatch.GetElapsedTime(lastPublished) >= PublishingPause)
            Publish();
    }

    /// <summary>Puts the weights into the store of the model when they are newer than those there.</summary>
    internal void Publish()
    {
        if (!isAhead || current is null)
            return;
        isAhead = false;
        lastPublished = Stopwatch.GetTimestamp();
        compilation.Structure.Store.SetPublisher(null);

        // As a rule nobody read what was published last: then its memory serves again.
        published = (published is null ? null : compilation.Structure.Store.TryRewrite(published, ReadTrained)) ?? PublishNew();
        seen = published.Values;
    }

    private void ReadTrained(ImmutableDictionary<WeightKey, HostTensor> table)
    {
        var keys = compilation.Structure.Keys;
        for (var index = 0; index < keys.Length; index++)
        {
            if (compilation.IsTrained(keys[index].Layer))
                Current.ReadWeight(index, table[keys[index]]);
        }
    }

    private WeightTable PublishNew()
    {
        var keys = compilation.Structure.Keys;
        var changes = new List<KeyValuePair<WeightKey, HostTensor>>(keys.Length);
        for (var index = 0; index < keys.Length; index++)
        {
            // Weights of layers that are not trained stay as they are: another model may train them meanwhile.
            if (!compilation.IsTrained(keys[index].Layer))
                continue;
            exchanged[index] = Current.ReadWeight(index);
            changes.Add(KeyValuePair.Create(keys[index], exchanged[index]));
        }

        return compilation.Structure.Store.Set(changes);
    }

    /// <summary>
    /// Ends a fit as Keras's finalize_variable_values does: where the optimizer keeps averages of the weights, they take
    /// the weights' places. The averages are its first slots.
    /// </summary>
    internal void Finish()
    {
        if (current is not { Iteration: > 0 } || compilation.Optimizer.Config["use_ema"]?.GetValue<bool>() != true)
            return;
        Publish();
        var structure = compilation.Structure;
        var averages = current.Slots();
        var trained = structure.Weights
            .Select((weight, index) => (weight.IsTrainable, Key: structure.Keys[index]))
            .Where(weight => weight.IsTrainable && compilation.IsTrained(weight.Key.Layer));
        structure.Store.Set(trained.Select((weight, index) => KeyValuePair.Create(weight.Key, averages[index])));
    }

    /// <summary>What the optimizer remembers; nothing before the first step.</summary>
    internal IReadOnlyList<HostTensor> Slots()
    {
        using (Gate.Enter("Saving"))
            return current is { Iteration: > 0 } ? current.Slots() : resumed;
    }

    /// <summary>Goes on with the state of an optimizer.</summary>
    internal void Resume(OptimizerState state)
    {
        using (Gate.Enter("Loading"))
        {
            compilation.Optimizer.Iterations = state.Iterations;
            resumed = state.Slots;
            if (current is null)
                return;
            current.Iteration = state.Iterations;
            TakeSlots(current);
        }
    }

    public void TryPublish()
    {
        if (!isAhead || !Gate.TryEnter(out var passage))
            return;
        using (passage)
            Publish();
    }

    /// <summary>Gives the memory back, after the newest weights are in the store.</summary>
    internal void Close()
    {
        using (Gate.Enter("Compiling"))
        {
            Publish();
            foreach (var session in sessions.Values)
                ((IDisposable)session).Dispose();
            sessions.Clear();
            current = null;
        }
    }

    private void MoveTo(TrainingSession session)
    {
        if (current is not null)
        {
            Publish();
            session.SetSlots(current.Slots());
            session.Iteration = current.Iteration;
        }
        else
        {
            session.Iteration = compilation.Optimizer.Iterations;
            TakeSlots(session);
        }

        current = session;
        logNames = session.LogNames;
        sortedLogs = [.. Enumerable.Range(0, logNames.Length).OrderBy(index => logNames[index], StringComparer.Ordinal)];
        learningRate = double.NaN;
        seen = null;
        exchanged = [];
        TakeWeights();
    }

    /// <summary>Gives a session the slots that training goes on with, when there are some.</summary>
    private void TakeSlots(TrainingSession session)
    {
        if (resumed.Count == 0)
            return;
        var slots = session.Slots();
        if (slots.Length != resumed.Count || !slots.Zip(resumed).All(HaveOneShape))
        {
            throw new InvalidOperationException(
                $"The optimizer's saved state does not fit the weights that are trained: {compilation.Optimizer.ClassName} "
                + $"has {slots.Length} variables here, but {resumed.Count} were saved, or their shapes differ. "
                + "Compile the model again to begin with a new optimizer.");
        }

        session.SetSlots([.. resumed.Zip(slots, (saved, slot) => HostTensorConversion.Cast(saved, slot.Kind))]);
    }

    private static bool HaveOneShape((HostTensor First, HostTensor Second) pair) =>
        pair.First.Shape.SequenceEqual(pair.Second.Shape);

    /// <summary>Takes over weights that somebody replaced since the last exchange.</summary>
    private void TakeWeights()
    {
        var structure = compilation.Structure;
        structure.Store.PublishPending(exceptFor: this);
        if (!structure.Store.IsPresent(seen))
            TakeChanges(structure);
    }

    private void TakeChanges(ModelStructure structure)
    {
        var table = structure.Store.Initialize(structure.Keys, out var unseen);
        var isChanged = exchanged.Length != structure.Keys.Length;
        for (var index = 0; index < exchanged.Length && !isChanged; index++)
            isChanged = !ReferenceEquals(table[structure.Keys[index]], exchanged[index]);
        if (isChanged)
        {
            exchanged = Array.ConvertAll(structure.Keys, key => table[key]);
            var values = Array.ConvertAll(
                exchanged, value => HostTensorConversion.CastFloating(value, structure.ElementType));
            Current.SetWeights(values);
            isAhead = false;
            published = values.SequenceEqual(exchanged) ? unseen : null;
        }

        seen = table;
    }

    private void BeforeStep()
    {
        TakeWeights();
        var rate = compilation.Optimizer.LearningRate;
        if (rate != learningRate)
            Current.LearningRate = learningRate = rate;
    }

    private void AfterStep()
    {
        compilation.Optimizer.Iterations = Current.Iteration;
        MarkAhead();
    }

    private void MarkAhead()
    {
        if (isAhead)
            return;
        isAhead = true;
        compilation.Structure.Store.SetPublisher(this);
    }
}
