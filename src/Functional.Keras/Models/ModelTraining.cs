namespace Functional.Keras;

/// <content>Compiling and training.</content>
public partial class Model
{
    private readonly FitTurn fitTurn = new();
    private CompileArguments? compileArguments;
    private Trainer? trainer;
    private FitReports? reports;
    private string[] trainingWarnings = [];

    /// <summary>Whether training ends after the present batch: for callbacks to set.</summary>
    public bool StopTraining { get; set; }

    /// <summary>The optimizer that the model was compiled with.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Optimizer Optimizer => (compileArguments ?? throw NotCompiled()).Optimizer;

    /// <summary>
    /// What loading, building, compiling and the last training found strange, but possible: layers that were saved with another
    /// precision, layers at which a mask ends unused, losses that hardly fit, values that callbacks wait for in vain.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
        [.. readingWarnings, .. TryStructure()?.Warnings ?? [], .. trainer?.Compilation.Warnings ?? [], .. trainingWarnings];

    /// <summary>What the present fit reports, once it has begun.</summary>
    internal FitReports Reports
    {
        get => reports ?? throw NotCompiled();
        set => reports = value;
    }

    /// <summary>Says how the model is trained and judged.</summary>
    /// <param name="optimizer">How weights follow gradients; null is "rmsprop".</param>
    /// <param name="loss">The loss of each output; null where outputs are not trained.</param>
    /// <param name="lossWeights">How much the loss of each output counts; null is 1.</param>
    /// <param name="metrics">What is reported besides the loss, without sample weights.</param>
    /// <param name="weightedMetrics">What is reported besides the loss, with sample weights.</param>
    /// <exception cref="ArgumentException">Something does not fit the model's outputs; the message says what. The model is
    /// compiled as it was before.</exception>
    /// <exception cref="InvalidOperationException">The model is trained right now.</exception>
    public void Compile(
        Optimizer? optimizer = null,
        LossPerOutput? loss = null,
        LossWeights? lossWeights = null,
        MetricsPerOutput? metrics = null,
        MetricsPerOutput? weightedMetrics = null)
    {
        foreach (var each in loss?.Values ?? [])
            LossCheck.RequireReduced(each);
        using var turn = fitTurn.TakeBetweenFits(Name, nameof(Compile));
        lock (Changing)
        {
            var arguments = new CompileArguments(
                optimizer ?? Optimizers.RMSprop(), loss, lossWeights, metrics, weightedMetrics);
            var next = IsBuilt ? NewTrainer(arguments) : null;
            trainer?.Close();
            (compileArguments, trainer) = (arguments, next);
        }
    }

    /// <summary>Trains the model; trained again, it goes on where it was.</summary>
    /// <param name="x">The inputs: a tensor or array, several, or a dictionary by input names.</param>
    /// <param name="y">The targets: a tensor or array, several, or a dictionary by output names.</param>
    /// <param name="batchSize">Samples in a step; null is 32. The last batch of an epoch may be smaller.</param>
    /// <param name="epochs">The epoch at which training ends.</param>
    /// <param name="verbose">0: silent, 1: a progress bar, 2: one line an epoch.</param>
    /// <param name="callbacks">What runs at certain moments.</param>
    /// <param name="validationSplit">The part of the data, from its end, that is kept for validation.</param>
    /// <param name="validationData">Inputs and targets for validation.</param>
    /// <param name="shuffle">Whether every epoch takes the samples in another order.</param>
    /// <param name="classWeight">How much samples count by their class, in training, not in validation.</param>
    /// <param name="sampleWeight">How much each sample counts: for all outputs, or one tensor for each.</param>
    /// <param name="initialEpoch">The epoch that training begins with.</param>
    /// <param name="stepsPerEpoch">At most so many batches in an epoch; null is all.</param>
    /// <param name="validationSteps">At most so many batches in a validation; null is all.</param>
    /// <param name="validationBatchSize">Samples in a batch of validation; null is the batch size.</param>
    /// <param name="validationFreq">Validation happens after every so many epochs.</param>
    /// <param name="validationSampleWeight">How much each sample of the validation data counts.</param>
    /// <param name="cancellationToken">Ends training after the present batch; what was learnt stays.</param>
    /// <returns>Loss and metrics of every epoch.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model; the message says where.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of samples, steps or epochs is too small.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or nothing says which values of a metric that a
    /// callback watches are better.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public History Fit(
        Tensors x,
        Tensors y,
        int? batchSize = null,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        double validationSplit = 0.0,
        (Tensors X, Tensors Y)? validationData = null,
        bool shuffle = true,
        ClassWeights? classWeight = null,
        Tensors? sampleWeight = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int? validationSteps = null,
        int? validationBatchSize = null,
        int validationFreq = 1,
        Tensors? validationSampleWeight = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        RequireComplete(validationData);
        FitSettings.Require(
            batchSize, epochs, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize, validationFreq);
        using var turn = fitTurn.Take(Name, nameof(Fit), cancellationToken);
        StructureFor(x);
        var active = GetTrainer();
        var data = DataPreparation.Prepare(active.Compilation, x, y, sampleWeight);
        var validation = validationData is { } given
            ? DataPreparation.Prepare(active.Compilation, given.X, given.Y, validationSampleWeight)
            : null;
        if (validation is null && validationSplit != 0.0)
            (data, validation) = Split(data, validationSplit);

