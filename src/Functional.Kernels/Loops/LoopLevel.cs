namespace Functional.Kernels.Loops;

/// <summary>How often a register of a <see cref="LoopProgram"/> has a value.</summary>
public enum LoopLevel
{
    /// <summary>One value per row.</summary>
    Row,

    /// <summary>One value per column of every row.</summary>
    Column,
}
