namespace Functional.Keras;

/// <summary>
/// The fits that the present work belongs to: their callbacks and batches, and all that these begin on other threads. Such
/// work must not wait for the end of its own fit.
/// </summary>
internal sealed class FitScope
{
    private static readonly AsyncLocal<FitScope?> Present = new();

    private volatile FitTurn? turn;
    private volatile FitScope? outer;

    private FitScope(FitTurn? turn) => (this.turn, outer) = (turn, Current);

    /// <summary>The scope of the present work; null when it belongs to no fit.</summary>
    internal static FitScope? Current => Present.Value;

    /// <summary>Whether the present work belongs to the fit that has a turn.</summary>
    internal static bool IsInside(FitTurn turn)
    {
        for (var scope = Current; scope is not null; scope = scope.outer)
        {
            if (ReferenceEquals(scope.turn, turn))
                return true;
        }

        return false;
    }

    /// <summary>Begins the scope of a fit, on the thread that fits.</summary>
    internal static FitScope Begin(FitTurn turn)
    {
        var scope = new FitScope(turn);
        Present.Value = scope;
        return scope;
    }

    /// <summary>Ends it, on the same thread; work that it began on others belongs to it no longer.</summary>
    internal void End()
    {
        turn = null;
        Present.Value = outer;
    }

    /// <summary>A scope for a thread that makes something ahead: it belongs to the fits of who takes it.</summary>
    internal static FitScope Ahead() => new(turn: null);

    /// <summary>Makes this the scope of the present thread.</summary>
    internal void Enter() => Present.Value = this;

    /// <summary>Says that the present thread is the one that takes what is made ahead.</summary>
    internal void Follow()
    {
        for (var scope = Current; scope is not null; scope = scope.outer)
        {
            if (ReferenceEquals(scope, this))
                return;
        }

        outer = Current;
    }

    /// <summary>Says that nobody takes anything any more.</summary>
    internal void Release() => outer = null;
}
