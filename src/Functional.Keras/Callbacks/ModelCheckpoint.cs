namespace Functional.Keras;

/// <summary>
/// Keeps the weights of epochs: in memory as snapshots, and in files when a path is given.
/// </summary>
public sealed class ModelCheckpoint : Callback
{
    private readonly Monitor monitor;
    private readonly Action<Model, string> save;
    private readonly PathTemplate? filepath;
    private readonly bool saveBestOnly;
    private readonly double? initialValueThreshold;
    private readonly int verbose;
    private double? best;
    private bool hasWarned;

    /// <summary>Keeps the weights after every epoch, or after every one that is the best so far.</summary>
    /// <param name="filepath">Where to save; <c>{epoch:02d}</c> and <c>{val_loss:.2f}</c> are replaced, with any of
    /// Python's formats of numbers. Null keeps weights in memory only.</param>
    /// <param name="monitor">The number that tells what is best.</param>
    /// <param name="verbose">1: says when it keeps weights.</param>
    /// <param name="saveBestOnly">Whether only epochs count that are the best so far.</param>
    /// <param name="saveWeightsOnly">Whether files hold weights only (.weights.h5), not the whole model.</param>
    /// <param name="mode">"min", "max" or "auto": small is better for losses and errors, large for scores.</param>
    /// <param name="initialValueThreshold">What the first epoch must be better than; null is anything.</param>
    /// <param name="save">Writes a model to a path in a way of its own; null is <c>Model.Save</c> or
    /// <c>Model.SaveWeights</c>.</param>
    /// <exception cref="ArgumentException">A field of the path is no format of a number.</exception>
    public ModelCheckpoint(
        string? filepath = null,
        string monitor = "val_loss",
        int verbose = 0,
        bool saveBestOnly = false,
        bool saveWeightsOnly = false,
        string mode = "auto",
        double? initialValueThreshold = null,
        Action<Model, string>? save = null)
    {
        this.filepath = filepath is null ? null : new PathTemplate(filepath, nameof(filepath));
        this.monitor = new Monitor(monitor, mode, 0.0);
        this.verbose = verbose;
        this.saveBestOnly = saveBestOnly;
        this.initialValueThreshold = initialValueThreshold;
        this.save = save ?? (saveWeightsOnly
            ? (model, path) => model.SaveWeights(path)
            : (model, path) => model.Save(path));
    }

    /// <summary>The best value of the watched number; NaN before training.</summary>
    public double Best => best ?? double.NaN;

    /// <summary>The weights that were kept last: those of the best epoch when only the best count.</summary>
    public WeightSnapshot? Snapshot { get; private set; }

    /// <summary>The file that was written last.</summary>
    public string? LastPath { get; private set; }

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        hasWarned = false;
        if (saveBestOnly)
        {
            monitor.Begin(this);
            best ??= initialValueThreshold ?? monitor.Worst;
        }

        if (filepath is null)
            return;
        foreach (var field in filepath.Fields)
        {
            if (Model.Reports.AbsenceOf(field) is { } reason)
                Warn(field, reason);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        if (filepath is not null && filepath.Fields.FirstOrDefault(field => !logs.ContainsKey(field)) is { } missing)
        {
            Warn(missing, $"an epoch reported {OutputNaming.Quoted(logs.Keys)} only");
            return;
        }

        if (saveBestOnly)
        {
            if (!monitor.TryRead(this, logs, out var value) || !monitor.IsBetter(value, Best))
                return;
            best = value;
        }

        Snapshot = Model.Snapshot();
        if (filepath is not null)
        {
            LastPath = filepath.Expand(epoch, logs);
            if (Path.GetDirectoryName(Path.GetFullPath(LastPath)) is { } folder)
                Directory.CreateDirectory(folder);
            save(Model, LastPath);
            ProgressReporter.Create(verbose).Message($"Epoch {epoch + 1}: saved the model to {LastPath}.");
        }
    }

    /// <summary>Says once in a training that some epochs are not saved.</summary>
    private void Warn(string name, string reason)
    {
        if (hasWarned)
            return;
        hasWarned = true;
        Model.Warn(
            $"ModelCheckpoint needs '{name}' for the path '{filepath}', but {reason}. It skips epochs without '{name}'.");
    }
}
