using System.Diagnostics.CodeAnalysis;

namespace Functional.Keras;

/// <summary>Takes items from a sequence, which may be gone through several times.</summary>
internal sealed class BatchSource<T>(IEnumerable<T> sequence) : IDisposable
{
    private IEnumerator<T>? pass;

    /// <summary>Goes back to the sequence's first item.</summary>
    internal void BeginAnew()
    {
        Dispose();
        pass = sequence.GetEnumerator();
    }

    /// <summary>The next item, or the first one again where the sequence has ended and may begin anew.</summary>
    /// <returns>False where there is none.</returns>
    internal bool TryTake(bool mayBeginAnew, [MaybeNullWhen(false)] out T item)
    {
        var isNew = pass is null;
        if (isNew)
            BeginAnew();
        var isTaken = pass!.MoveNext();
        if (!isTaken && mayBeginAnew && !isNew)
        {
            BeginAnew();
            isTaken = pass.MoveNext();
        }

        item = isTaken ? pass.Current : default;
        return isTaken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pass?.Dispose();
        pass = null;
    }
}
