namespace Functional.Kernels.Loops;

/// <summary>Functions of two registers of one type. Float or Int32 unless said otherwise; Int32 wraps around.</summary>
public enum LoopBinary
{
    /// <summary>x + y.</summary>
    Add,

    /// <summary>x - y.</summary>
    Subtract,

    /// <summary>x * y.</summary>
    Multiply,

    /// <summary>x / y; Int32 truncates toward zero and gives 0 for a divisor of 0.</summary>
    Divide,

    /// <summary>x to the power y, as C's pow; Float only.</summary>
    Power,

    /// <summary>The greater of the two; NaN if either is NaN.</summary>
    Maximum,

    /// <summary>The smaller of the two; NaN if either is NaN.</summary>
    Minimum,

    /// <summary>What is left of x after a whole number of y, with the sign of y (NumPy's mod); Int32 gives 0 for a
    /// divisor of 0.</summary>
    Remainder,

    /// <summary>x / y rounded down; Int32 gives 0 for a divisor of 0.</summary>
    FloorDivide,

    /// <summary>The angle of the point (y, x) where the first register is the ordinate; Float only.</summary>
    Atan2,

    /// <summary>Whether both are true; Bool only.</summary>
    And,

    /// <summary>Whether at least one is true; Bool only.</summary>
    Or,

    /// <summary>Whether exactly one is true; Bool only.</summary>
    Xor,
}
