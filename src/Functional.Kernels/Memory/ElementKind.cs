using System.Diagnostics.CodeAnalysis;

namespace Functional.Kernels.Memory;

/// <summary>The type of one element of concrete data.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The types' names are what Keras and NumPy call them.")]
public enum ElementKind
{
    /// <summary>IEEE single precision, <see cref="float"/>.</summary>
    Float32,

    /// <summary>IEEE double precision, <see cref="double"/>.</summary>
    Float64,

    /// <summary>Whole numbers of 32 bits, <see cref="int"/>.</summary>
    Int32,

    /// <summary>Truth values of one byte, <see cref="bool"/>.</summary>
    Bool,
}
