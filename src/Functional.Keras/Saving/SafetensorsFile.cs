using System.Collections.Immutable;

namespace Functional.Keras;

/// <summary>What a .safetensors file holds.</summary>
/// <param name="Arrays">The arrays, in the order of their data.</param>
/// <param name="Metadata">Texts by name, such as the framework that wrote the file.</param>
public sealed record SafetensorsFile(
    ImmutableArray<StoredArray> Arrays, ImmutableSortedDictionary<string, string> Metadata);
