using System.Diagnostics.CodeAnalysis;

namespace Functional.Keras;

/// <summary>
/// Who may fit a model: one at a time. Another fit waits until it is its turn, unless it is part of the one that has the
/// turn, so that each would wait for the other.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds only memory.")]
internal sealed class FitTurn
{
    // How long it takes at most until work that waits sees that a fit waits for it meanwhile.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim free = new(1);

    /// <summary>Whether a fit runs that the present work is no part of.</summary>
    internal bool IsOthers => free.CurrentCount == 0 && !FitScope.IsInside(this);

    /// <summary>Whether a fit runs.</summary>
    internal bool IsTaken => free.CurrentCount == 0;

    /// <summary>Takes the turn, after the fits that have it or wait for it.</summary>
    /// <param name="modelName">The name of the model, for the message.</param>
    /// <param name="purpose">The method, for the message.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">The caller is part of the fit that has the turn.</exception>
    internal Holder Take(string modelName, string purpose, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FitScope.IsInside(this))
            {
                throw new InvalidOperationException(
                    $"{purpose} of model '{modelName}' was called by a callback or by the batches of a Fit of the same model "
                    + $"(or by what they began on another thread): each would wait for the other. Call {purpose} when Fit has "
                    + "returned; TrainOnBatch trains a step in between.");
            }

            if (free.Wait(Pause, cancellationToken))
                return new Holder(this, FitScope.Begin(this));
        }
    }

    /// <summary>Takes the turn for what happens between fits.</summary>
    /// <exception cref="InvalidOperationException">A fit runs.</exception>
    internal Holder TakeBetweenFits(string modelName, string purpose) => free.Wait(0, CancellationToken.None)
        ? new Holder(this, FitScope.Begin(this))
        : throw new InvalidOperationException(
            $"{purpose} of model '{modelName}' was called while Fit trains it: call it between two calls of Fit.");

    /// <summary>Having the turn; it ends when this is disposed of.</summary>
    internal readonly ref struct Holder(FitTurn turn, FitScope scope)
    {
        /// <summary>Gives the turn to who waits for it.</summary>
        public void Dispose()
        {
            scope.End();
            turn.free.Release();
        }
    }
}
