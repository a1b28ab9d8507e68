namespace Functional.Keras;

/// <summary>What the present fit reports at the ends of its epochs: for callbacks that watch it.</summary>
/// <param name="Names">The names of loss and metrics.</param>
/// <param name="ValidationFreq">Every how many epochs validation happens; null where there is no validation data.</param>
internal sealed record FitReports(ReportedNames Names, int? ValidationFreq)
{
    /// <summary>All names that some epoch reports, in the order of logs.</summary>
    internal IReadOnlyList<string> All => [.. (ValidationFreq is null ? Names.All : Names.All.Concat(Names.OfValidation))
        .Order(StringComparer.Ordinal)];

    /// <summary>Why some epochs will lack a value, as far as it can be known; null where nothing is known.</summary>
    internal string? AbsenceOf(string name) => !Names.IsOfValidation(name) || ValidationFreq == 1 ? null
        : ValidationFreq is { } frequency
            ? $"epochs without validation do not report it (validationFreq is {frequency})"
            : $"there is no validation data; without it training reports {OutputNaming.Quoted(All)}";
}
