using System.Collections.Immutable;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>
/// The values of weights at one moment, and whether anybody has looked. As long as nobody has, the training that made them
/// may write newer values in their place; from the first look on they never change.
/// </summary>
internal sealed class WeightTable(ImmutableDictionary<WeightKey, HostTensor> values, WeightStore? movedTo = null)
{
    private const int Unread = 0;
    private const int Read = 1;
    private const int Rewritten = 2;

    private int use = Unread;

    /// <summary>The values, for those who were let read, and for the training that made them.</summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Values => values;

    /// <summary>The store that has the values instead.</summary>
    internal WeightStore? MovedTo => movedTo;

    /// <summary>Lets the caller read the values for ever; false when newer ones take their place right now.</summary>
    internal bool TryRead() =>
        Volatile.Read(ref use) == Read || Interlocked.CompareExchange(ref use, Read, Unread) != Rewritten;

    /// <summary>Lets the caller write newer values in place; false when somebody has read these.</summary>
    internal bool TryRewrite() => Interlocked.CompareExchange(ref use, Rewritten, Unread) == Unread;
}
