using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Functional.Keras;

/// <summary>One pass over a sequence on a thread of its own, some items ahead of who takes them.</summary>
/// <param name="source">The sequence. Its enumerator is made, used and disposed of on the thread.</param>
/// <param name="bufferSize">How many items may be ready and not taken.</param>
internal sealed class Prefetcher<T>(IEnumerable<T> source, int bufferSize) : IDisposable
{
    private readonly ConcurrentQueue<T> ready = new();
    private readonly SemaphoreSlim room = new(bufferSize);

    // The end of the sequence counts like an item.
    private readonly SemaphoreSlim arrived = new(0);
    private readonly FitScope scope = FitScope.Ahead();
    private Thread? thread;
    private ExceptionDispatchInfo? failure;
    private bool isComplete;
    private volatile bool isUnwanted;

    /// <summary>Waits for the next item. The first call starts the thread.</summary>
    /// <returns>False when there are no more. What the sequence raised is raised in the place of the item.</returns>
    internal bool TryTake([MaybeNullWhen(false)] out T item)
    {
        scope.Follow();
        Start();
        arrived.Wait();
        if (ready.TryDequeue(out item))
        {
            room.Release();
            return true;
        }

        RaiseFailure();
        return false;
    }

    /// <summary>Ends the pass: the thread disposes of the sequence's enumerator and is gone when this returns.</summary>
    public void Dispose()
    {
        scope.Follow();
        isUnwanted = true;
        room.Release();
        thread?.Join();
        scope.Release();
        room.Dispose();
        arrived.Dispose();

        // What went wrong with items that nobody wanted any more is nobody's concern; what went wrong in the end is.
        if (isComplete)
            RaiseFailure();
    }

    private void RaiseFailure() => Interlocked.Exchange(ref failure, null)?.Throw();

    private void Start()
    {
        if (thread is not null)
            return;
        thread = new Thread(Run) { IsBackground = true, Name = "Functional: batches ahead" };
        thread.Start();
    }

    private void Run()
    {
        scope.Enter();
        try
        {
            using var items = source.GetEnumerator();
            while (IsWanted() && items.MoveNext())
            {
                ready.Enqueue(items.Current);
                arrived.Release();
            }

            isComplete = true;
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        arrived.Release();
    }

    private bool IsWanted()
    {
        room.Wait();
        return !isUnwanted;
    }
}
