using System.Diagnostics.CodeAnalysis;

namespace Functional.Kernels.Loops;

/// <summary>The type of the elements of an operand or of a register of a <see cref="LoopProgram"/>.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The members are types: these are their names.")]
public enum LoopElement
{
    /// <summary>The floating-point type that the program is prepared for: float or double.</summary>
    Float,

    /// <summary>A 32-bit signed integer; arithmetic wraps around.</summary>
    Int32,

    /// <summary>One byte in memory, 0 or 1; when read, any other value than 0 is true.</summary>
    Bool,
}
