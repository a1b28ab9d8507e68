using Functional.Kernels.Memory;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Whether a loss fits an output, and targets fit both: said before training starts.</summary>
internal static class LossCheck
{
    /// <summary>Whether a loss or a metric takes class numbers, by its class or its short name.</summary>
    internal static bool IsSparse(string? name) =>
        name is not null && (name.StartsWith("Sparse", StringComparison.Ordinal)
            || name.StartsWith("sparse_", StringComparison.Ordinal));

    /// <summary>Raises ArgumentException when a loss leaves one value per sample.</summary>
    internal static void RequireReduced(Loss? loss)
    {
        if (loss?.IsReduced == false)
            throw new ArgumentException(Unreduced(loss), nameof(loss));
    }

    /// <summary>The sentence about a loss that leaves one value per sample.</summary>
    internal static string Unreduced(Loss loss) =>
        $"Loss {loss.ClassName} has reduction 'none': it gives one value per sample, but training makes one number small. Use "
        + "reduction 'sum_over_batch_size' or 'sum'.";

    /// <summary>Raises ArgumentException when a loss cannot work for an output; gives a warning when it hardly can.</summary>
    internal static IEnumerable<string> Warnings(
        ModelStructure structure, int output, Loss? loss, IEnumerable<Metric> metrics)
    {
        if (loss is null)
            return [];
        var name = structure.OutputNames[output];
        var shape = structure.OutputShapes[output];
        if (shape.Count == 0)
        {
            throw new ArgumentException(
                $"Output '{name}' is one number for the whole batch, of shape {shape}: loss {loss.ClassName} expects a value "
                + "for every sample, along axis 0. Leave axis 0 out of the axes that are reduced.",
                nameof(loss));
        }

        var classes = shape[shape.Count - 1];
        if (classes == 1 && loss.ClassName is "CategoricalCrossentropy" or "SparseCategoricalCrossentropy")
        {
            throw new ArgumentException(
                $"Output '{name}': loss {loss.ClassName} expects one number for every class, at least 2, but the output has "
                + $"shape {shape}. BinaryCrossentropy is the loss for one probability.",
                nameof(loss));
        }

        var activation = SymbolicInterop.ActivationOf(structure.Outputs[output].Core);
        return
        [
            .. loss.ClassName == "BinaryCrossentropy" && activation == "softmax" && classes > 1
                ? [$"Output '{name}': loss BinaryCrossentropy treats the {classes} numbers of a softmax as independent "
                    + "yes-or-no answers; CategoricalCrossentropy is the loss for classes of which one is right."]
                : Array.Empty<string>(),
            .. loss.TakesLogits ? LogitWarnings(structure, output, activation, loss, metrics) : [],
        ];
    }

    /// <summary>What does not go together with a loss that takes logits: probabilities, and metrics that take them.</summary>
    private static IEnumerable<string> LogitWarnings(
        ModelStructure structure, int output, string? activation, Loss loss, IEnumerable<Metric> metrics)
    {
        var name = structure.OutputNames[output];
        if (activation is "sigmoid" or "softmax")
        {
            yield return $"Output '{name}': loss {loss.ClassName}(fromLogits: true) takes logits, but the output is the "
                + $"{activation} of logits. Leave out the {activation}, or fromLogits.";
            yield break;
        }

        foreach (var metric in metrics)
        {
            if (ValueInterop.TakesProbabilities(metric.Json, structure.Outputs[output].Core))
            {
                yield return $"Output '{name}': loss {loss.ClassName}(fromLogits: true) takes logits, but metric "
                    + $"'{metric.LogName}' takes probabilities. Give the metric a threshold of logits (0 for a probability of "
                    + "0.5) or fromLogits where it has one, or let the output be a probability.";
            }
        }
    }

    /// <summary>Raises ArgumentException when targets do not fit the loss and the output.</summary>
    internal static void RequireTarget(string output, Shape shape, string? loss, HostTensor target)
    {
        var given = target.Shape;
        var rank = shape.Count;
        var isSparse = IsSparse(loss);
        var classes = rank > 0 ? shape[rank - 1] : null;
        var fits = isSparse
            ? Matches(shape, given, rank - 1) && (given.Length == rank - 1 || (given.Length == rank && given[^1] == 1))
            : given.Length == rank ? Matches(shape, given, rank)
            : given.Length == rank - 1 && (classes is null or 1) && Matches(shape, given, rank - 1);
        if (!fits)
        {
            var wanted = isSparse ? $"class numbers of shape {Shape.Create([.. shape.Take(rank - 1)])}" : $"shape {shape}";
            var hint = !isSparse && classes > 1 && (given.Length == rank - 1 || given[^1] == 1)
                ? " ToCategorical makes such targets from class numbers; SparseCategoricalCrossentropy takes class numbers."
                : string.Empty;
            throw DataError.About(
                "y",
                $"Output '{output}': targets for {loss ?? "its metrics"} are expected to have {wanted}, but have shape "
                + $"{Shape.FromInts(given)}.{hint}");
        }

        if (isSparse && classes is { } count)
            RequireClasses(output, count, target.AsSpan<int>());
    }

    private static bool Matches(Shape shape, ReadOnlySpan<int> given, int axes)
    {
        for (var axis = 1; axis < Math.Min(axes, given.Length); axis++)
        {
            if (shape[axis] is { } length && given[axis] != length)
                return false;
        }

        return true;
    }

    private static void RequireClasses(string output, int count, ReadOnlySpan<int> classes)
    {
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] < 0 || classes[i] >= count)
            {
                throw DataError.About(
                    "y",
                    $"Output '{output}': class numbers are expected to be 0 to {count - 1}, but element {i} of the targets "
                    + $"is {classes[i]}.");
            }
        }
    }
}
