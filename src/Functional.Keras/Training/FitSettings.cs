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

    /// <summary>Raises ArgumentOutOfRangeException for numbers that make no course, under the names of Fit's arguments.</summary>
    internal static void Require(
        int? batchSize, int epochs, int initialEpoch, int? stepsPerEpoch, int? validationSteps, int? validationBatchSize,
        int validationFreq)
    {
        RequireAtLeast(1, batchSize, nameof(batchSize));
        RequireAtLeast(0, epochs, nameof(epochs));
        RequireAtLeast(0, initialEpoch, nameof(initialEpoch));
        RequireAtLeast(1, stepsPerEpoch, nameof(stepsPerEpoch));
        RequireAtLeast(1, validationSteps, nameof(validationSteps));
        RequireAtLeast(1, validationBatchSize, nameof(validationBatchSize));
        RequireAtLeast(1, validationFreq, nameof(validationFreq));
    }

    /// <summary>Raises ArgumentOutOfRangeException for a number that is given and too small.</summary>
    internal static void RequireAtLeast(int least, int? value, string argument)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(
                argument, value, $"'{argument}' must be {least} or more, but it is {value}.");
        }
    }
}
