namespace Functional.Kernels.Loops;

/// <summary>The form of an instruction of a <see cref="LoopProgram"/>.</summary>
public enum LoopForm
{
    /// <summary>Reads an element of an operand.</summary>
    Load,

    /// <summary>A number known when the program is written.</summary>
    Constant,

    /// <summary>The position along one dimension, as Int32.</summary>
    Index,

    /// <summary>A function of one register: <see cref="LoopUnary"/>.</summary>
    Unary,

    /// <summary>A function of two registers: <see cref="LoopBinary"/>.</summary>
    Binary,

    /// <summary>A comparison of two registers, a Bool: <see cref="LoopComparison"/>.</summary>
    Compare,

    /// <summary>The second register where the first is true, else the third.</summary>
    Select,

    /// <summary>The product of the first two registers, plus the third; rounded once where the CPU can.</summary>
    MultiplyAdd,

    /// <summary>The value of a register in another element type.</summary>
    Cast,

    /// <summary>Combines all columns of a row into one value: <see cref="LoopReduction"/>.</summary>
    Reduce,

    /// <summary>Writes a register to an element of an operand.</summary>
    Store,

    /// <summary>Combines a register into an operand over every dimension in which the operand has stride 0.</summary>
    Accumulate,
}
