namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Randomness
open Functional.Core.Tensors
open Functional.Testing
open MathNet.Numerics.Distributions
open Xunit

module NormalDistributionTests =

    /// Probabilities over the whole range: even ones, and ones ever closer to 0 and 1.
    let private probabilities: Arbitrary<float> =
        Gen.oneof [
            Gen.choose (1, 999999) |> Gen.map (fun part -> float part / 1e6)
            Gen.choose (10, 3000) |> Gen.map (fun tenth -> 10.0 ** (-(float tenth) / 10.0))
            Gen.choose (10, 155)
            |> Gen.map (fun tenth -> 1.0 - 10.0 ** (-(float tenth) / 10.0))
        ]
        |> Arb.fromGen

    [<Fact>]
    let ``the inverse agrees with MathNet's to 13 digits`` () =
        Law.holds 5000 probabilities (fun probability ->
            Tolerance.isClose
                1e-13
                1e-13
                (Normal.InvCDF(0.0, 1.0, probability))
                (NormalDistribution.inverse probability))

    [<Theory>]
    [<InlineData(0.5, 0.0)>]
    [<InlineData(0.975, 1.9599639845400542)>]
    [<InlineData(0.025, -1.9599639845400545)>]
    [<InlineData(1e-20, -9.262340089798408)>]
    [<InlineData(1e-300, -37.0471)>]
    let ``the inverse has the values of the tables`` (probability: float) (expected: float) =
        let digits = if probability < 1e-100 then 1e-5 else 1e-14
        Assert.True(Tolerance.isClose digits digits expected (NormalDistribution.inverse probability))

    let private bits = Gen.choose (0, (1 <<< 24) - 1) |> Arb.fromGen

    [<Fact>]
    let ``the normal numbers of bits and of their mirror image are opposite`` () =
        Law.holds 1000 bits (fun bits ->
            let mirror = (1 <<< 24) - 1 - bits
            NormalDistribution.normal mirror = -(NormalDistribution.normal bits))

    [<Fact>]
    let ``more bits are a larger number`` () =
        Law.holds 1000 bits (fun bits ->
            let next = min (bits + 1) ((1 <<< 24) - 1)

            bits = next
            || NormalDistribution.uniform bits < NormalDistribution.uniform next
               && NormalDistribution.normal bits < NormalDistribution.normal next
               && NormalDistribution.truncatedNormal bits < NormalDistribution.truncatedNormal next)

    [<Fact>]
    let ``uniform numbers are exact in float32 and below 1`` () =
        Law.holds 1000 bits (fun bits ->
            let value = NormalDistribution.uniform bits
            float (float32 value) = value && value >= 0.0 && value < 1.0)

    [<Fact>]
    let ``the smallest and the largest bits give finite numbers within their limits`` () =
        let largest = (1 <<< 24) - 1
        Assert.Equal(0.0, NormalDistribution.uniform 0)
        Assert.InRange(NormalDistribution.normal 0, -5.5, -5.4)
        Assert.InRange(NormalDistribution.normal largest, 5.4, 5.5)
        Assert.InRange(NormalDistribution.truncatedNormal 0, -2.0, -1.999999)
        Assert.InRange(NormalDistribution.truncatedNormal largest, 1.999999, 2.0)

    // Statistics of numbers that are the same in every run; the limits are five standard errors.

    let private count = 100000

    let private sample (distribution: Distribution) (seed: int) (stream: int) (step: int) : float array =
        let key =
            Ops.constant (Literal.create ElementType.Int32 [ 2 ] [ float seed; float step ])

        Ops.random distribution stream (Shape.ofInts [ count ]) ElementType.Float64 key
        |> fun node -> Interpreter.run Map.empty (Graph.create [ node ])
        |> List.head
        |> fun literal -> Array.ofSeq literal.Values

    let private meanOf (f: float -> float) (values: float array) : float = Array.averageBy f values

    let private isWithin (standardDeviation: float) (expected: float) (found: float) =
        let limit = 5.0 * standardDeviation / sqrt (float count)
        Assert.True(Tolerance.isClose limit 0.0 expected found, $"found {found}, expected {expected} within {limit}")

    /// The largest distance of the sample's distribution function from the expected one (Kolmogorov, Smirnov).
    let private largestGap (cumulative: float -> float) (values: float array) : float =
        Array.sort values
        |> Array.mapi (fun index value ->
            let expected = cumulative value

            max (abs (float index / float count - expected)) (abs (float (index + 1) / float count - expected)))
        |> Array.max

    /// Exceeded by one sample in about 3,000,000.
    let private gapLimit = 2.8 / sqrt (float count)

    [<Fact>]
    let ``uniform numbers have the mean, the variance and the distribution of uniform numbers`` () =
        let values = sample Distribution.Uniform 1 0 0
        isWithin (sqrt (1.0 / 12.0)) 0.5 (meanOf id values)
        isWithin (sqrt (1.0 / 180.0)) (1.0 / 12.0) (meanOf (fun x -> (x - 0.5) ** 2.0) values)
        Assert.InRange(largestGap id values, 0.0, gapLimit)

    [<Fact>]
    let ``normal numbers have the first four moments and the distribution of normal numbers`` () =
        let values = sample Distribution.Normal 1 0 0
        isWithin 1.0 0.0 (meanOf id values)
        isWithin (sqrt 2.0) 1.0 (meanOf (fun x -> x ** 2.0) values)
        isWithin (sqrt 15.0) 0.0 (meanOf (fun x -> x ** 3.0) values)
        isWithin (sqrt 96.0) 3.0 (meanOf (fun x -> x ** 4.0) values)
        Assert.InRange(largestGap (fun x -> Normal.CDF(0.0, 1.0, x)) values, 0.0, gapLimit)

    [<Fact>]
    let ``truncated normal numbers stay within two deviations and have their distribution`` () =
        let values = sample Distribution.TruncatedNormal 1 0 0
        let below = Normal.CDF(0.0, 1.0, -2.0)
        let inside = 1.0 - 2.0 * below
        // 1 - 2 * 2 * density(2) / inside
        let variance = 1.0 - 4.0 * Normal.PDF(0.0, 1.0, 2.0) / inside

        Assert.All(values, (fun value -> Assert.InRange(value, -2.0, 2.0)))
        isWithin (sqrt variance) 0.0 (meanOf id values)
        isWithin 1.0 variance (meanOf (fun x -> x ** 2.0) values)
        Assert.InRange(largestGap (fun x -> (Normal.CDF(0.0, 1.0, x) - below) / inside) values, 0.0, gapLimit)

    [<Fact>]
    let ``other seeds, streams and steps give uncorrelated numbers`` () =
        let first = sample Distribution.Normal 1 0 0

        for other in
            [
                sample Distribution.Normal 2 0 0
                sample Distribution.Normal 1 1 0
                sample Distribution.Normal 1 0 1
                Array.append (Array.tail first) [| first[0] |]
            ] do
            isWithin 1.0 0.0 (Array.map2 (*) first other |> Array.average)

    [<Fact>]
    let ``equal keys and streams give equal numbers`` () =
        Assert.Equal<float array>(sample Distribution.Uniform 5 2 9, sample Distribution.Uniform 5 2 9)
