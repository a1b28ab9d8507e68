namespace Functional.Kernels.Loops;

/// <summary>Functions of one register. Float to Float unless said otherwise.</summary>
public enum LoopUnary
{
    /// <summary>-x; Float or Int32.</summary>
    Negate,

    /// <summary>|x|; Float or Int32.</summary>
    Abs,

    /// <summary>-1, 0 or 1 by the sign of x, NaN for NaN; Float or Int32.</summary>
    Sign,

    /// <summary>e^x.</summary>
    Exp,

    /// <summary>e^x - 1, accurate near 0.</summary>
    Expm1,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>log(1 + x), accurate near 0.</summary>
    Log1p,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>1 / sqrt(x).</summary>
    Rsqrt,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>log(1 + e^x), without overflow.</summary>
    Softplus,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>The sine.</summary>
    Sin,

    /// <summary>The cosine.</summary>
    Cos,

    /// <summary>The tangent.</summary>
    Tan,

    /// <summary>The inverse sine.</summary>
    Asin,

    /// <summary>The inverse cosine.</summary>
    Acos,

    /// <summary>The inverse tangent.</summary>
    Atan,

    /// <summary>The hyperbolic sine.</summary>
    Sinh,

    /// <summary>The hyperbolic cosine.</summary>
    Cosh,

    /// <summary>The inverse hyperbolic sine.</summary>
    Asinh,

    /// <summary>The inverse hyperbolic cosine.</summary>
    Acosh,

    /// <summary>The inverse hyperbolic tangent.</summary>
    Atanh,

    /// <summary>The greatest integer that is not above x.</summary>
    Floor,

    /// <summary>The smallest integer that is not below x.</summary>
    Ceiling,

    /// <summary>The nearest integer; halves go to the even one.</summary>
    Round,

    /// <summary>The other truth value; Bool to Bool.</summary>
    Not,

    /// <summary>Whether x is NaN; Float to Bool.</summary>
    IsNaN,

    /// <summary>Whether x is neither NaN nor an infinity; Float to Bool.</summary>
    IsFinite,
}
