namespace Functional.Keras;

/// <summary>
/// For whom the current thread makes something ahead, and which gates that thread is inside of. It goes along with tasks,
/// so that these are covered, too.
/// </summary>
internal sealed class BatchConsumer(BatchConsumer? outer)
{
    private static readonly AsyncLocal<BatchConsumer?> Present = new();

    private volatile TrainingGate[] gates = [];

    /// <summary>For whom the current thread works; null when it works for itself.</summary>
    internal static BatchConsumer? Current
    {
        get => Present.Value;
        set => Present.Value = value;
    }

    /// <summary>Says that the current thread is the one that consumes.</summary>
    internal void Refresh() => gates = TrainingGate.OfCurrentThread;

    /// <summary>Says that nobody consumes any more.</summary>
    internal void End() => gates = [];

    /// <summary>Whether the consumer, or who waits for it in turn, is inside of a gate.</summary>
    internal bool IsInside(TrainingGate gate) => gates.Contains(gate) || outer?.IsInside(gate) == true;
}
