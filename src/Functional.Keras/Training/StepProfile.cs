using System.Globalization;
using System.Text;
using Functional.Runtime.Execution;

namespace Functional.Keras;

/// <summary>
/// How long each kernel of a training step or of a prediction takes, as <see cref="Model.Profile"/> or
/// <see cref="Model.ProfilePredict"/> measured it.
/// </summary>
public sealed class StepProfile
{
    private const int TextWidth = 100;

    private readonly PlanTimes times;

    internal StepProfile(PlanTimes times, string plan)
    {
        this.times = times;
        Plan = plan;
        Kernels = [.. times.Kernels.Select(kernel => new KernelProfile(
            kernel.Kind.ToString(), kernel.Text, kernel.Depth, kernel.Calls / (double)times.Runs, kernel.Microseconds / times.Runs))];
        Shares = times.ByKind.ToDictionary(entry => entry.Item1.ToString(), entry => entry.Item2 / times.Microseconds);
    }

    /// <summary>The mean time of a step in microseconds.</summary>
    public double Microseconds => times.Microseconds / times.Runs;

    /// <summary>Every kernel in the order in which they run; those of a loop's body follow the loop.</summary>
    public IReadOnlyList<KernelProfile> Kernels { get; }

    /// <summary>
    /// The part of the step, 0 to 1, that each kind of kernels takes: Product, Convolution, Pool, Loop, Movement, Other, and
    /// Dispatch, which is everything between kernels. The parts add up to 1.
    /// </summary>
    public IReadOnlyDictionary<string, double> Shares { get; }

    /// <summary>The plan of the step as text: buffers and how they share memory, kernels, results.</summary>
    public string Plan { get; }

    /// <summary>A table of the kernels, and the shares of their kinds.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"us a step",12} {"share",6} {"calls",6}  kernel");
        foreach (var kernel in Kernels)
        {
            var name = new string(' ', 2 * kernel.Depth) + kernel.Text;
            var shown = name.Length > TextWidth ? name[..(TextWidth - 1)] + "…" : name;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{kernel.Microseconds,12:0.00} {kernel.Microseconds / Microseconds,6:0.0%} {kernel.Calls,6:0}  {shown}");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Microseconds,12:0.00} us a step:");
        foreach (var (kind, share) in Shares.Where(entry => entry.Value > 0))
            text.AppendLine(CultureInfo.InvariantCulture, $"{Microseconds * share,12:0.00} {share,6:0.0%}  {kind}");
        return text.ToString();
    }
}
