using System.Runtime.ExceptionServices;

namespace Functional.Kernels.Parallelism;

/// <summary>The threads that share large pieces of work: the calling thread and a few workers of our own.</summary>
/// <remarks>
/// Each thread owns a consecutive range of the parts, the same one every time, so that it finds in its caches what it
/// wrote before; who has finished helps the others. Nobody ever waits for a worker to wake: the caller takes the parts
/// of one that is late. Workers that find nothing to do look for new work for some tens of microseconds and then sleep.
/// A call allocates nothing.
/// </remarks>
public static class ThreadTeam
{
    /// <summary>The environment variable that sets the thread count at start-up.</summary>
    public const string ThreadCountVariable = "FUNCTIONAL_NUM_THREADS";

    private const int MaximumThreadCount = 1024;

    // A claim word holds the number of its job in the upper half and how many parts are left of one thread's range in
    // the lower one. Claiming is one compare-and-swap, and fails for a thread that still thinks of an earlier job. Words
    // are two cache lines apart.
    private const int ClaimStride = 16;
    private static readonly long[] _claims = new long[(MaximumThreadCount + 1) * ClaimStride];

    private static readonly Lock _failureGate = new();
    private static readonly Lock _hiringGate = new();
    private static TeamWorker[] _workers = [];
    private static int _threadCount = InitialThreadCount();
    private static int _busy;

    private static IPartitionedWork? _work;
    private static int _parts;
    private static bool _backwards;
    private static int _threads;
    private static int _unfinished;
    private static uint _job;
    private static ExceptionDispatchInfo? _failure;
    private static int _failedPart;
    private static bool _flushesDenormals;

