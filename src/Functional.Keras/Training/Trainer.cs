using System.Collections.Concurrent;
using Functional.Compiler.Planning;
using Functional.Core.Models;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using Functional.Runtime.Sessions;

namespace Functional.Keras;

/// <summary>
/// A compiled model in training: sessions, one for every kind of data that was seen (with sample weights or without), of
/// which the newest holds weights and optimizer state; and the exchange of weights with the store of the model. Safe from
/// any thread: every member passes the gate for as long as it works with the sessions.
/// </summary>
internal sealed partial class Trainer(Compilation compilation, int seed, FitTurn turn) : IWeightPublisher
{
    private readonly TrainingGate gate = new();
    private readonly Dictionary<string, TrainingStep> steps = [];
    private readonly Dictionary<string, TrainingSession> sessions = [];
    private TrainingSession? current;
    private readonly ConcurrentDictionary<string, Evaluator> idleEvaluators = [];
    private IReadOnlyList<HostTensor> resumed = [];
    private double learningRate = double.NaN;
    private PreparedData? source;
    private string[] logNames = [];
    private int[] sortedLogs = [];
    private int evaluations;
    private volatile bool isClosed;

    internal Compilation Compilation => compilation;

    /// <summary>What random numbers of training are made from; read when the first session begins.</summary>
    internal int Seed { get; set; } = seed;

    /// <summary>How many batches were judged: random numbers of the next one are made from it too.</summary>
    internal int Evaluations
    {
        get => Volatile.Read(ref evaluations);
        set => Volatile.Write(ref evaluations, value);
    }

    /// <summary>What the order of samples in the present fit is made from.</summary>
    internal int ShuffleSeed { get; set; }

    private TrainingSession Current => current
        ?? throw new InvalidOperationException("Bug in Functional: training without data; please report it.");

    private ModelStructure Structure => compilation.Structure;

    /// <summary>Begins to count loss and metrics of data anew.</summary>
    internal void ResetMetrics(PreparedData data)
    {
        using (Enter())
        {
            SetData(data);
            Current.ResetMetrics();
        }
    }

    /// <summary>Trains one step on consecutive rows.</summary>
    internal void Train(PreparedData data, int start, int count)
    {
        using (Enter())
        {
            SetData(data);
            BeforeStep();
            Current.TrainRows(start, count);
            AfterStep();
        }
    }

    /// <summary>Trains one step on rows in an order.</summary>
    internal void Train(PreparedData data, int[] order, int start, int count)
    {
        using (Enter())
        {
            SetData(data);
            BeforeStep();
            Current.TrainRows(order, start, count);
            AfterStep();
        }
    }

    /// <summary>Trains a step on a batch of its own. A fit that it interrupts counts as if it had not been.</summary>
    internal void TrainOnBatch(PreparedData data, IDictionary<string, double> logs)
    {
        using (Enter())
        {
            var interrupted = turn.IsTaken ? source : null;
            var counted = interrupted is null ? [] : Current.MetricStates();
            SetData(data);
            Current.ResetMetrics();
            BeforeStep();
            Current.TrainRows(0, data.RowCount);
            AfterStep();
            ReadLogs(logs);
            if (interrupted is null)
                return;
            SetData(interrupted);
            Current.SetMetricStates(counted);
        }
    }

    /// <summary>Times the kernels of steps on the first rows; weights and optimizer state stay as they are.</summary>
    internal StepProfile Profile(PreparedData data, int rows, int count)
    {
        using (Enter())
        {
            SetData(data);
            BeforeStep();
            var times = Current.Profile(rows, count);
            return new StepProfile(times, PlanPrinter.print(times.Plan));
        }
    }

    /// <summary>Names and values of loss and metrics since they were reset, in the order of names as in Keras's history.</summary>
    internal void ReadSortedLogs(Logs logs)
    {
        using (Enter())
        {
            var values = Current.Logs();
            foreach (var index in sortedLogs)
                logs[logNames[index]] = values[index];
        }
    }

    /// <summary>Names and values of loss and metrics since they were reset, the loss first.</summary>
    internal void ReadLogs(IDictionary<string, double> logs)
    {
        using (Enter())
        {
            var values = Current.Logs();
            for (var index = 0; index < logNames.Length; index++)
                logs[logNames[index]] = values[index];
        }
    }

    /// <summary>
    /// Ends a fit as Keras's finalize_variable_values does: where the optimizer keeps averages of the weights, they take
    /// the weights' places. The averages are its first slots.
    /// </summary>
    internal void Finish()
    {
        if (compilation.Optimizer.Config["use_ema"]?.GetValue<bool>() != true)
            return;
        using (Enter())
        {
            if (current is not { Iteration: > 0 })
                return;
            PublishInside();
            var averages = current.Slots();
            var trained = Structure.Weights
                .Select((weight, index) => (weight.IsTrainable, Key: Structure.Keys[index]))
                .Where(weight => weight.IsTrainable && compilation.IsTrained(weight.Key.Layer));
            Structure.Store.Set(trained.Select((weight, index) => KeyValuePair.Create(weight.Key, averages[index])));
        }
    }

    /// <summary>Weights, optimizer state and seeds, all of the moment between two steps.</summary>
    internal ModelState Capture()
    {
        Structure.Store.PublishPending();
        using (Enter())
        {
            PublishInside();
            var optimizer = compilation.Optimizer;
            return new ModelState(
                Structure.Store.Initialize(Structure.Keys),
                new OptimizerState(
                    optimizer.Steps,
                    optimizer.HasConstantLearningRate ? optimizer.LearningRate : null,
                    current is { Iteration: > 0 } ? current.Slots() : resumed),
                Seed,
                ShuffleSeed,
                Evaluations);
        }
    }

