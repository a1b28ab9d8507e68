namespace Functional.Keras;

/// <summary>A training that has newer weights than the store it took them from.</summary>
internal interface IWeightPublisher
{
    /// <summary>Puts the newer weights into the store, between two steps.</summary>
    void Publish();

    /// <summary>Puts the newer weights into the store, unless others are at work: nobody waits for anybody.</summary>
    void TryPublish();
}
