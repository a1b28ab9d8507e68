using System.Diagnostics;
using System.Runtime.Intrinsics;
using Functional.Compiler.Planning;
using Functional.Kernels.Parallelism;

namespace Functional.Benchmarks.Loops;

/// <summary>
/// Prints the time of computations as the compiler fuses them beside hand-written loops on the same memory. The
/// hand-written ones use one thread.
/// </summary>
internal static class LoopsCommand
{
    private const int Repeats = 60;
    private const double SecondsPerRepeat = 0.01;

    public static int Run(string[] options)
    {
        CommandLine.UseThreads(options, unlessGiven: 1);
        var only = CommandLine.Value(options, CommandLine.Only) ?? "";
        if (!Vector512.IsHardwareAccelerated)
            Console.WriteLine("This CPU has no vectors of 512 bits, which the hand-written loops are for.");
        Console.WriteLine(
            $"float, {ThreadTeam.ThreadCount} thread(s) against one hand-written; best of {Repeats} repeats in turns");
        Console.WriteLine("memory: the share of the time that reading and writing the same memory takes alone");
        Console.WriteLine($"{"",-42} {"ours",10} {"by hand",10} {"ratio",6} {"memory",10}");
        var agrees = true;
        foreach (var loop in LoopCases.All.Where(entry => entry.Name.Contains(only, StringComparison.Ordinal)))
        {
            using var session = new LoopSession(loop.Computation);
            if (options.Contains("--plan"))
                Console.WriteLine(PlanPrinter.print(session.Plan));
            var byHand = loop.Bind(session);
            if (Difference(session, byHand) is { } difference)
            {
                agrees = false;
                Console.WriteLine($"{loop.Name,-42} disagree: {difference}");
                continue;
            }

            var (ours, theirs) = Compare(session.Run, byHand);
            Console.WriteLine(
                $"{loop.Name,-42} {ours * 1e6,8:F1}us {theirs * 1e6,8:F1}us {ours / theirs,6:F2} {Traffic(loop, session, ours)}");
        }

        return agrees ? 0 : 1;
    }

    /// <summary>How much of the time of a loop its memory alone takes, where that is much.</summary>
    private static string Traffic(LoopCase loop, LoopSession session, double seconds) =>
        loop.BindTraffic is { } bind ? $"{Compare(bind(session), session.Run).Left / seconds,10:P0}" : "";

    /// <summary>Where the two leave different values in memory, or null.</summary>
    private static string? Difference(LoopSession session, Action byHand)
    {
        session.Reset();
        session.Run();
        var ours = session.Written();
        session.Reset();
        byHand();
        var theirs = session.Written();
        foreach (var (name, values) in ours)
        {
            // Long sums round differently in another order, by some units in the last place of the largest.
            var allowed = 1e-5 * (1 + theirs[name].Max(Math.Abs));
            for (var place = 0; place < values.Length; place++)
            {
                var (found, wanted) = (values[place], theirs[name][place]);
                if (!(Math.Abs(found - wanted) <= allowed))
                    return $"{name}[{place}] is {found:R}, by hand {wanted:R}";
            }
        }

        return null;
    }

    /// <summary>Seconds per run of two actions at their best, measured in turns.</summary>
    private static (double Left, double Right) Compare(Action left, Action right)
    {
        var (leftRuns, rightRuns) = (RunsPerRepeat(left), RunsPerRepeat(right));
        var (bestLeft, bestRight) = (double.MaxValue, double.MaxValue);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            bestLeft = Math.Min(bestLeft, Seconds(left, leftRuns));
            bestRight = Math.Min(bestRight, Seconds(right, rightRuns));
        }

        return (bestLeft, bestRight);
    }

    private static int RunsPerRepeat(Action action)
    {
        Seconds(action, 100);
        return (int)Math.Max(1, SecondsPerRepeat / Seconds(action, 10));
    }

    private static double Seconds(Action action, int runs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var run = 0; run < runs; run++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / runs;
    }
}
