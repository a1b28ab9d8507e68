using System.Diagnostics;

namespace Functional.Benchmarks.Limits;

/// <summary>Timing on a machine that others use too: many short runs, of which the best counts.</summary>
internal static class Stopwatches
{
    private const double SecondsPerMeasurement = 0.25;

    /// <summary>Calls per second of an action that several threads run at once, at their best; all threads together.</summary>
    public static double Best(int threads, Action action)
    {
        if (threads == 1)
            return Best(action);

        using var barrier = new Barrier(threads);
        var best = 0.0;
        var gate = new Lock();
        var team = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < 200; round++)
            {
                barrier.SignalAndWait();
                var start = Stopwatch.GetTimestamp();
                action();
                action();
                barrier.SignalAndWait();
                var rate = 2 * threads / Stopwatch.GetElapsedTime(start).TotalSeconds;
                lock (gate)
                    best = Math.Max(best, rate);
            }
        })).ToList();
        team.ForEach(thread => thread.Start());
        team.ForEach(thread => thread.Join());
        return best;
    }

    /// <summary>Calls per second of an action at its best.</summary>
    public static double Best(Action action)
    {
        action();
        var once = Stopwatch.GetTimestamp();
        action();
        var calls = (int)Math.Clamp(50e-6 / Stopwatch.GetElapsedTime(once).TotalSeconds, 1, 10_000);
        var begin = Stopwatch.GetTimestamp();
        var best = double.MaxValue;
        for (var sample = 0; sample < 5 || Stopwatch.GetElapsedTime(begin).TotalSeconds < SecondsPerMeasurement; sample++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++)
                action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / calls);
        }

        return 1 / best;
    }
}
