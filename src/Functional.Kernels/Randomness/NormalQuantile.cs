namespace Functional.Kernels.Randomness;

/// <summary>
/// The inverse of the normal distribution function: Wichura, "Algorithm AS 241: the percentage points of the normal
/// distribution", Applied Statistics 37 (1988), routine PPND16.
/// </summary>
/// <remarks>
/// It uses + - * / and sqrt on doubles only, each rounded once, in the order written here, so it gives the same bits on
/// every machine. Polynomials are evaluated by Horner's rule, highest coefficient first, without fused operations.
/// </remarks>
public static class NormalQuantile
{
    private static readonly double[] CentralNumerator =
    [
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static readonly double[] CentralDenominator =
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static readonly double[] MiddleNumerator =
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static readonly double[] MiddleDenominator =
    [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static readonly double[] FarNumerator =
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static readonly double[] FarDenominator =
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>The number below which a normal variable lies with a given probability.</summary>
    /// <remarks>
    /// With q = p - 0.5: if |q| is at most 0.425, <c>r = 0.180625 - q * q</c> and the result is
    /// <c>q * (A(r) / B(r))</c>. Otherwise <c>r = sqrt(-log(min(p, 1 - p)))</c>; if r is at most 5 the result is
    /// C(r - 1.6) / D(r - 1.6), else E(r - 5) / F(r - 5), negated if q is below 0. The logarithm is <see
    /// cref="Logarithm"/>.
    /// </remarks>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <returns>The quantile, with a relative error of about 1e-16.</returns>
    public static double Of(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var central = 0.180625 - (q * q);
            return q * (Polynomial(CentralNumerator, central) / Polynomial(CentralDenominator, central));
        }

        var r = Math.Sqrt(-Logarithm(q < 0 ? probability : 1 - probability));
        var tail = r <= 5
            ? Polynomial(MiddleNumerator, r - 1.6) / Polynomial(MiddleDenominator, r - 1.6)
            : Polynomial(FarNumerator, r - 5) / Polynomial(FarDenominator, r - 5);
        return q < 0 ? -tail : tail;
    }

    /// <summary>The natural logarithm of a normal number, with operations that are rounded once each.</summary>
    /// <remarks>
    /// The argument is <c>m * 2^e</c> with m in [1, 2); if m is above 1.4142135623730951, m is halved and e raised by
    /// 1. With <c>s = (m - 1) / (m + 1)</c> and <c>z = s * s</c> the result is <c>e * 0.6931471805599453 + 2 * s *
    /// S(z)</c>, where S has the coefficients 1, 1/3, 1/5 ... 1/25, each rounded once, evaluated by Horner's rule.
    /// </remarks>
    /// <param name="value">A positive number that is neither an infinity nor below the smallest normal number.</param>
    /// <returns>The logarithm, with an error of a few units in the last place of the larger term.</returns>
    public static double Logarithm(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var z = s * s;
        var sum = 1.0 / 25;
        for (var denominator = 23; denominator > 0; denominator -= 2)
            sum = (sum * z) + (1.0 / denominator);
        return (exponent * 0.6931471805599453) + (2 * s * sum);
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var value = coefficients[^1];
        for (var degree = coefficients.Length - 2; degree >= 0; degree--)
            value = (value * x) + coefficients[degree];
        return value;
    }
}
