namespace Functional.Keras;

/// <summary>
/// Lets one thread at a time work with what a model trains with. A thread may enter again: callbacks evaluate. Who makes
/// batches for the thread inside is turned away: each would wait for the other.
/// </summary>
internal sealed class TrainingGate(string modelName)
{
    // How long it takes at most until a thread that waits sees that it waits for its own consumer.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    [ThreadStatic]
    private static List<TrainingGate>? inside;

    private readonly Lock gate = new();

    /// <summary>The gates that the current thread is inside of.</summary>
    internal static TrainingGate[] OfCurrentThread => inside is { Count: > 0 } gates ? [.. gates] : [];

    /// <summary>Enters, once nobody else is inside.</summary>
    /// <param name="purpose">The method that enters, for the message.</param>
    /// <exception cref="InvalidOperationException">The thread inside waits for batches that the caller makes.</exception>
    internal Passage Enter(string purpose)
    {
        if (BatchConsumer.Current is { } consumer)
            EnterUnlessAwaited(consumer, purpose);
        else
            gate.Enter();
        return Inside();
    }

    /// <summary>Enters when nobody else is inside.</summary>
    /// <returns>False when somebody is.</returns>
    internal bool TryEnter(out Passage passage)
    {
        var isFree = gate.TryEnter();
        passage = isFree ? Inside() : default;
        return isFree;
    }

    private void EnterUnlessAwaited(BatchConsumer consumer, string purpose)
    {
        while (true)
        {
            if (consumer.IsInside(this))
            {
                throw new InvalidOperationException(
                    $"{purpose} of model '{modelName}' was called by what makes batches ahead (Prefetch), but the training "
                    + "that these batches are for is of the same model, and each would wait for the other. Compute it "
                    + "before, or do not use Prefetch: then batches are made between the steps.");
            }

            if (gate.TryEnter(Pause))
                return;
        }
    }

    private Passage Inside()
    {
        (inside ??= []).Add(this);
        return new Passage(this);
    }

    /// <summary>Being inside; it ends when this is disposed of.</summary>
    internal readonly ref struct Passage(TrainingGate gate)
    {
        /// <summary>Leaves.</summary>
        public void Dispose()
        {
            inside!.RemoveAt(inside.LastIndexOf(gate));
            gate.gate.Exit();
        }
    }
}
