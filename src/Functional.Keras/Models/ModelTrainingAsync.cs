namespace Functional.Keras;

/// <content>Training beside other work.</content>
public partial class Model
{
    /// <summary>Trains the model on another thread; trained again, it goes on where it was. Predictions may be asked for
    /// meanwhile. Callbacks run on the other thread.</summary>
    /// <param name="x">The inputs: a tensor or array, several, or a dictionary by input names.</param>
    /// <param name="y">The targets: a tensor or array, several, or a dictionary by output names.</param>
    /// <param name="batchSize">Samples in a step; null is 32. The last batch of an epoch may be smaller.</param>
    /// <param name="epochs">The epoch at which training ends.</param>
    /// <param name="verbose">0: silent, 1: a progress bar, 2: one line an epoch.</param>
    /// <param name="callbacks">What runs at certain moments.</param>
    /// <param name="validationSplit">The part of the data, from its end, that is kept for validation.</param>
    /// <param name="validationData">Inputs and targets for validation.</param>
    /// <param name="shuffle">Whether every epoch takes the samples in another order.</param>
    /// <param name="classWeight">How much samples count by their class.</param>
    /// <param name="sampleWeight">How much each sample counts: for all outputs, or one tensor for each.</param>
    /// <param name="initialEpoch">The epoch that training begins with.</param>
    /// <param name="stepsPerEpoch">At most so many batches in an epoch; null is all.</param>
    /// <param name="validationSteps">At most so many batches in a validation; null is all.</param>
    /// <param name="validationBatchSize">Samples in a batch of validation; null is the batch size.</param>
    /// <param name="validationFreq">Validation happens after every so many epochs.</param>
    /// <param name="validationSampleWeight">How much each sample of the validation data counts.</param>
    /// <param name="cancellationToken">Ends training after the present batch: the task is cancelled, and the model keeps
    /// what it learnt, to be used or trained on.</param>
    /// <returns>Loss and metrics of every epoch, when training has ended.</returns>
    /// <exception cref="ArgumentException">The data does not fit the model; the task ends with it.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled; the task ends with it.</exception>
    public Task<History> FitAsync(
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
        CancellationToken cancellationToken = default) =>
        OnAnotherThread(
            () => Fit(
                x, y, batchSize, epochs, verbose, callbacks, validationSplit, validationData, shuffle, classWeight,
                sampleWeight, initialEpoch, stepsPerEpoch, validationSteps, validationBatchSize, validationFreq,
                validationSampleWeight, cancellationToken),
            cancellationToken);

    /// <summary>Trains the model on another thread, on batches as they come.</summary>
    /// <param name="batches">The batches; gone through once in an epoch, or continued when an epoch's steps are limited. They
    /// are made between the steps, or beside them: see <see cref="BatchSequence.Prefetch"/>.</param>
    /// <param name="epochs">The epoch at which training ends.</param>
    /// <param name="verbose">0: silent, 1: a progress bar, 2: one line an epoch.</param>
    /// <param name="callbacks">What runs at certain moments.</param>
    /// <param name="validationData">Inputs and targets for validation.</param>
    /// <param name="initialEpoch">The epoch that training begins with.</param>
    /// <param name="stepsPerEpoch">So many batches in an epoch; null is all.</param>
    /// <param name="validationBatchSize">Samples in a batch of validation.</param>
    /// <param name="cancellationToken">Ends training after the present batch: the task is cancelled, and the model keeps
    /// what it learnt, to be used or trained on.</param>
    /// <returns>Loss and metrics of every epoch, when training has ended.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled; the task ends with it.</exception>
    public Task<History> FitAsync(
        IEnumerable<Batch> batches,
        int epochs = 1,
        int verbose = 1,
        IReadOnlyList<Callback>? callbacks = null,
        (Tensors X, Tensors Y)? validationData = null,
        int initialEpoch = 0,
        int? stepsPerEpoch = null,
        int validationBatchSize = 32,
        CancellationToken cancellationToken = default) =>
        OnAnotherThread(
            () => Fit(
                batches, epochs, verbose, callbacks, validationData, initialEpoch, stepsPerEpoch, validationBatchSize,
                cancellationToken),
            cancellationToken);

    /// <summary>A fit is long: it gets a thread of its own, so that the pool's are left to others.</summary>
    private static Task<History> OnAnotherThread(Func<History> fit, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(fit, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
