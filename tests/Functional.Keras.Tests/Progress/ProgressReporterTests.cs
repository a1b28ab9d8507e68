using Spectre.Console;
using Xunit;

namespace Functional.Keras.Tests.Progress;

public class ProgressReporterTests
{
    [Fact]
    public void Redirected_EveryEpochIsPlainLines()
    {
        var text = Report(verbose: 1, live: false);
        var lines = text.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal("Epoch 2/30", lines[0]);
        Assert.Matches(@"^3/3 ━{20} 0s \d+[mu]s/step - accuracy: 0\.9667 - loss: 1\.2346e-04$", lines[1]);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void OnATerminal_TheLineIsRewritten()
    {
        var text = Report(verbose: 1, live: true);
        Assert.Contains("\r\u001b[2K3/3 ━━━━", text, StringComparison.Ordinal);
        Assert.EndsWith("loss: 1.2346e-04\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose2_IsOneLineAnEpoch() => Assert.Matches(
        @"^Epoch 2/30\n3/3 - 0s - \d+[mu]s/step - accuracy: 0\.9667 - loss: 1\.2346e-04\n$", Report(verbose: 2, live: true));

    [Fact]
    public void Verbose0_SaysNothing() => Assert.Empty(Report(verbose: 0, live: true));

    [Fact]
    public void OtherVerbosity_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ProgressReporter.Create(3));
        Assert.StartsWith(
            "'verbose' is 0 (silent), 1 (a progress bar) or 2 (one line an epoch).", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void TheFinalLine_IsNeverCut_OrBroken(int verbose, bool live) =>
        Assert.EndsWith(" - accuracy: 0.9667 - loss: 1.2346e-04\n", Report(verbose, live, width: 40), StringComparison.Ordinal);

    private static string Report(int verbose, bool live, int width = 120)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = live ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = live ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        var reporter = new ProgressReporter(console, verbose);
        var logs = new Logs { ["accuracy"] = 0.96666, ["loss"] = 0.000123456 };
        reporter.BeginEpoch(1, 30, 3);
        for (var step = 0; step < 3; step++)
            reporter.Step(logs);
        reporter.End(logs);
        return writer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
