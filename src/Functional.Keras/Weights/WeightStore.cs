using System.Collections.Immutable;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>
/// The weights of layers that belong together: one reference to an immutable table, replaced as a whole. Reading takes no
/// lock. When a model joins layers of several stores, one store becomes the store of all, and the others point to it.
/// </summary>
internal sealed class WeightStore
{
    private IWeightPublisher? publisher;
    private State state = new(ImmutableDictionary<WeightKey, HostTensor>.Empty, null);

    /// <summary>All values now.</summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Values => Root.state.Values;

    /// <summary>Lets the training that has newer weights than the table put them there, unless it is busy.</summary>
    internal void PublishPending(IWeightPublisher? exceptFor = null)
    {
        if (Volatile.Read(ref Root.publisher) is { } pending && !ReferenceEquals(pending, exceptFor))
            pending.TryPublish();
    }

    /// <summary>Says who has newer weights than the table; null when nobody has.</summary>
    internal void SetPublisher(IWeightPublisher? next) => Volatile.Write(ref Root.publisher, next);

    private WeightStore Root
    {
        get
        {
            var store = this;
            while (Volatile.Read(ref store.state).MovedTo is { } next)
                store = next;
            return store;
        }
    }

    /// <summary>The value of a weight; its initial value becomes present when it is read first.</summary>
    internal HostTensor Get(WeightKey key) =>
        Values.TryGetValue(key, out var value) ? value : Initialize([key])[key];

    /// <summary>All values, after those of the given weights that are missing got their initial values.</summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Initialize(IReadOnlyList<WeightKey> keys)
    {
        var missing = keys.Where(key => !Values.ContainsKey(key))
            .Select(key => KeyValuePair.Create(key, key.Layer.InitialValue(key.Index)))
            .ToArray();
        if (missing.Length == 0)
            return Values;
        return Update(values =>
        {
            // Another thread may have been first: its values stay.
            var builder = values.ToBuilder();
            foreach (var (key, value) in missing)
                builder.TryAdd(key, value);
            return builder.ToImmutable();
        });
    }

    /// <summary>Replaces values, all at once.</summary>
    internal void Set(IEnumerable<KeyValuePair<WeightKey, HostTensor>> changes) =>
        Update(values => values.SetItems(changes));

    /// <summary>Puts the values of some weights back to those of an earlier table; of all, that is one reference.</summary>
    internal void Restore(IReadOnlyList<WeightKey> keys, ImmutableDictionary<WeightKey, HostTensor> table) =>
        Update(values => values.Count == keys.Count && table.Count == keys.Count
            ? table
            : values.SetItems(keys.Select(key => KeyValuePair.Create(key, table[key]))));

    /// <summary>Makes this store and another one.</summary>
    internal void Join(WeightStore other)
    {
        while (true)
        {
            var target = Root;
            var source = other.Root;
            if (ReferenceEquals(target, source))
                return;
            var moved = source.state;
            if (moved.MovedTo is not null)
                continue;
            target.Update(values => values.SetItems(moved.Values));
            var forward = new State(ImmutableDictionary<WeightKey, HostTensor>.Empty, target);
            if (ReferenceEquals(Interlocked.CompareExchange(ref source.state, forward, moved), moved))
                return;
        }
    }

    private ImmutableDictionary<WeightKey, HostTensor> Update(
        Func<ImmutableDictionary<WeightKey, HostTensor>, ImmutableDictionary<WeightKey, HostTensor>> change)
    {
        while (true)
        {
            var root = Root;
            var before = root.state;
            if (before.MovedTo is not null)
                continue;
            var after = new State(change(before.Values), null);
            if (ReferenceEquals(Interlocked.CompareExchange(ref root.state, after, before), before))
                return after.Values;
        }
    }

    private sealed record State(ImmutableDictionary<WeightKey, HostTensor> Values, WeightStore? MovedTo);
}
