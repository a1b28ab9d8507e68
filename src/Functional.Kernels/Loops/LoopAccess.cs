namespace Functional.Kernels.Loops;

/// <summary>What a <see cref="LoopProgram"/> may do with the memory of an operand.</summary>
[Flags]
public enum LoopAccess
{
    /// <summary>Nothing; not a legal access of an operand.</summary>
    None = 0,

    /// <summary>Its elements are loaded.</summary>
    Read = 1,

    /// <summary>Its elements are stored or accumulated.</summary>
    Write = 2,

    /// <summary>Its elements are loaded and stored.</summary>
    ReadWrite = Read | Write,
}
