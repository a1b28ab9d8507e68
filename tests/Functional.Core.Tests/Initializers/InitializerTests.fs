namespace Functional.Core.Tests.Initializers

open System
open System.Text.Json
open FsCheck
open FsCheck.FSharp
open MathNet.Numerics.LinearAlgebra
open Xunit
open Functional.Core.Configuration
open Functional.Core.Initializers
open Functional.Testing

/// Golden: what Keras's initializers promise for a shape (not its random values).
module InitializerTests =

    let private seed = 20240917

    let private sizeOf (shape: int list) = List.fold (*) 1 shape

    /// Enough values of one shape, from several seeds, to judge a distribution by.
    let private sample (initializer: Initializer) (shape: int list) : float array =
        let count = max 1 (60000 / sizeOf shape)
        Array.concat [ for draw in 1..count -> Array.ofSeq (initializer.Values (seed + draw) shape) ]

    let private numberOf (key: string) (entry: JsonElement) =
        Fixtures.tryProperty key entry |> Option.map Fixtures.number

    let private checkFans (shape: int list) (entry: JsonElement) : string list =
        match numberOf "fan_in" entry, numberOf "fan_out" entry with
        | Some fanIn, Some fanOut when Fans.ofShape shape <> (int fanIn, int fanOut) -> [
            $"fans are {Fans.ofShape shape}, not {(int fanIn, int fanOut)}"
          ]
        | _ -> []

    let private checkDistribution (initializer: Initializer) (shape: int list) (entry: JsonElement) : string list =
        let values = sample initializer shape
        let count = float values.Length
        let mean = Array.average values
        let deviation = sqrt (Array.averageBy (fun value -> (value - mean) ** 2.0) values)
        let expectedMean = (numberOf "mean" entry).Value
        let expected = (numberOf "std" entry).Value
        // Five standard errors; the deviation's error is at most that of a normal distribution.
        let meanError = 5.0 * expected / sqrt count
        let deviationError = 5.0 * expected / sqrt (2.0 * count)
        let low = numberOf "low" entry |> Option.defaultValue -infinity
        let high = numberOf "high" entry |> Option.defaultValue infinity
        // Rounding of low + (high - low) * u.
        let margin = 1e-15 * (1.0 + abs high)

        [
            if abs (mean - expectedMean) > meanError then
                $"the mean is {mean}, not {expectedMean}"
            if abs (deviation - expected) > deviationError then
                $"the standard deviation is {deviation}, not {expected}"
            if Array.exists (fun value -> value < low - margin || value > high + margin) values then
                $"a value is outside {low} .. {high}"
            if
                Double.IsFinite high
                && Array.max values < high - 0.01 * (high - low)
                && values.Length >= 60000
            then
                $"no value comes near {high}"
        ]

    let private checkOrthogonal (initializer: Initializer) (shape: int list) (entry: JsonElement) : string list =
        let columns = List.last shape
        let rows = sizeOf shape / columns
        let values = Array.ofSeq (initializer.Values seed shape)
        let matrix = Matrix<float>.Build.DenseOfRowMajor(rows, columns, values)

        let product =
            if rows >= columns then
                matrix.TransposeThisAndMultiply matrix
            else
                matrix.TransposeAndMultiply matrix

        let gain = (numberOf "gain" entry).Value

        let expected =
            Matrix<float>.Build.DenseDiagonal(product.RowCount, product.RowCount, gain * gain)

        Fixtures.differences "products of columns" 1e-12 0.0 (expected.Enumerate()) (product.Enumerate())

    let private check (entry: JsonElement) : string list =
        let shape = Fixtures.numbers (entry.GetProperty "shape") |> List.map int

        match Fixtures.tryProperty "class" entry with
        | None -> checkFans shape entry
        | Some className ->
            let initializer =
                Initializer.ofNameWith (string (className.GetString())) (Fixtures.config (entry.GetProperty "args"))

            match Fixtures.text "distribution" entry with
            | "fixed" ->
                let expected = Fixtures.numbers (entry.GetProperty "value")
                Fixtures.differences "value" 1e-7 0.0 expected (initializer.Values seed shape)
            | "orthogonal" -> checkOrthogonal initializer shape entry
            | _ -> checkFans shape entry @ checkDistribution initializer shape entry

    [<Fact>]
    let ``initializers keep Keras's promises: fans, mean, deviation, bounds, fixed values`` () =
        Assert.Equal(50, Fixtures.checkAll "initializers" check)

    [<Fact>]
    let ``every Keras name of an initializer leads to its class`` () =
        Assert.Equal(23, KnownNames.check "initializers" (fun name -> (Initializer.ofName name).ClassName))

    [<Fact>]
    let ``equal seeds give equal values and other seeds give others`` () =
        let inputs =
            Gen.zip (Gen.choose (-1000, 1000)) (Gen.listOfLength 2 (Gen.choose (2, 9)))
            |> Arb.fromGen

        Prop.forAll inputs (fun (seed, shape) ->
            [ "glorot_uniform"; "he_normal"; "random_normal"; "orthogonal" ]
            |> List.forall (fun name ->
                let values seed =
                    Array.ofSeq ((Initializer.ofName name).Values seed shape)

                values seed = values seed && values seed <> values (seed + 1)))
        |> Check.QuickThrowOnFailure

    [<Fact>]
    let ``values written in parts are those written at once`` () =
        let shape = [ 7; 5 ]

        let names = [
            "glorot_uniform"
            "he_normal"
            "random_normal"
            "orthogonal"
            "identity"
            "ones"
        ]

        let cases = Gen.zip (Gen.elements names) (Gen.choose (0, 35)) |> Arb.fromGen

        Prop.forAll cases (fun (name, length) ->
            let initializer = Initializer.ofName name
            let values = Array.zeroCreate (sizeOf shape)
            let writer = initializer.Writer seed shape
            writer.Invoke(0, values.AsSpan(0, length))
            writer.Invoke(length, values.AsSpan length)
            values = initializer.Values seed shape)
        |> Check.QuickThrowOnFailure

    [<Fact>]
    let ``a seed in the configuration wins over the model's`` () =
        let initializer = Initializer.ofNameWith "he_normal" [ "seed", ConfigValue.Int 5L ]
        Assert.Equal<float>(initializer.Values 1 [ 3; 4 ], initializer.Values 2 [ 3; 4 ])
        Assert.Equal<float>((Initializer.ofName "he_normal").Values 5 [ 3; 4 ], initializer.Values 2 [ 3; 4 ])

    [<Fact>]
    let ``a wide orthogonal matrix has orthogonal rows`` () =
        let values = Array.ofSeq ((Initializer.orthogonal 2.0 None).Values seed [ 3; 8 ])
        let matrix = Matrix<float>.Build.DenseOfRowMajor(3, 8, values)
        let expected = Matrix<float>.Build.DenseDiagonal(3, 3, 4.0)

        Fixtures.differences
            "products of rows"
            1e-12
            0.0
            (expected.Enumerate())
            (matrix.TransposeAndMultiply(matrix).Enumerate())
        |> Assert.Empty

    [<Fact>]
    let ``a saved initializer is read back with the same configuration`` () =
        for entry in Initializer.registry.Entries do
            let initializer = Initializer.ofName entry.Names.Head
            let read = Initializer.ofConfig (Initializer.toConfig initializer)
            Assert.Equal(initializer.ClassName, read.ClassName)
            Assert.Equal<Config>(initializer.Config, read.Config)
