using System.Collections;

namespace Functional.Keras;

/// <summary>A sequence whose items are made ahead, on a thread of its own for every pass.</summary>
internal sealed class PrefetchedSequence<T>(IEnumerable<T> source, int bufferSize) : IEnumerable<T>
{
    /// <summary>The results of a function, which runs ahead, too.</summary>
    internal PrefetchedSequence<TResult> Select<TResult>(Func<T, TResult> function) =>
        new(source.Select(function), bufferSize);

    public IEnumerator<T> GetEnumerator()
    {
        using var ahead = new Prefetcher<T>(source, bufferSize);
        while (ahead.TryTake(out var item))
            yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