    /// <summary>Goes on with the state of an optimizer.</summary>
    internal void Resume(OptimizerState state)
    {
        using (Enter())
        {
            compilation.Optimizer.Steps = state.Steps;
            resumed = state.Slots;
            if (current is null)
                return;
            current.Iteration = state.Steps;
            TakeSlots(current);
        }
    }

    /// <summary>What computes loss and metrics of data by the weights of now, beside training; to be disposed of.</summary>
    internal Evaluator BeginEvaluation(PreparedData data)
    {
        if (!idleEvaluators.TryRemove(data.Signature, out var evaluator))
        {
            var session = TrainingInterop.CreateEvaluation(StepFor(data), Structure.ElementType, Seed);
            evaluator = new Evaluator(this, data.Signature, session);
        }

        Structure.Store.PublishPending();
        using (Enter())
        {
            PublishInside();

            // Nobody else writes to the table of this training, and it does not as long as this is inside of the gate. So
            // that is no reading that would cost new memory when weights are published next.
            var table = published is not null && Structure.Store.IsPresent(published.Values)
                ? published.Values
                : Structure.Store.Initialize(Structure.Keys);
            evaluator.Begin(data, table, rewrites);
        }

        return evaluator;
    }

    /// <summary>The number of a batch that is judged, which no other one has.</summary>
    internal int NextEvaluation() => Interlocked.Increment(ref evaluations) - 1;

    /// <summary>Keeps an evaluator for the next evaluation of such data, with its plans and memory.</summary>
    internal void EndEvaluation(Evaluator evaluator)
    {
        // Beside a fit of others an evaluation is nothing that states of layers go on from.
        if (Structure.IsStateful && !turn.IsOthers)
            Structure.Store.Set(evaluator.States());
        if (!idleEvaluators.TryAdd(evaluator.Signature, evaluator))
            evaluator.Close();
        if (isClosed)
            CloseEvaluators();
    }

    private void CloseEvaluators()
    {
        foreach (var signature in idleEvaluators.Keys)
        {
            if (idleEvaluators.TryRemove(signature, out var evaluator))
                evaluator.Close();
        }
    }

    /// <summary>Begins with other seeds, and without sessions that draw from the earlier one.</summary>
    internal void Restart(int newSeed, int newShuffleSeed, int newEvaluations)
    {
        using (Enter())
        {
            CloseSessions();
            (Seed, ShuffleSeed, Evaluations) = (newSeed, newShuffleSeed, newEvaluations);
        }

        CloseEvaluators();
    }

    /// <summary>Gives the memory back, after the newest weights are in the store.</summary>
    internal void Close()
    {
        using (gate.Enter())
        {
            CloseSessions();
            isClosed = true;
        }

        CloseEvaluators();
    }

    private void CloseSessions()
    {
        PublishInside();
        foreach (var session in sessions.Values)
            ((IDisposable)session).Dispose();
        sessions.Clear();
        (current, source) = (null, null);
    }

    private TrainingGate.Passage Enter()
    {
        var passage = gate.Enter();
        if (!isClosed)
            return passage;
        passage.Dispose();
        throw new InvalidOperationException(
            "The model was compiled or changed by another thread in the meantime: compile between two trainings.");
    }

    /// <summary>Makes data the source of the next batches, unless it is already.</summary>
    private void SetData(PreparedData data)
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
            session = TrainingInterop.CreateSession(StepFor(data), Structure.ElementType, Seed);
            sessions.Add(signature, session);
        }

        if (!ReferenceEquals(session, current))
            MoveTo(session);
        session.SetData(data.All);
        source = data;
    }

    private TrainingStep StepFor(PreparedData data)
    {
        lock (steps)
        {
            var signature = data.Signature;
            if (!steps.TryGetValue(signature, out var step))
            {
                step = TrainingInterop.CreateStep(
                    Structure.Core,
                    [.. data.Targets.Select((_, output) => compilation.Settings(output, data))],
                    compilation.Optimizer.Json,
                    layer => compilation.IsTrained(LayerInstance.Of(layer)),
                    Structure.ElementType);
                steps.Add(signature, step);
            }

            return step;
        }
    }

    private void MoveTo(TrainingSession session)
    {
        if (current is not null)
        {
            PublishInside();
            session.SetSlots(current.Slots());
            session.Iteration = current.Iteration;
        }
        else
        {
            session.Iteration = compilation.Optimizer.Steps;
            TakeSlots(session);
        }

        current = session;
        logNames = session.LogNames;
        sortedLogs = [.. Enumerable.Range(0, logNames.Length).OrderBy(index => logNames[index], StringComparer.Ordinal)];
        learningRate = double.NaN;
        seen = null;
        exchanged = new HostTensor[Structure.Keys.Length];
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

    private void BeforeStep()
    {
        TakeWeights();
        var rate = compilation.Optimizer.LearningRate;
        if (rate != learningRate)
            Current.LearningRate = learningRate = rate;
    }

    private void AfterStep()
    {
        compilation.Optimizer.Steps = Current.Iteration;
        if (isAhead)
            return;
        isAhead = true;
        Structure.Store.AddPublisher(this);
    }
}
