using Spectre.Console;

namespace Functional.Keras;

/// <summary>Where progress is shown.</summary>
internal static class Terminal
{
    // Spectre.Console breaks lines at 80 characters where it knows no width; a file has none.
    private const int WidthOfFile = 10_000;

    /// <summary>The console as it is now: a terminal with its width, or a file whose lines are never broken.</summary>
    internal static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFile;
        return console;
    }
}
