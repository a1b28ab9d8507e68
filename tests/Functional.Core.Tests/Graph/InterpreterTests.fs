namespace Functional.Core.Tests

open System
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// What operations mean, on numbers small enough to check by eye.
module InterpreterTests =

    let private value lengths values =
        Ops.constant (FiniteDifferences.literal lengths values)

    let private integers lengths values =
        Ops.constant (Literal.create ElementType.Int32 lengths values)

    let private run (node: Node) : float list =
        Interpreter.run Map.empty (Graph.create [ node ])
        |> List.head
        |> fun literal -> List.ofSeq literal.Values

    let private is (expected: float list) (node: Node) =
        Assert.Equal<float list>(expected, run node)

    let private known = Dimension.known

    /// 0 1 2 / 3 4 5
    let private x = value [ 2; 3 ] [ 0.0 .. 5.0 ]

    [<Fact>]
    let ``movement takes elements to their new places`` () =
        Ops.transpose [ 1; 0 ] x |> is [ 0; 3; 1; 4; 2; 5 ]
        Ops.reverse [ 1 ] x |> is [ 2; 1; 0; 5; 4; 3 ]
        Ops.reverse [ 0; 1 ] x |> is [ 5; 4; 3; 2; 1; 0 ]
        Ops.reshape (Shape.ofInts [ 3; 2 ]) x |> is [ 0; 1; 2; 3; 4; 5 ]

        Ops.broadcastTo (Shape.ofInts [ 2; 2 ]) (value [ 2; 1 ] [ 7; 8 ])
        |> is [ 7; 7; 8; 8 ]

        Ops.broadcastTo (Shape.ofInts [ 2; 2 ]) (value [ 2 ] [ 7; 8 ])
        |> is [ 7; 8; 7; 8 ]

        Ops.concatenate 1 [ x; value [ 2; 1 ] [ 8; 9 ] ]
        |> is [ 0; 1; 2; 8; 3; 4; 5; 9 ]

        Ops.concatenate 0 [ x; value [ 1; 3 ] [ 7; 8; 9 ] ]
        |> is [ 0; 1; 2; 3; 4; 5; 7; 8; 9 ]

    [<Fact>]
    let ``a transposition of three axes permutes as NumPy does`` () =
        // numpy.arange(6).reshape(1, 2, 3).transpose(2, 0, 1)
        value [ 1; 2; 3 ] [ 0.0 .. 5.0 ]
        |> Ops.transpose [ 2; 0; 1 ]
        |> is [ 0; 3; 1; 4; 2; 5 ]

    [<Fact>]
    let ``a slice takes every stride-th element, padding puts them apart again`` () =
        let part start stop stride = {
            Start = known start
            Stop = known stop
            Stride = stride
        }

        let padding low high interior = {
            Low = known low
            High = known high
            Interior = interior
        }

        value [ 7 ] [ 0.0 .. 6.0 ] |> Ops.slice [ part 1 6 2 ] |> is [ 1; 3; 5 ]
        value [ 7 ] [ 0.0 .. 6.0 ] |> Ops.slice [ part 1 7 3 ] |> is [ 1; 4 ]

        value [ 3 ] [ 1; 2; 3 ]
        |> Ops.pad [ padding 1 2 1 ] 9.0
        |> is [ 9; 1; 9; 2; 9; 3; 9; 9 ]

        value [ 4 ] [ 1; 2; 3; 4 ]
        |> Ops.pad [ padding -1 1 0 ] 9.0
        |> is [ 2; 3; 4; 9 ]

        value [ 3 ] [ 1; 2; 3 ] |> Ops.pad [ padding -1 -2 1 ] 9.0 |> is [ 9; 2 ]

    [<Fact>]
    let ``reductions combine the elements of their axes`` () =
        Ops.sum [ 0 ] false x |> is [ 3; 5; 7 ]
        Ops.sum [ 1 ] true x |> is [ 3; 12 ]
        Ops.sum [ 0; 1 ] false x |> is [ 15 ]
        Ops.max [ 1 ] false x |> is [ 2; 5 ]
        Ops.min [ -1 ] false x |> is [ 0; 3 ]
        Ops.product [ 1 ] false x |> is [ 0; 60 ]
        Ops.mean [ 1 ] false x |> is [ 1; 4 ]
        Ops.variance [ 0 ] false x |> is [ 2.25; 2.25; 2.25 ]
        Ops.max [ 0 ] false (value [ 2 ] [ nan; 1.0 ]) |> is [ nan ]

    [<Fact>]
    let ``argMax is the first of the largest, and NaN is the largest`` () =
        Ops.argMax 0 (value [ 4 ] [ 1; 3; 3; 2 ]) |> is [ 1 ]
        Ops.argMax 1 (value [ 2; 2 ] [ 1; 3; 4; 2 ]) |> is [ 1; 0 ]
        Ops.argMax 0 (value [ 3 ] [ 1.0; nan; nan ]) |> is [ 1 ]

    [<Fact>]
    let ``matrix products contract the inner axis, transposed or not`` () =
        let y = value [ 3; 2 ] [ 1; 2; 3; 4; 5; 6 ]
        Ops.matMul x y |> is [ 13; 16; 40; 52 ]
        Ops.matMulWith true true x y |> is [ 6; 12; 18; 9; 19; 29; 12; 26; 40 ]
        Ops.matMulWith true false x x |> is [ 9; 12; 15; 12; 17; 22; 15; 22; 29 ]
        Ops.matMulWith false true x x |> is [ 5; 14; 14; 50 ]
        Ops.dense y (value [ 3 ] [ 1; 0; 2 ]) |> is [ 11; 14 ]

    [<Fact>]
    let ``leading axes of a matrix product are products side by side`` () =
        let left = value [ 2; 1; 2 ] [ 1; 2; 3; 4 ]
        let right = value [ 2; 2; 1 ] [ 5; 6; 7; 8 ]
        Ops.matMul left right |> is [ 17; 53 ]

    [<Fact>]
    let ``gather replaces an axis by the axes of its indices, scatterAdd adds them up`` () =
        let indices = integers [ 2; 2 ] [ 2; 0; 0; 0 ]
        Ops.gather 0 indices (value [ 3 ] [ 5; 6; 7 ]) |> is [ 7; 5; 5; 5 ]
        Ops.gather 1 (integers [ 2 ] [ 2; 1 ]) x |> is [ 2; 1; 5; 4 ]

        Ops.scatterAdd 0 (known 3) indices (value [ 2; 2 ] [ 1; 2; 3; 4 ])
        |> is [ 9; 0; 1 ]

        Ops.oneHot 3 ElementType.Float64 (integers [ 2 ] [ 2; 0 ])
        |> is [ 0; 0; 1; 1; 0; 0 ]

    [<Theory>]
    [<InlineData(-1.0)>]
    [<InlineData(3.0)>]
    let ``an index outside its axis is refused and named`` (index: float) =
        let indices = integers [ 1 ] [ index ]

        for node in
            [
                Ops.gather 0 indices (value [ 3 ] [ 5; 6; 7 ])
                Ops.scatterAdd 0 (known 3) indices (value [ 1 ] [ 5 ])
            ] do
            let error = Assert.Throws<ArgumentException>(fun () -> run node |> ignore)
            Assert.StartsWith($"Index {int index} is out of range for axis 0 of length 3.", error.Message)

    [<Fact>]
    let ``NaN is unequal to everything, and the larger and the smaller of all`` () =
        let one, notANumber = value [] [ 1.0 ], value [] [ nan ]

        for compare in [ Ops.equal; Ops.less; Ops.lessOrEqual; Ops.greater; Ops.greaterOrEqual ] do
            compare notANumber notANumber |> is [ 0 ]
            compare one notANumber |> is [ 0 ]

        Ops.notEqual notANumber notANumber |> is [ 1 ]
        Ops.maximum one notANumber |> is [ nan ]
        Ops.minimum notANumber one |> is [ nan ]
        Ops.sign notANumber |> is [ nan ]

    [<Fact>]
    let ``integers divide toward zero, remainders have the sign of the divisor, halves round to even`` () =
        integers [ 2 ] [ 7; -7 ] / integers [ 2 ] [ 2; 2 ] |> is [ 3; -3 ]

        Ops.remainder (value [ 4 ] [ 7; -7; 7; -7 ]) (value [ 4 ] [ 3; 3; -3; -3 ])
        |> is [ 1; 2; -2; -1 ]

        Ops.round (value [ 4 ] [ 0.5; 1.5; 2.5; -0.5 ]) |> is [ 0.0; 2.0; 2.0; -0.0 ]
        Ops.cast ElementType.Int32 (value [ 3 ] [ 2.7; -2.7; 0.2 ]) |> is [ 2; -2; 0 ]
        Ops.cast ElementType.Bool (value [ 3 ] [ 2.7; 0.0; -1.0 ]) |> is [ 1; 0; 1 ]

    [<Fact>]
    let ``bools combine by logic`` () =
        let left = Ops.constant (Literal.create ElementType.Bool [ 4 ] [ 0; 0; 1; 1 ])
        let right = Ops.constant (Literal.create ElementType.Bool [ 4 ] [ 0; 1; 0; 1 ])
        Ops.logicalAnd left right |> is [ 0; 0; 0; 1 ]
        Ops.logicalOr left right |> is [ 0; 1; 1; 1 ]
        Ops.logicalNot left |> is [ 1; 1; 0; 0 ]

        Ops.select left (value [] [ 5.0 ]) (value [ 4 ] [ 1; 2; 3; 4 ])
        |> is [ 1; 2; 5; 5 ]

    let private isNear (expected: float) (f: Node -> Node) (x: float) =
        let found = run (f (value [] [ x ])) |> List.head
        Assert.True(Tolerance.isClose 0.0 4e-16 expected found, $"f({x}) is {found}, not {expected}")

    [<Theory>]
    [<InlineData(1e-12, 1.0000000000005e-12, 9.999999999995e-13)>]
    [<InlineData(-3e-9, -2.9999999955e-09, -3.0000000045e-09)>]
    [<InlineData(2e-5, 2.000020000133334e-05, 1.9999800002666627e-05)>]
    [<InlineData(0.3, 0.3498588075760031, 0.26236426446749106)>]
    [<InlineData(-0.9, -0.5934303402594009, -2.302585092994046)>]
    [<InlineData(5.0, 147.4131591025766, 1.791759469228055)>]
    let ``expm1 and log1p are accurate near 0`` (x: float) (expm1: float) (log1p: float) =
        isNear expm1 Ops.expm1 x
        isNear log1p Ops.log1p x

    [<Theory>]
    [<InlineData(-40.0, 4.248354255291589e-18)>]
    [<InlineData(-12.0, 6.144193477732806e-06)>]
    [<InlineData(-1.0, 0.31326168751822286)>]
    [<InlineData(0.0, 0.6931471805599453)>]
    [<InlineData(12.0, 12.000006144193478)>]
    let ``softplus is accurate where it is small`` (x: float) (expected: float) = isNear expected Ops.softplus x

    let private data =
        Ops.input "data" (Shape.create [ Dimension.batch; known 2 ]) ElementType.Float64

    [<Fact>]
    let ``a leaf without a value is named`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Interpreter.run Map.empty (Graph.create [ data ]) |> ignore)

        Assert.StartsWith("No value is given for 'data'.", error.Message)

    [<Fact>]
    let ``a value that does not fit its leaf is refused with both shapes`` () =
        let refusal lengths =
            let values = Map [ "data", Samples.any 1 lengths ]

            Assert.Throws<ArgumentException>(fun () -> Interpreter.run values (Graph.create [ data ]) |> ignore).Message

        Assert.StartsWith("'data' has shape (5, 2), but its value has the lengths [5; 3].", refusal [ 5; 3 ])
        Assert.StartsWith("'data' has shape (batch, 2), but its value has the lengths [6].", refusal [ 6 ])

    [<Fact>]
    let ``two values that disagree about an unknown size are refused`` () =
        let other = Ops.input "other" (Shape.create [ Dimension.batch ]) ElementType.Float64
        let values = Map [ "data", Samples.any 1 [ 5; 2 ]; "other", Samples.any 1 [ 4 ] ]

        let error =
            Assert.Throws<ArgumentException>(fun () -> Interpreter.run values (Graph.create [ data; other ]) |> ignore)

        Assert.StartsWith("'data' has shape (4, 2), but its value has the lengths [5; 2].", error.Message)

    [<Fact>]
    let ``an unknown size becomes the number that the data has`` () =
        let values = Map [ "data", Samples.any 1 [ 5; 2 ] ]
        let size = Ops.size ElementType.Float64 (Dimension.batch * known 2)
        let graph = Graph.create [ size; Ops.sum [ 0; 1 ] false (data / data) ]

        Assert.Equal<float list>([ 10.0; 10.0 ], Interpreter.run values graph |> List.map Literal.item)
