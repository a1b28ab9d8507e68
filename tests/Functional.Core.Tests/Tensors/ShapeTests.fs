namespace Functional.Core.Tests

open System
open FsCheck
open FsCheck.FSharp
open Functional.Core.Tensors
open Xunit

module ShapeTests =

    let private symbolic: Gen<Shape> =
        Gen.choose (0, 3) |> Gen.bind SymbolicCases.shapeOf

    /// Shapes that mostly broadcast together, and sometimes do not.
    let private shapes (count: int) : Arbitrary<Shape list> =
        gen {
            let! common = symbolic
            let related = SymbolicCases.broadcastingTo common
            return! Gen.listOfLength count (Gen.frequency [ 5, related; 1, symbolic ])
        }
        |> Arb.fromGen

    let private broadcast left right =
        Result.bind (fun left -> Result.bind (Shape.tryBroadcast left) right) left

    [<Fact>]
    let ``a shape gives back the lengths it was made of`` () =
        Law.holds 100 (Cases.shapes 0 4) (fun (lengths, _) ->
            let shape = Shape.ofInts lengths

            Shape.known shape = lengths
            && Shape.rank shape = lengths.Length
            && Shape.dimensions shape = List.map Dimension.known lengths
            && Shape.size shape = Dimension.known (List.fold (*) 1 lengths)
            && Shape.create (Shape.dimensions shape) = shape)

    [<Fact>]
    let ``broadcasting commutes`` () =
        Law.holds 300 (shapes 2) (fun shapes ->
            let one = Shape.tryBroadcast shapes[0] shapes[1]
            let other = Shape.tryBroadcast shapes[1] shapes[0]
            Result.toOption one = Result.toOption other)

    [<Fact>]
    let ``broadcasting associates`` () =
        Law.holds 300 (shapes 3) (fun shapes ->
            let a, b, c = Ok shapes[0], Ok shapes[1], Ok shapes[2]

            let left = broadcast (broadcast a b) c
            let right = broadcast a (broadcast b c)
            Result.toOption left = Result.toOption right)

    [<Fact>]
    let ``a shape broadcasts with itself and with a scalar to itself`` () =
        Law.holds 100 (Arb.fromGen symbolic) (fun shape ->
            Shape.tryBroadcast shape shape = Ok shape
            && Shape.tryBroadcast shape Shape.scalar = Ok shape
            && Shape.tryBroadcast Shape.scalar shape = Ok shape)

    [<Fact>]
    let ``what broadcasts before numbers are bound broadcasts to the same afterwards, or lengths turn out to differ``
        ()
        =
        let cases = Gen.zip (shapes 2).Generator SymbolicCases.sizes |> Arb.fromGen

        Law.holds 300 cases (fun (shapes, sizes) ->
            let bound = shapes |> List.map (Shape.bind sizes)

            match Shape.tryBroadcast shapes[0] shapes[1], Shape.tryBroadcast bound[0] bound[1] with
            | Ok common, Ok found -> found = Shape.bind sizes common
            | Ok common, Error _ -> bound |> List.exists (Shape.stretchesTo (Shape.bind sizes common) >> not)
            | Error _, _ -> true)

    [<Fact>]
    let ``what broadcasts to a common shape can be stretched to it`` () =
        Law.holds 300 (shapes 2) (fun shapes ->
            match Shape.tryBroadcast shapes[0] shapes[1] with
            | Ok common -> shapes |> List.forall (Shape.stretchesTo common)
            | Error _ -> true)

    [<Fact>]
    let ``known shapes broadcast when lengths from the right are equal or 1`` () =
        let pairs = Gen.two (Cases.lengths 0 3) |> Arb.fromGen

        Law.holds 300 pairs (fun (left, right) ->
            let fits =
                Seq.forall2 (fun a b -> a = b || a = 1 || b = 1) (List.rev left) (List.rev right)

            Result.isOk (Shape.tryBroadcast (Shape.ofInts left) (Shape.ofInts right)) = fits)

    [<Fact>]
    let ``axes counted from the end are the same axes`` () =
        Law.holds 100 Cases.shapesWithAxes (fun (lengths, axes, _) ->
            let shape = Shape.ofInts lengths
            let fromEnd = axes |> List.map (fun axis -> axis - lengths.Length)

            Shape.tryAxes axes shape = Ok axes
            && Shape.tryAxes (List.rev fromEnd) shape = Ok axes)

    [<Fact>]
    let ``removing axes keeps the others in order`` () =
        Law.holds 100 Cases.shapesWithAxes (fun (lengths, axes, _) ->
            let kept =
                List.indexed lengths
                |> List.filter (fun (axis, _) -> not (List.contains axis axes))

            Shape.remove axes (Shape.ofInts lengths) = Shape.ofInts (List.map snd kept))

    [<Fact>]
    let ``an axis named twice is refused, also when counted from the end`` () =
        let shape = Shape.ofInts [ 2; 3 ]
        Assert.Equal(Error(ShapeError.AxisRepeated(-1, [ 1; -1 ])), Shape.tryAxes [ 1; -1 ] shape)
        Assert.Equal(Error(ShapeError.AxisOutOfRange(2, shape)), Shape.tryAxes [ 0; 2 ] shape)
        Assert.Equal(Error(ShapeError.AxisOutOfRange(-3, shape)), Shape.tryAxis -3 shape)
        Assert.Equal(Error(ShapeError.AxisOutOfRange(0, Shape.scalar)), Shape.tryAxis 0 Shape.scalar)

    [<Fact>]
    let ``a length below 1 is refused and its axis named`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Shape.ofInts [ 3; 0; 2 ] |> ignore)

        Assert.StartsWith(
            "every axis must have a length of at least 1, but axis 1 of shape (3, 0, 2) has not",
            error.Message
        )

    [<Fact>]
    let ``a shape with unknown lengths has no numbers until they are bound`` () =
        let shape = Shape.create [ Dimension.batch; Dimension.known 4 ]
        Assert.Equal(None, Shape.tryKnown shape)
        Assert.Equal<int list>([ 8; 4 ], Shape.known (Shape.bind (Map [ "batch", 8 ]) shape))
        Assert.Equal<Set<string>>(set [ "batch" ], Shape.names shape)

        let error =
            Assert.Throws<InvalidOperationException>(fun () -> Shape.known shape |> ignore)

        Assert.Equal("Shape (batch, 4) still has sizes that are not known; bind them first.", error.Message)

    [<Fact>]
    let ``shapes read like tuples`` () =
        Assert.Equal("()", string Shape.scalar)
        Assert.Equal("(3,)", string (Shape.ofInts [ 3 ]))

        Assert.Equal(
            "(batch, 2*time + 1, 4)",
            string (
                Shape.create [
                    Dimension.batch
                    Dimension.known 2 * Dimension.named "time" + Dimension.known 1
                    Dimension.known 4
                ]
            )
        )

    let private a = Shape.ofInts [ 2; 3 ]
    let private b = Shape.create [ Dimension.batch; Dimension.known 4 ]

    let private sentences: (ShapeError * string) list = [
        ShapeError.DimensionNotPositive(1, a),
        "every axis must have a length of at least 1, but axis 1 of shape (2, 3) has not"
        ShapeError.NotBroadcastable(a, b),
        "shapes (2, 3) and (batch, 4) cannot be broadcast together: aligned at the right, lengths must be equal or 1"
        ShapeError.NotBroadcastableTo(a, b), "shape (2, 3) cannot be broadcast to (batch, 4)"
        ShapeError.AxisOutOfRange(-3, a), "axis -3 is out of range for shape (2, 3)"
        ShapeError.AxisRepeated(1, [ 0; 1; 1 ]), "axis 1 is named more than once in [0; 1; 1]"
        ShapeError.SizeMismatch(a, b), "shape (2, 3) cannot be reshaped to (batch, 4): the numbers of elements differ"
        ShapeError.RankMismatch("2 axes", b), "expected 2 axes, but the shape is (batch, 4)"
        ShapeError.LengthMismatch("MatMul, inner axis", Dimension.known 3, Dimension.batch, a, b),
        "MatMul, inner axis: expected a length of 3, but found batch (shapes (2, 3) and (batch, 4))"
        ShapeError.ShapeMismatch("Add", a, b), "Add: shapes (2, 3) and (batch, 4) differ"
        ShapeError.ElementTypeMismatch("Add", "a number", ElementType.Bool), "Add: expected a number, but found bool"
        ShapeError.OutOfBounds("the slice 0:5:1", a), "the slice 0:5:1 is out of bounds for shape (2, 3)"
        ShapeError.InputCount(2, 1), "expected 2 inputs, but found 1"
    ]

    [<Fact>]
    let ``every error is a sentence with the shapes in it`` () =
        Assert.Equal<string list>(List.map snd sentences, List.map (fst >> ShapeError.explain) sentences)
