namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Functions of exponentials, where exponentials overflow.
module StabilityTests =

    let private run (lengths: int list) (values: float list) (f: Node -> Node) : float list =
        let x = FiniteDifferences.leaf "x" lengths

        Interpreter.run (Map [ "x", FiniteDifferences.literal lengths values ]) (Graph.create [ f x ])
        |> List.head
        |> fun literal -> List.ofSeq literal.Values

    let private atPoint (x: float) (f: Node -> Node) : float = run [] [ x ] f |> List.head

    let private isNear (unitOfLastDigit: float) (expected: float) (found: float) =
        Assert.True(Tolerance.isClose (0.5 * unitOfLastDigit) 0.0 expected found, $"found {found}, not {expected}")

    [<Fact>]
    let ``A9: softmax of 1010, 1000, 990 has the values of the textbook to every printed digit`` () =
        let found = run [ 3 ] [ 1010.0; 1000.0; 990.0 ] (Ops.softmax 0)
        isNear 1e-9 9.99954600e-01 found[0]
        isNear 1e-13 4.53978686e-05 found[1]
        isNear 1e-17 2.06106005e-09 found[2]

    [<Fact>]
    let ``logSoftmax of 1010, 1000, 990 is the logarithm of those`` () =
        let found = run [ 3 ] [ 1010.0; 1000.0; 990.0 ] (Ops.logSoftmax 0)
        isNear 1e-12 -4.5400960370e-05 found[0]
        isNear 1e-12 -10.000045400960 found[1]
        isNear 1e-12 -20.000045400960 found[2]

    [<Fact>]
    let ``sigmoid, softplus and their slopes are right at plus and minus 10,000`` () =
        let slope f x =
            Gradient.gradients (f x) [ x ] |> List.head

        Assert.Equal(1.0, atPoint 1e4 Ops.sigmoid)
        Assert.Equal(0.0, atPoint -1e4 Ops.sigmoid)
        Assert.Equal(1e4, atPoint 1e4 Ops.softplus)
        Assert.Equal(0.0, atPoint -1e4 Ops.softplus)
        Assert.Equal(0.0, atPoint 1e4 (slope Ops.sigmoid))
        Assert.Equal(0.0, atPoint -1e4 (slope Ops.sigmoid))
        Assert.Equal(1.0, atPoint 1e4 (slope Ops.softplus))
        Assert.Equal(0.0, atPoint -1e4 (slope Ops.softplus))
        Assert.Equal(0.0, atPoint 1e4 (slope (slope Ops.softplus)))

    [<Theory>]
    [<InlineData(1e4)>]
    [<InlineData(-1e4)>]
    let ``logSumExp of equal values is the value and the logarithm of their number`` (value: float) =
        let found = run [ 4 ] (List.replicate 4 value) (Ops.logSumExp [ 0 ] false)
        Assert.Equal(value + log 4.0, found[0])

    [<Fact>]
    let ``logSumExp of 10,000 and -10,000 is the larger, and its gradient finds it`` () =
        let values = [ 1e4; -1e4 ]
        Assert.Equal<float list>([ 1e4 ], run [ 2 ] values (Ops.logSumExp [ 0 ] false))

        let gradient x =
            Gradient.gradients (Ops.logSumExp [ 0 ] false x) [ x ] |> List.head

        Assert.Equal<float list>([ 1.0; 0.0 ], run [ 2 ] values gradient)
        Assert.Equal<float list>([ 0.0; -2e4 ], run [ 2 ] values (Ops.logSoftmax 0))

    /// Vectors of values between -1000 and 1000.
    let private vectors: Arbitrary<float list> =
        let value = Gen.choose (-4000, 4000) |> Gen.map (fun quarter -> float quarter / 4.0)

        Arb.fromGenShrink (
            Gen.nonEmptyListOf value |> Gen.resize 8,
            fun values ->
                seq {
                    if values.Length > 1 then
                        List.tail values

                    for position in 0 .. values.Length - 1 do
                        if values[position] <> 0.0 then
                            List.updateAt position 0.0 values
                }
        )

    let private softmax (values: float list) =
        run [ values.Length ] values (Ops.softmax 0)

    let private areClose absolute relative left right =
        List.forall2 (Tolerance.isClose absolute relative) left right

    [<Fact>]
    let ``softmax gives numbers from 0 to 1 whose sum is 1`` () =
        Law.holds 200 vectors (fun values ->
            let found = softmax values

            List.forall (fun share -> share >= 0.0 && share <= 1.0) found
            && Tolerance.isClose 1e-14 0.0 1.0 (List.sum found))

    [<Fact>]
    let ``softmax keeps the order`` () =
        Law.holds 200 vectors (fun values ->
            let pairs = List.zip values (softmax values)

            List.allPairs pairs pairs
            |> List.forall (fun ((x, shareOfX), (y, shareOfY)) -> x > y || shareOfX <= shareOfY))

    // Quarters add without rounding, so the shifted differences are the same numbers.
    let private shifts =
        Gen.choose (-4000, 4000) |> Gen.map (fun quarter -> float quarter / 4.0)

    let private shifted = Gen.zip vectors.Generator shifts |> Arb.fromGen

    [<Fact>]
    let ``softmax and logSoftmax do not change when all values are shifted`` () =
        Law.holds 200 shifted (fun (values, shift) ->
            let moved = values |> List.map (fun value -> value + shift)

            let log values =
                run [ values |> List.length ] values (Ops.logSoftmax 0)

            softmax moved = softmax values && log moved = log values)

    [<Fact>]
    let ``logSumExp shifts with its values`` () =
        Law.holds 200 shifted (fun (values, shift) ->
            let total values =
                run [ List.length values ] values (Ops.logSumExp [ 0 ] false)

            let moved = values |> List.map (fun value -> value + shift)
            areClose 1e-12 1e-15 (total values |> List.map (fun value -> value + shift)) (total moved))

    [<Fact>]
    let ``logSoftmax is the value minus logSumExp, and the logarithm of softmax where that is no 0`` () =
        Law.holds 200 vectors (fun values ->
            let found = run [ values.Length ] values (Ops.logSoftmax 0)
            let difference x = x - Ops.logSumExp [ 0 ] true x

            areClose 1e-12 1e-14 (run [ values.Length ] values difference) found
            && List.forall2
                (fun share logarithm -> share < 1e-300 || Tolerance.isClose 1e-14 1e-13 (log share) logarithm)
                (softmax values)
                found)

    [<Fact>]
    let ``no gradient of these functions is ever NaN`` () =
        let functions = [
            Ops.softmax 0
            Ops.logSoftmax 0
            Ops.logSumExp [ 0 ] true
            Ops.softplus
            Ops.sigmoid
        ]

        Law.holds 100 vectors (fun values ->
            functions
            |> List.forall (fun f ->
                let gradient x =
                    Gradient.gradients (FiniteDifferences.weightedSum (f (x * 10.0))) [ x ]
                    |> List.head

                run [ values.Length ] values gradient |> List.forall System.Double.IsFinite))
