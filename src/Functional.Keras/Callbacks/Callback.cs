namespace Functional.Keras;

/// <summary>
/// Code that runs at certain moments of training, evaluation and prediction: override what is wanted. Set
/// <c>Model.StopTraining</c> to end training.
/// </summary>
public abstract class Callback
{
    private Model? model;

    /// <summary>The model that is trained.</summary>
    /// <exception cref="InvalidOperationException">The callback is not in use.</exception>
    public Model Model => model ?? throw new InvalidOperationException(
        $"{GetType().Name} has no model yet: give it to Fit, Evaluate or Predict.");

    /// <summary>Whether batch numbers and logs are wanted: without that, training spends no time on them.</summary>
    protected internal virtual bool WantsBatches => true;

    /// <summary>
    /// Whether <see cref="OnTrainEnd"/> gives back what the callback holds, such as an open file: then it is called also when
    /// training ends with an exception.
    /// </summary>
    protected internal virtual bool OwnsResources => false;

    /// <summary>Before training.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void OnTrainBegin(Logs logs)
    {
    }

    /// <summary>After training; when it ends with an exception, only where <see cref="OwnsResources"/>.</summary>
    /// <param name="logs">Those of the last epoch.</param>
    public virtual void OnTrainEnd(Logs logs)
    {
    }

    /// <summary>Before an epoch.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void OnEpochBegin(int epoch, Logs logs)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="epoch">The epoch, counted from 0.</param>
    /// <param name="logs">Loss and metrics, those of validation with "val_" in front.</param>
    public virtual void OnEpochEnd(int epoch, Logs logs)
    {
    }

    /// <summary>Before a batch of training.</summary>
    /// <param name="batch">The batch, counted from 0 in every epoch.</param>
    /// <param name="logs">Empty.</param>
    public virtual void OnTrainBatchBegin(int batch, Logs logs)
    {
    }

    /// <summary>After a batch of training.</summary>
    /// <param name="batch">The batch, counted from 0 in every epoch.</param>
    /// <param name="logs">Loss and metrics of the epoch so far.</param>
    public virtual void OnTrainBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Before evaluation.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void OnTestBegin(Logs logs)
    {
    }

    /// <summary>After evaluation.</summary>
    /// <param name="logs">Loss and metrics.</param>
    public virtual void OnTestEnd(Logs logs)
    {
    }

    /// <summary>Before a batch of evaluation.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Empty.</param>
    public virtual void OnTestBatchBegin(int batch, Logs logs)
    {
    }

    /// <summary>After a batch of evaluation.</summary>
    /// <param name="batch">The batch, counted from 0.</param>
    /// <param name="logs">Loss and metrics so far.</param>
    public virtual void OnTestBatchEnd(int batch, Logs logs)
    {
    }

    /// <summary>Before prediction.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void OnPredictBegin(Logs logs)
    {
    }

    /// <summary>After prediction.</summary>
    /// <param name="logs">Empty.</param>
    public virtual void OnPredictEnd(Logs logs)
    {
    }

    internal void SetModel(Model value) => model = value;
}
