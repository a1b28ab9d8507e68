using Functional.Compiler.Planning;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <content>Predictions: from any thread, also while another one trains.</content>
public partial class Model
{
    /// <summary>The outputs for inputs.</summary>
    /// <param name="x">The inputs: a tensor or array, several, or a dictionary by input names.</param>
    /// <param name="batchSize">Samples computed together; null is 32.</param>
    /// <param name="verbose">0: silent, 1: a progress bar, 2: one line.</param>
    /// <param name="callbacks">What runs before and after.</param>
    /// <returns>One tensor for every output; a single one converts to <see cref="Tensor"/>.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model; the message says where.</exception>
    public Tensors Predict(
        Tensors x, int? batchSize = null, int verbose = 0, IReadOnlyList<Callback>? callbacks = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize ?? 1, 1, nameof(batchSize));
        var connected = StructureFor(x);
        var inputs = DataPreparation.Inputs(connected, x);
        var list = new CallbackList(this, callbacks ?? []);
        var progress = ProgressReporter.Create(verbose);
        list.PredictBegin();
        progress.Begin(1);
        var outputs = Run(connected, inputs, batchSize ?? connected.BatchSize ?? 32);
        var logs = new Logs();
        progress.Step(logs);
        progress.End(logs);
        list.PredictEnd();
        return outputs;
    }

    /// <summary>The outputs for one batch of inputs, computed together.</summary>
    /// <param name="x">The inputs.</param>
    /// <returns>One tensor for every output.</returns>
    public Tensors PredictOnBatch(Tensors x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var connected = StructureFor(x);
        var inputs = DataPreparation.Inputs(connected, x);
        return Run(connected, inputs, inputs[0].Shape[0]);
    }

    /// <summary>Measures where the time of a prediction goes.</summary>
    /// <remarks>
    /// It predicts the first batch, first without and then with a clock. Reading the clock adds some tens of nanoseconds to
    /// every kernel. States that layers keep between batches stay as they are.
    /// </remarks>
    /// <param name="x">The inputs.</param>
    /// <param name="batchSize">Samples computed together; null is 32.</param>
    /// <param name="runs">How many predictions are timed.</param>
    /// <returns>The times of all kernels; its text is a table.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model; the message says where.</exception>
    public StepProfile ProfilePredict(Tensors x, int? batchSize = null, int runs = 20)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize ?? 1, 1, nameof(batchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var connected = StructureFor(x);
        var inputs = DataPreparation.Inputs(connected, x);
        var rows = connected.BatchSize ?? Math.Min(inputs[0].Shape[0], batchSize ?? 32);
        var times = connected.Predictor.Profile(connected.FloatingValues(), inputs, rows, runs);
        return new StepProfile(times, PlanPrinter.print(times.Plan));
    }

    private static Tensors Run(ModelStructure connected, HostTensor[] inputs, int batchSize)
    {
        var predictor = connected.Predictor;
        if (predictor.States.Count == 0)
            return Array.ConvertAll(predictor.Run(connected.FloatingValues(), inputs, batchSize), output => new Tensor(output));

        HostTensor[] values = [.. connected.FloatingValues()];
        var outputs = predictor.Run(values, inputs, batchSize);
        connected.Store.Set(predictor.States.Select(index => KeyValuePair.Create(connected.Keys[index], values[index])));
        return Array.ConvertAll(outputs, output => new Tensor(output));
    }
}
