using System.Diagnostics;
using Spectre.Console;

namespace Functional.Keras;

/// <summary>
/// Tells how training, evaluation or prediction goes on: a live bar with steps, time per step and metrics on a terminal,
/// one line at the end of each part elsewhere and when less is asked for.
/// </summary>
internal sealed class ProgressReporter(IAnsiConsole? console, int verbose)
{
    private const int BarWidth = 20;
    private const string BeginningOfLine = "\r\u001b[2K";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly Stopwatch watch = new();
    private readonly bool isLive = verbose == 1 && console?.Profile.Capabilities is { Ansi: true, Interactive: true };
    private int? steps;
    private int done;
    private TimeSpan nextUpdate;

    /// <summary>Says nothing, so it needs no console, whose library would have to be loaded.</summary>
    internal static ProgressReporter Silent { get; } = new(null, 0);

    internal static ProgressReporter Create(int verbose) => verbose switch
    {
        0 => Silent,
        1 or 2 => new ProgressReporter(Terminal.Open(), verbose),
        _ => throw new ArgumentOutOfRangeException(
            nameof(verbose), verbose, "'verbose' is 0 (silent), 1 (a progress bar) or 2 (one line an epoch)."),
    };

    /// <summary>A heading, "Epoch 1/30", before the steps of an epoch.</summary>
    internal void BeginEpoch(int epoch, int epochs, int? stepCount)
    {
        if (console is null || verbose == 0)
            return;
        console.WriteLine($"Epoch {epoch + 1}/{epochs}");
        Begin(stepCount);
    }

    /// <summary>Starts the clock; the number of steps is null when only the data knows it.</summary>
    internal void Begin(int? stepCount)
    {
        steps = stepCount;
        done = 0;
        nextUpdate = Pause;
        watch.Restart();
    }

    /// <summary>After a step. The logs are only computed when something is shown.</summary>
    internal void Step(Logs logs)
    {
        done++;
        if (console is null || !isLive || watch.Elapsed < nextUpdate)
            return;
        nextUpdate = watch.Elapsed + Pause;
        Rewrite(console, $"{Line(false)} - {LogText.Format(logs)}");
    }

    /// <summary>After the last step.</summary>
    internal void End(Logs logs)
    {
        if (console is null || verbose == 0)
            return;
        steps = done;
        var text = logs.Count == 0 ? Line(true) : $"{Line(true)} - {LogText.Format(logs)}";
        if (isLive)
            console.Write(new ControlCode(BeginningOfLine));

        // What stays is never cut: a terminal breaks a line that is too long for it.
        console.Profile.Out.Writer.WriteLine(text);
    }

    internal void Message(string text)
    {
        if (console is not null && verbose > 0)
            console.WriteLine(text);
    }

    private string Line(bool isFinished)
    {
        var perStep = LogText.FormatStep(watch.Elapsed / Math.Max(1, done));
        var count = steps is { } total ? $"{done}/{total}" : $"{done}";
        if (verbose == 2)
            return $"{count} - {LogText.Format(watch.Elapsed)} - {perStep}";

        // While it runs, the time that is left; at the end, the time it took.
        var time = isFinished || steps is null
            ? watch.Elapsed
            : watch.Elapsed / Math.Max(1, done) * (steps.Value - done);
        var filled = steps is > 0 ? BarWidth * done / steps.Value : isFinished ? BarWidth : 0;
        return $"{count} {new string('━', filled)}{new string('─', BarWidth - filled)} {LogText.Format(time)} {perStep}";
    }

    private static void Rewrite(IAnsiConsole console, string line)
    {
        var width = console.Profile.Width - 1;
        console.Write(new ControlCode(BeginningOfLine));
        console.Write(new Text(line.Length > width ? line[..width] : line));
    }
}
