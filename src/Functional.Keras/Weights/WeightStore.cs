using System.Collections.Immutable;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>
/// The weights of layers that belong together: one reference to an immutable table, replaced as a whole. Reading takes no
/// lock. When a model joins layers of several stores, one store becomes the store of all, and the others point to it.
/// A training that puts new weights here again and again writes them where its last ones are, unless somebody read those.
/// </summary>
internal sealed class WeightStore
{
    private IWeightPublisher[] publishers = [];
    private WeightTable table = new(ImmutableDictionary<WeightKey, HostTensor>.Empty);

    /// <summary>All values now. They stay what they are, for whoever asked.</summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Values => Take().Table.Values;

    /// <summary>Whether these are the values now; asking is not reading.</summary>
    internal bool IsPresent(ImmutableDictionary<WeightKey, HostTensor>? values) =>
        ReferenceEquals(Volatile.Read(ref Root.table).Values, values);

    /// <summary>Has the trainings that have newer weights than the table put them there, between two of their steps.</summary>
    internal void PublishPending()
    {
        foreach (var pending in Publishers)
            pending.Publish();
    }

    /// <summary>Lets the trainings that have newer weights than the table put them there, unless they are busy.</summary>
    internal void TryPublishPending(IWeightPublisher? exceptFor = null)
    {
        foreach (var pending in Publishers)
        {
            if (!ReferenceEquals(pending, exceptFor))
                pending.TryPublish();
        }
    }

    /// <summary>Says that a training has newer weights than the table.</summary>
    internal void AddPublisher(IWeightPublisher publisher)
    {
        WeightStore root;
        do
        {
            root = Root;
            root.ChangePublishers(present => present.Contains(publisher) ? present : [.. present, publisher]);
        }
        while (!ReferenceEquals(root, Root));
    }

    /// <summary>Says that a training has no newer weights any more.</summary>
    internal void RemovePublisher(IWeightPublisher publisher) =>
        Root.ChangePublishers(present => Array.FindAll(present, other => !ReferenceEquals(other, publisher)));

    private IWeightPublisher[] Publishers => Volatile.Read(ref Root.publishers);

    private void ChangePublishers(Func<IWeightPublisher[], IWeightPublisher[]> change)
    {
        IWeightPublisher[] present;
        do
            present = Volatile.Read(ref publishers);
        while (!ReferenceEquals(Interlocked.CompareExchange(ref publishers, change(present), present), present));
    }

    /// <summary>The store of all layers that belong together with those of this one.</summary>
    internal WeightStore Root
    {
        get
        {
            var store = this;
            while (Volatile.Read(ref store.table).MovedTo is { } next)
                store = next;
            return store;
        }
    }

    /// <summary>The value of a weight; its initial value becomes present when it is read first.</summary>
    internal HostTensor Get(WeightKey key) =>
        Values.TryGetValue(key, out var value) ? value : Initialize([key])[key];

    /// <summary>All values, after those of the given weights that are missing got their initial values.</summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Initialize(IReadOnlyList<WeightKey> keys) =>
        Initialize(keys, out _);

    /// <summary>
    /// All values, after those of the given weights that are missing got their initial values; and their table, when all of
    /// them came to be by this call, so that nobody else has seen them.
    /// </summary>
    internal ImmutableDictionary<WeightKey, HostTensor> Initialize(IReadOnlyList<WeightKey> keys, out WeightTable? unseen)
    {
        unseen = null;
        var present = Values;
        var missing = keys.Where(key => !present.ContainsKey(key))
            .Select(key => KeyValuePair.Create(key, key.Layer.InitialValue(key.Index)))
            .ToArray();
        if (missing.Length == 0)
            return present;
        var after = Update(values =>
        {
            // Another thread may have been first: its values stay.
            var builder = values.ToBuilder();
            foreach (var (key, value) in missing)
                builder.TryAdd(key, value);
            return builder.ToImmutable();
        });

        // The initial value of a layer that was made of another one is a value of that one.
        if (after.Values.Count == missing.Length && missing.All(entry => entry.Key.Layer.Origin is null))
            unseen = after;
        return after.Values;
    }

    /// <summary>Replaces values, all at once.</summary>
    /// <returns>The table from now on, for <see cref="TryRewrite"/>.</returns>
    internal WeightTable Set(IEnumerable<KeyValuePair<WeightKey, HostTensor>> changes) =>
        Update(values => values.SetItems(changes));

    /// <summary>Replaces values, all at once, unless others than the expected ones are present.</summary>
    /// <returns>The table from now on; null when nothing was replaced.</returns>
    internal WeightTable? TrySet(
        ImmutableDictionary<WeightKey, HostTensor> expected, IEnumerable<KeyValuePair<WeightKey, HostTensor>> changes)
    {
        var (root, before) = Take();
        if (!ReferenceEquals(before.Values, expected))
            return null;
        var after = new WeightTable(expected.SetItems(changes));
        return ReferenceEquals(Interlocked.CompareExchange(ref root.table, after, before), before) ? after : null;
    }

    /// <summary>Writes newer values in the place of those that the caller put here and that nobody has read since.</summary>
    /// <param name="last">The table that the caller's own tensors are in.</param>
    /// <param name="write">Writes to those of them that are the caller's own. Readers wait for it.</param>
    /// <returns>The table from now on; null when the last one was read or replaced, so that nothing was written.</returns>
    internal WeightTable? TryRewrite(WeightTable last, Action<ImmutableDictionary<WeightKey, HostTensor>> write)
    {
        if (!last.TryRewrite())
            return null;

        // Who replaces a table reads it first, so this one stays the store's until the next one takes its place.
        var next = new WeightTable(last.Values);
        try
        {
            write(last.Values);
        }
        finally
        {
            Volatile.Write(ref Root.table, next);
        }

        return next;
    }

    /// <summary>Puts the values of some weights back to those of an earlier table; of all, that is one reference.</summary>
    internal void Restore(IReadOnlyList<WeightKey> keys, ImmutableDictionary<WeightKey, HostTensor> earlier) =>
        Update(values => values.Count == keys.Count && earlier.Count == keys.Count
            ? earlier
            : values.SetItems(keys.Select(key => KeyValuePair.Create(key, earlier[key]))));

    /// <summary>Makes this store and another one.</summary>
    internal void Join(WeightStore other)
    {
        while (true)
        {
            var target = Root;
            var (source, moved) = other.Take();
            if (ReferenceEquals(target, source))
                return;
            target.Update(values => values.SetItems(moved.Values));
            var forward = new WeightTable(ImmutableDictionary<WeightKey, HostTensor>.Empty, target);
            if (ReferenceEquals(Interlocked.CompareExchange(ref source.table, forward, moved), moved))
            {
                foreach (var publisher in Volatile.Read(ref source.publishers))
                    AddPublisher(publisher);
                return;
            }
        }
    }

    private WeightTable Update(
        Func<ImmutableDictionary<WeightKey, HostTensor>, ImmutableDictionary<WeightKey, HostTensor>> change)
    {
        while (true)
        {
            var (root, before) = Take();
            var after = new WeightTable(change(before.Values));
            if (ReferenceEquals(Interlocked.CompareExchange(ref root.table, after, before), before))
                return after;
        }
    }

    /// <summary>The table now, to be read. While newer values take the place of its own, that lasts as long as copying them.</summary>
    private (WeightStore Root, WeightTable Table) Take()
    {
        var wait = default(SpinWait);
        while (true)
        {
            var root = Root;
            var present = Volatile.Read(ref root.table);
            if (present.MovedTo is null && present.TryRead())
                return (root, present);
            wait.SpinOnce();
        }
    }
}
