namespace Functional.Keras;

/// <summary>
/// Lets one thread at a time work with what a model trains with, in the order in which they come: who waits goes in before
/// the next step. It is passed for one step, or one copy; never while callbacks, batches or progress run. A thread inside
/// may enter again.
/// </summary>
internal sealed class TrainingGate
{
    private readonly object waiting = new();
    private long nextTicket;
    private long admitted;
    private int inside;
    private int depth;

    /// <summary>Enters, after all who came before have left.</summary>
    internal Passage Enter()
    {
        if (IsInside)
        {
            depth++;
            return new Passage(this);
        }

        var ticket = Interlocked.Increment(ref nextTicket) - 1;
        if (Volatile.Read(ref admitted) != ticket)
            Await(ticket);
        return Begin();
    }

    /// <summary>Enters when nobody else is inside or waits.</summary>
    /// <returns>False when somebody does.</returns>
    internal bool TryEnter(out Passage passage)
    {
        if (IsInside)
        {
            passage = Enter();
            return true;
        }

        var ticket = Volatile.Read(ref admitted);
        var isFree = Interlocked.CompareExchange(ref nextTicket, ticket + 1, ticket) == ticket;
        passage = isFree ? Begin() : default;
        return isFree;
    }

    private bool IsInside => Volatile.Read(ref inside) == Environment.CurrentManagedThreadId;

    private Passage Begin()
    {
        Volatile.Write(ref inside, Environment.CurrentManagedThreadId);
        depth = 1;
        return new Passage(this);
    }

    private void Await(long ticket)
    {
        // A ticket that nobody uses would keep all others out: an interrupt comes after the thread's turn.
        var isInterrupted = false;
        lock (waiting)
        {
            while (Volatile.Read(ref admitted) != ticket)
            {
                try
                {
                    System.Threading.Monitor.Wait(waiting);
                }
                catch (ThreadInterruptedException)
                {
                    isInterrupted = true;
                }
            }
        }

        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }

    private void Leave()
    {
        if (--depth > 0)
            return;
        Volatile.Write(ref inside, 0);
        var next = Interlocked.Increment(ref admitted);
        if (Volatile.Read(ref nextTicket) == next)
            return;
        lock (waiting)
            System.Threading.Monitor.PulseAll(waiting);
    }

    /// <summary>Being inside; it ends when this is disposed of.</summary>
    internal readonly ref struct Passage(TrainingGate gate)
    {
        /// <summary>Leaves.</summary>
        public void Dispose() => gate.Leave();
    }
}
