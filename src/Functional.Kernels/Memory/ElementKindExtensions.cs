namespace Functional.Kernels.Memory;

/// <summary>What follows from the type of an element.</summary>
public static class ElementKindExtensions
{
    /// <summary>The size of one element, in bytes.</summary>
    /// <param name="kind">The element type.</param>
    /// <returns>1, 4 or 8.</returns>
    public static int SizeInBytes(this ElementKind kind) => kind switch
    {
        ElementKind.Float32 or ElementKind.Int32 => 4,
        ElementKind.Float64 => 8,
        ElementKind.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such element type."),
    };

    /// <summary>Keras's name of the element type: "float32", "float64", "int32", "bool".</summary>
    /// <param name="kind">The element type.</param>
    /// <returns>The name.</returns>
    public static string KerasName(this ElementKind kind) => kind switch
    {
        ElementKind.Float32 => "float32",
        ElementKind.Float64 => "float64",
        ElementKind.Int32 => "int32",
        ElementKind.Bool => "bool",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such element type."),
    };
}
