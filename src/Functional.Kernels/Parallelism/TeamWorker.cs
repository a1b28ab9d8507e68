using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Functional.Kernels.Parallelism;

/// <summary>One worker thread of the team: waits for a job, takes part in it, waits again.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "A worker and its bell live as long as the process.")]
internal sealed class TeamWorker
{
    // How long a worker looks for new work before it sleeps. Waking one costs about as much.
    private static readonly long _patienceInTicks = Stopwatch.Frequency * 40 / 1_000_000;

    private readonly AutoResetEvent _bell = new(initialState: false);
    private readonly int _thread;
    private int _sleeping;

    internal TeamWorker(int thread)
    {
        _thread = thread;
        var worker = new Thread(Work) { IsBackground = true, Name = $"Functional worker {thread}" };
        worker.UnsafeStart();
    }

    /// <summary>Rings the bell if the worker sleeps.</summary>
    internal void Wake()
    {
        if (Volatile.Read(ref _sleeping) == 1 && Interlocked.Exchange(ref _sleeping, 0) == 1)
            _bell.Set();
    }

    private void Work()
    {
        var seen = 0u;
        while (true)
        {
            seen = NextJob(seen);
            ThreadTeam.TakePart(_thread, seen);
        }
    }

    private uint NextJob(uint seen)
    {
        while (true)
        {
            var deadline = Stopwatch.GetTimestamp() + _patienceInTicks;
            do
            {
                for (var look = 0; look < 16; look++)
                {
                    var job = ThreadTeam.CurrentJob;
                    if (job != seen)
                        return job;
                    Thread.SpinWait(1);
                }
            }
            while (Stopwatch.GetTimestamp() < deadline);

            Interlocked.Exchange(ref _sleeping, 1);
            if (ThreadTeam.CurrentJob == seen)
                _bell.WaitOne();
            else if (Interlocked.Exchange(ref _sleeping, 0) == 0)
                _bell.WaitOne();
        }
    }
}