        // Samples count by their class in training only, as in Keras.
        data = DataPreparation.Weigh(active.Compilation, data, classWeight);
        var settings = new FitSettings
        {
            BatchSize = batchSize ?? Structure.BatchSize ?? 32,
            InitialEpoch = initialEpoch,
            Epochs = epochs,
            Shuffle = shuffle,
            StepsPerEpoch = stepsPerEpoch,
            ValidationSteps = validationSteps,
            ValidationBatchSize = validationBatchSize ?? batchSize ?? Structure.BatchSize ?? 32,
            ValidationFreq = validationFreq,
            CancellationToken = cancellationToken,
        };
        return Fit(active, settings, verbose, callbacks, loop => loop.Run(data, validation));
    }

    /// <summary>Trains the model on batches as they come.</summary>
    /// <param name="batches">The batches; gone through once in an epoch, or continued when an epoch's steps are limited, and
    /// begun anew when they end. Where they cannot be gone through again, training ends with a warning. They are made between
    /// the steps, or beside them: see <see cref="BatchSequence.Prefetch"/>.</param>
    /// <param name="epochs">The epoch at which training ends.</param>
    /// <param name="verbose">0: silent, 1: a progress bar, 2: one line an epoch.</param>
    /// <param name="callbacks">What runs at certain moments.</param>
    /// <param name="validationData">Inputs and targets for validation.</param>
    /// <param name="initialEpoch">The epoch that training begins with.</param>
    /// <param name="stepsPerEpoch">So many batches in an epoch; null is all.</param>
    /// <param name="validationBatchSize">Samples in a batch of validation.</param>
    /// <param name="cancellationToken">Ends training after the present batch; what was learnt stays.</param>
    /// <returns>Loss and metrics of every epoch.</returns>
    public History Fit(
        IEnumerable<Batch> batches,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        (Tensors X, Tensors Y)? validationData = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int validationBatchSize = 32,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        RequireComplete(validationData);
        FitSettings.Require(null, epochs, initialEpoch, stepsPerEpoch, null, validationBatchSize, 1);
        using var turn = fitTurn.Take(Name, nameof(Fit), cancellationToken);
        if (!IsBuilt)
            StructureFor(Complete(batches.FirstOrDefault()).X);
        var active = GetTrainer();
        var validation = validationData is { } given
            ? DataPreparation.Prepare(active.Compilation, given.X, given.Y, null)
            : null;
        var settings = new FitSettings
        {
            BatchSize = 1,
            InitialEpoch = initialEpoch,
            Epochs = epochs,
            Shuffle = false,
            StepsPerEpoch = stepsPerEpoch,
            ValidationSteps = null,
            ValidationBatchSize = validationBatchSize,
            ValidationFreq = 1,
            CancellationToken = cancellationToken,
        };
        PreparedData Prepare(Batch batch)
        {
            var (x, y, sampleWeight) = Complete(batch);
            return DataPreparation.Prepare(active.Compilation, x, y, sampleWeight);
        }

        IEnumerable<PreparedData> prepared = batches is PrefetchedSequence<Batch> ahead
            ? ahead.Select(Prepare)
            : batches.Select(Prepare);
        return Fit(active, settings, verbose, callbacks, loop => loop.Run(prepared, validation));
    }

    /// <summary>Trains one step on a batch.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="classWeight">How much samples count by their class.</param>
    /// <returns>Loss and metrics of the batch, before the step.</returns>
    public Evaluation TrainOnBatch(
        Tensors x, Tensors y, Tensors? sampleWeight = null, ClassWeights? classWeight = null) =>
        OnBatch(x, y, sampleWeight, classWeight, (active, data, logs) => active.TrainOnBatch(data, logs));

    /// <summary>Measures where the time of a training step goes.</summary>
    /// <remarks>
    /// It trains on the first batch, first without and then with a clock, and puts weights and optimizer state back. Reading the
    /// clock adds some tens of nanoseconds to every kernel.
    /// </remarks>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batchSize">Samples in a step; null is 32.</param>
    /// <param name="steps">How many steps are timed.</param>
    /// <returns>The times of all kernels; its text is a table.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model; the message says where.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public StepProfile Profile(Tensors x, Tensors y, int? batchSize = null, int steps = 20)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize ?? 1, 1, nameof(batchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        using var turn = fitTurn.Take(Name, nameof(Profile), CancellationToken.None);
        StructureFor(x);
        var active = GetTrainer();
        var data = DataPreparation.Prepare(active.Compilation, x, y, null);
        var rows = Math.Min(data.RowCount, batchSize ?? Structure.BatchSize ?? 32);
        return active.Profile(data, rows, steps);
    }

    /// <summary>Judges the model by one batch.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <returns>Loss and metrics of the batch.</returns>
    public Evaluation TestOnBatch(Tensors x, Tensors y, Tensors? sampleWeight = null) =>
        OnBatch(x, y, sampleWeight, null, (active, data, logs) =>
        {
            using var evaluator = active.BeginEvaluation(data);
            evaluator.Evaluate(0, data.RowCount);
            evaluator.ReadLogs(logs);
        });

    /// <summary>Judges the model by data.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batchSize">Samples in a batch; null is 32.</param>
    /// <param name="verbose">0: silent, 1: a progress bar, 2: one line.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="steps">At most so many batches; null is all.</param>
    /// <param name="callbacks">What runs at certain moments.</param>
    /// <param name="cancellationToken">Ends the evaluation after the present batch.</param>
    /// <returns>Loss and metrics.</returns>
    public Evaluation Evaluate(
        Tensors x,
        Tensors y,
        int? batchSize = null,
        int verbose = 1,
        Tensors? sampleWeight = null,
        int? steps = null,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        FitSettings.RequireAtLeast(1, batchSize, nameof(batchSize));
        FitSettings.RequireAtLeast(1, steps, nameof(steps));
        StructureFor(x);
        var active = GetTrainer();
        var data = DataPreparation.Prepare(active.Compilation, x, y, sampleWeight);
        var loop = new EvaluateLoop(
            active, new CallbackList(this, callbacks ?? []), ProgressReporter.Create(verbose), cancellationToken);
        var results = new Logs();
        loop.Run(data, batchSize ?? Structure.BatchSize ?? 32, steps, results);
        return new Evaluation(results);
    }

    private static void RequireComplete((Tensors? X, Tensors? Y)? validationData)
    {
        if (validationData is { X: null } or { Y: null })
        {
            throw new ArgumentException(
                "Validation data needs inputs and targets, but one of them is null.", nameof(validationData));
        }
    }

    /// <summary>A batch that has inputs and targets.</summary>
    private static Batch Complete(Batch? batch) => batch is { X: not null, Y: not null }
        ? batch
        : throw new ArgumentException(
            "A sequence to train on needs batches with inputs X and targets Y, but "
            + (batch is null ? "a batch is missing or null." : $"{(batch.X is null ? "X" : "Y")} of a batch is null."),
            nameof(batch));

    private History Fit(
        Trainer active, FitSettings settings, int verbose, IReadOnlyList<Callback>? callbacks, Action<FitLoop> run)
    {
        trainingWarnings = [];
        var history = new History();
        var list = new CallbackList(this, [.. callbacks ?? [], history]);
        var loop = new FitLoop(this, active, settings, list, ProgressReporter.Create(verbose));
        run(loop);
        return history;
    }

    private Evaluation OnBatch(
        Tensors x, Tensors y, Tensors? sampleWeight, ClassWeights? classWeight,
        Action<Trainer, PreparedData, Dictionary<string, double>> run)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        StructureFor(x);
        var active = GetTrainer();
        var data = DataPreparation.Weigh(
            active.Compilation, DataPreparation.Prepare(active.Compilation, x, y, sampleWeight), classWeight);
        var results = new Dictionary<string, double>();
        run(active, data, results);
        return new Evaluation(results);
    }

    /// <summary>Says something about the present training, and keeps it among <see cref="Warnings"/>.</summary>
    internal void Warn(string warning)
    {
        trainingWarnings = [.. trainingWarnings, warning];
        Console.Error.WriteLine($"Warning: {warning}");
    }

    private static (PreparedData Training, PreparedData Validation) Split(PreparedData data, double validationSplit)
    {
        // keras/src/trainers/data_adapters/array_slicing.py, train_validation_split
        var splitAt = (int)Math.Floor(data.RowCount * (1.0 - validationSplit));
        return splitAt > 0 && splitAt < data.RowCount
            ? (data.Rows(0, splitAt), data.Rows(splitAt, data.RowCount - splitAt))
            : throw new ArgumentException(
                $"A validationSplit of {validationSplit} of {data.RowCount} samples leaves nothing for "
                + $"{(splitAt > 0 ? "validation" : "training")}: it must be between 0 and 1.",
                nameof(validationSplit));
    }

    /// <summary>The training of the layers as they are connected now; one for all threads that ask.</summary>
    private Trainer GetTrainer()
    {
        lock (Changing)
        {
            var arguments = compileArguments ?? throw NotCompiled();
            if (trainer is { } present && ReferenceEquals(present.Compilation.Structure, Structure))
                return present;
            var next = NewTrainer(arguments);
            trainer?.Close();
            return trainer = next;
        }
    }

    private Trainer NewTrainer(CompileArguments arguments)
    {
        var compilation = new Compilation(
            Structure, arguments.Optimizer, arguments.Loss, arguments.LossWeights, arguments.Metrics,
            arguments.WeightedMetrics);
        foreach (var warning in compilation.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        return new Trainer(compilation, RandomSeed.Next(), fitTurn);
    }

    private InvalidOperationException NotCompiled() =>
        new($"Model '{Name}' is not compiled: call Compile with an optimizer and a loss first.");

    private sealed record CompileArguments(
        Optimizer Optimizer,
        LossPerOutput? Loss,
        LossWeights? LossWeights,
        MetricsPerOutput? Metrics,
        MetricsPerOutput? WeightedMetrics);
}
