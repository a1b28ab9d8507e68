namespace Functional.Keras;

/// <summary>A training that has newer weights than the store it took them from.</summary>
internal interface IWeightPublisher
{
    /// <summary>Puts the newer weights into the store, unless another thread is training right now.</summary>
    void TryPublish();
}
