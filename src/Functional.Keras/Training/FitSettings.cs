namespace Functional.Keras;

/// <summary>The arguments of a fit that are about its course, not about data.</summary>
internal sealed record FitSettings
{
    internal required int BatchSize { get; init; }

    internal required int InitialEpoch { get; init; }

    internal required int Epochs { get; init; }

    internal required bool Shuffle { get; init; }

    internal required int? StepsPerEpoch { get; init; }

    internal required int? ValidationSteps { get; init; }

    internal required int ValidationBatchSize { get; init; }

    internal required int ValidationFreq { get; init; }

    internal required CancellationToken CancellationToken { get; init; }
}
