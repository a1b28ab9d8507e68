namespace Functional.Core.Randomness

/// The inverse of the normal distribution function: Wichura 1988, algorithm AS 241 (PPND16), relative accuracy about
/// 1e-16. It uses + - * / and square roots only, in a fixed order, so that it gives the same bits on every machine.
[<RequireQualifiedAccess>]
module NormalDistribution =

    let private polynomial (coefficients: float array) (x: float) : float =
        let mutable sum = 0.0

        for index in coefficients.Length - 1 .. -1 .. 0 do
            sum <- sum * x + coefficients[index]

        sum

    let private centralNumerator = [|
        3.3871328727963666080
        1.3314166789178437745e+2
        1.9715909503065514427e+3
        1.3731693765509461125e+4
        4.5921953931549871457e+4
        6.7265770927008700853e+4
        3.3430575583588128105e+4
        2.5090809287301226727e+3
    |]

    let private centralDenominator = [|
        1.0
        4.2313330701600911252e+1
        6.8718700749205790830e+2
        5.3941960214247511077e+3
        2.1213794301586595867e+4
        3.9307895800092710610e+4
        2.8729085735721942674e+4
        5.2264952788528545610e+3
    |]

    let private nearNumerator = [|
        1.42343711074968357734
        4.63033784615654529590
        5.76949722146069140550
        3.64784832476320460504
        1.27045825245236838258
        2.41780725177450611770e-1
        2.27238449892691845833e-2
        7.74545014278341407640e-4
    |]

    let private nearDenominator = [|
        1.0
        2.05319162663775882187
        1.67638483018380384940
        6.89767334985100004550e-1
        1.48103976427480074590e-1
        1.51986665636164571966e-2
        5.47593808499534494600e-4
        1.05075007164441684324e-9
    |]

    let private farNumerator = [|
        6.65790464350110377720
        5.46378491116411436990
        1.78482653991729133580
        2.96560571828504891230e-1
        2.65321895265761230930e-2
        1.24266094738807843860e-3
        2.71155556874348757815e-5
        2.01033439929228813265e-7
    |]

    let private farDenominator = [|
        1.0
        5.99832206555887937690e-1
        1.36929880922735805310e-1
        1.48753612908506148525e-2
        7.86869131145613259100e-4
        1.84631831751005468180e-5
        1.42151175831644588870e-7
        2.04426310338993978564e-15
    |]

    /// Natural logarithm of a positive normal number: exponent * ln 2 + 2 artanh((m - 1) / (m + 1)), by its series.
    let private logarithm (x: float) : float =
        let bits = System.BitConverter.DoubleToInt64Bits x
        let exponent = int ((bits >>> 52) &&& 0x7FFL) - 1023

        let mantissa =
            System.BitConverter.Int64BitsToDouble((bits &&& 0xFFFFFFFFFFFFFL) ||| 0x3FF0000000000000L)

        let struct (exponent, mantissa) =
            if mantissa > 1.4142135623730951 then
                struct (exponent + 1, mantissa * 0.5)
            else
                struct (exponent, mantissa)

        let s = (mantissa - 1.0) / (mantissa + 1.0)
        let square = s * s
        let mutable sum = 0.0

        for k in 12..-1..0 do
            sum <- sum * square + 1.0 / float (2 * k + 1)

        float exponent * 0.69314718055994531 + 2.0 * s * sum

    /// The x below which a standard normal number lies with this probability; 0 < probability < 1.
    let inverse (probability: float) : float =
        let q = probability - 0.5

        if abs q <= 0.425 then
            let r = 0.180625 - q * q
            q * polynomial centralNumerator r / polynomial centralDenominator r
        else
            let tail = if q < 0.0 then probability else 1.0 - probability
            let r = sqrt (-(logarithm tail))

            let magnitude =
                if r <= 5.0 then
                    polynomial nearNumerator (r - 1.6) / polynomial nearDenominator (r - 1.6)
                else
                    polynomial farNumerator (r - 5.0) / polynomial farDenominator (r - 5.0)

            if q < 0.0 then -magnitude else magnitude

    /// The probability of a standard normal number below -2.
    let private belowMinusTwo = 0.022750131948179207

    let private unit24 = 1.0 / 16777216.0

    /// 24 random bits as a number in [0, 1).
    let uniform (bits: int) : float = float bits * unit24

    /// 24 random bits as a standard normal number.
    let normal (bits: int) : float = inverse ((float bits + 0.5) * unit24)

    /// 24 random bits as a standard normal number within two standard deviations.
    let truncatedNormal (bits: int) : float =
        inverse (belowMinusTwo + (1.0 - 2.0 * belowMinusTwo) * ((float bits + 0.5) * unit24))