    /// <summary>How many threads share work, the caller included; 1 or more.</summary>
    /// <value>
    /// At first what FUNCTIONAL_NUM_THREADS says, else the number of processors. Results never depend on it. A change
    /// holds for work that begins after it.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 1024.</exception>
    public static int ThreadCount
    {
        get => Volatile.Read(ref _threadCount);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumThreadCount);
            Volatile.Write(ref _threadCount, value);
        }
    }

    internal static uint CurrentJob => Volatile.Read(ref _job);

    /// <summary>Runs every part of some work exactly once and returns when all are done.</summary>
    /// <remarks>
    /// Safe from any thread. While the team is taken, by another thread or by the work that this call is part of, the
    /// caller runs all its parts by itself.
    /// </remarks>
    /// <param name="parts">How many parts there are; none is run when it is 0.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of parts is negative.</exception>
    /// <exception cref="Exception">What the lowest-numbered of the failing parts threw, after all parts have run.</exception>
    public static void Run(int parts, IPartitionedWork work) => Run(parts, work, backwards: false);

    /// <summary>As the other, with a say in the order in which each thread takes the parts of its range.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="work">The work.</param>
    /// <param name="backwards">True for the last part of a range first. Each thread's range stays the same.</param>
    internal static void Run(int parts, IPartitionedWork work, bool backwards)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        ArgumentNullException.ThrowIfNull(work);
        if (parts == 1)
        {
            work.Run(0);
            return;
        }

        var threads = Math.Min(ThreadCount, parts);
        if (threads > 1 && Volatile.Read(ref _busy) == 0 && Interlocked.CompareExchange(ref _busy, 1, 0) == 0)
            RunTogether(parts, threads, work, backwards);
        else
            RunAlone(parts, work, backwards);
    }

    // Takes part in one job as the thread with the given number, its own range first.
    internal static void TakePart(int thread, uint job)
    {
        var finished = 0;
        var threads = Volatile.Read(ref _threads);
        for (var turn = 0; turn < threads; turn++)
        {
            var owner = thread + turn;
            if (owner >= threads)
                owner -= threads;
            while (TryClaim(owner, job, out var left))
            {
                // Holding a claim keeps the job alive: only now are its fields sure to be those of this job.
                DenormalFlushing.Switch(_flushesDenormals);
                var part = _backwards ? EndOfRange(owner - 1) + left - 1 : EndOfRange(owner) - left;
                try
                {
                    _work!.Run(part);
                }
                catch (Exception exception)
                {
                    Remember(exception, part);
                }

                finished++;
            }
        }

        if (finished > 0)
            Interlocked.Add(ref _unfinished, -finished);
    }

    private static void RunAlone(int parts, IPartitionedWork work, bool backwards)
    {
        ExceptionDispatchInfo? failure = null;
        for (var turn = 0; turn < parts; turn++)
        {
            try
            {
                work.Run(backwards ? parts - 1 - turn : turn);
            }
            catch (Exception exception)
            {
                // Of several the lowest-numbered part's counts: the first one forwards, the last one backwards.
                failure = backwards ? ExceptionDispatchInfo.Capture(exception) : failure ?? ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private static void RunTogether(int parts, int threads, IPartitionedWork work, bool backwards)
    {
        ExceptionDispatchInfo? failure;
        try
        {
            if (_workers.Length < threads - 1)
                Hire(threads - 1);
            Publish(parts, threads, work, backwards);
            var workers = _workers;
            for (var worker = 0; worker < threads - 1; worker++)
                workers[worker].Wake();
            TakePart(0, _job);

            // What is left runs on other threads already, so the wait is no longer than one part.
            var patience = new SpinWait();
            while (Volatile.Read(ref _unfinished) > 0)
                patience.SpinOnce(sleep1Threshold: -1);
        }
        finally
        {
            failure = _failure;
            _failure = null;
            _work = null;
            Volatile.Write(ref _busy, 0);
        }

        failure?.Throw();
    }

    private static void Publish(int parts, int threads, IPartitionedWork work, bool backwards)
    {
        var job = _job + 1;
        _work = work;
        _flushesDenormals = DenormalFlushing.IsOn;
        _parts = parts;
        _backwards = backwards;
        Volatile.Write(ref _threads, threads);
        _unfinished = parts;
        for (var thread = 0; thread < threads; thread++)
        {
            var length = EndOfRange(thread) - EndOfRange(thread - 1);
            Volatile.Write(ref Claim(thread), ((long)job << 32) | (uint)length);
        }

        // A full fence: whoever sleeps after this sees the new job first, and Wake sees whoever slept before.
        Interlocked.Exchange(ref _job, job);
    }

    private static int EndOfRange(int thread) => (int)((thread + 1L) * _parts / _threads);

    private static ref long Claim(int thread) => ref _claims[(thread + 1) * ClaimStride];

    private static bool TryClaim(int owner, uint job, out int left)
    {
        ref var claim = ref Claim(owner);
        var seen = Volatile.Read(ref claim);
        while (true)
        {
            left = (int)(uint)seen;
            if ((uint)(seen >>> 32) != job || left == 0)
                return false;
            var found = Interlocked.CompareExchange(ref claim, seen - 1, seen);
            if (found == seen)
                return true;
            seen = found;
        }
    }

    private static void Remember(Exception exception, int part)
    {
        lock (_failureGate)
        {
            if (_failure is not null && _failedPart < part)
                return;
            _failure = ExceptionDispatchInfo.Capture(exception);
            _failedPart = part;
        }
    }

    private static void Hire(int count)
    {
        lock (_hiringGate)
        {
            var workers = new TeamWorker[count];
            _workers.CopyTo(workers, 0);
            for (var worker = _workers.Length; worker < count; worker++)
                workers[worker] = new TeamWorker(worker + 1);
            _workers = workers;
        }
    }

    private static int InitialThreadCount() =>
        int.TryParse(Environment.GetEnvironmentVariable(ThreadCountVariable), out var wanted)
        && wanted is >= 1 and <= MaximumThreadCount
            ? wanted
            : Math.Clamp(Environment.ProcessorCount, 1, MaximumThreadCount);
}
