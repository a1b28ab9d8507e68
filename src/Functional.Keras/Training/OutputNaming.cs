using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Pairing of things with the names of a model's inputs or outputs.</summary>
internal static class OutputNaming
{
    internal static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>Raises ArgumentException when a name is none of those known.</summary>
    internal static void RequireKnown(string argument, IEnumerable<string> names, IReadOnlyList<string> known)
    {
        foreach (var name in names)
        {
            if (!known.Contains(name))
            {
                throw new ArgumentException(
                    $"'{argument}': {ValueInterop.UnknownName("output", name, [.. known])}", argument);
            }
        }
    }

    /// <summary>Tensors in the order of names. Raises ArgumentException when some are missing or too many.</summary>
    internal static Tensor[] Pair(string argument, string kind, Tensors tensors, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(tensors, argument);
        if (tensors.Names is not { } given)
        {
            return tensors.Count == names.Count ? [.. tensors] : throw new ArgumentException(
                $"'{argument}' has {tensors.Count} tensors, but the model has {names.Count} {kind}s: {Quoted(names)}.",
                argument);
        }

        foreach (var name in given)
        {
            if (!names.Contains(name))
                throw new ArgumentException($"'{argument}': {ValueInterop.UnknownName(kind, name, [.. names])}", argument);
        }

        var missing = names.Where(name => !given.Contains(name)).ToArray();
        return missing.Length == 0 ? [.. names.Select(name => tensors[name])] : throw new ArgumentException(
            $"'{argument}' has nothing for {kind} {Quoted(missing)}: given are {Quoted(given)}.", argument);
    }
}
