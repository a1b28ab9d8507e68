namespace Functional.Core.Tests

open Functional.Core.Graph
open Functional.Core.Tensors
open Xunit

/// What every operation says of inputs that do not fit.
module ShapeErrorTests =

    let private float64 lengths =
        Shape.ofInts lengths, ElementType.Float64

    let private float32 lengths =
        Shape.ofInts lengths, ElementType.Float32

    let private int32 lengths = Shape.ofInts lengths, ElementType.Int32
    let private bool lengths = Shape.ofInts lengths, ElementType.Bool
    let private known = Dimension.known

    let private part start stop stride = {
        Start = start
        Stop = stop
        Stride = stride
    }

    let private padding low high interior = {
        Low = known low
        High = known high
        Interior = interior
    }

    let private batch =
        Shape.create [ Dimension.batch; Dimension.known 2 ], ElementType.Float64

    let private refusals: (Operation * (Shape * ElementType) list * string) list = [
        Operation.Size(Dimension.batch, ElementType.Bool), [], "Size: expected a number, but found bool"
        Operation.Iota(Shape.ofInts [ 3 ], 1, ElementType.Int32), [], "axis 1 is out of range for shape (3,)"
        Operation.Iota(Shape.ofInts [ 3 ], -1, ElementType.Int32), [], "axis -1 is out of range for shape (3,)"
        Operation.Iota(Shape.ofInts [ 3 ], 0, ElementType.Bool), [], "Iota: expected a number, but found bool"
        Operation.Random(Distribution.Normal, 0, Shape.scalar, ElementType.Float32),
        [ float64 [ 2 ] ],
        "Random, key: expected int32, but found float64"
        Operation.Random(Distribution.Normal, 0, Shape.scalar, ElementType.Float32),
        [ int32 [ 3 ] ],
        "expected a key of shape (2,), but the shape is (3,)"
        Operation.Random(Distribution.Normal, 0, Shape.scalar, ElementType.Int32),
        [ int32 [ 2 ] ],
        "Random: expected float32 or float64, but found int32"
        Operation.Unary UnaryFunction.Exp, [ int32 [ 2 ] ], "Exp: expected float32 or float64, but found int32"
        Operation.Unary UnaryFunction.Negate, [ bool [ 2 ] ], "Negate: expected a number, but found bool"
        Operation.Unary UnaryFunction.Not, [ int32 [ 2 ] ], "Not: expected bool, but found int32"
        Operation.Binary BinaryFunction.Add, [ float64 [ 2 ]; float64 [ 3 ] ], "Add: shapes (2,) and (3,) differ"
        Operation.Binary BinaryFunction.Add,
        [ float64 [ 2 ]; float32 [ 2 ] ],
        "Add: expected float64, but found float32"
        Operation.Binary BinaryFunction.Add, [ bool [ 2 ]; bool [ 2 ] ], "Add: expected a number, but found bool"
        Operation.Binary BinaryFunction.Power,
        [ int32 [ 2 ]; int32 [ 2 ] ],
        "Power: expected float32 or float64, but found int32"
        Operation.Binary BinaryFunction.Or, [ float64 []; float64 [] ], "Or: expected bool, but found float64"
        Operation.Compare Comparison.Less, [ float64 [ 2 ]; float64 [ 1 ] ], "Less: shapes (2,) and (1,) differ"
        Operation.Compare Comparison.Less, [ float64 [ 2 ]; int32 [ 2 ] ], "Less: expected float64, but found int32"
        Operation.Select, [ bool [ 2 ]; float64 [ 2 ]; float64 [ 3 ] ], "Select: shapes (2,) and (3,) differ"
        Operation.Select, [ bool [ 3 ]; float64 [ 2 ]; float64 [ 2 ] ], "Select, condition: shapes (2,) and (3,) differ"
        Operation.Select,
        [ int32 [ 2 ]; float64 [ 2 ]; float64 [ 2 ] ],
        "Select, condition: expected bool, but found int32"
        Operation.Broadcast(Shape.ofInts [ 2; 3 ]), [ float64 [ 2 ] ], "shape (2,) cannot be broadcast to (2, 3)"
        Operation.Broadcast(Shape.ofInts [ 3 ]), [ float64 [ 2; 3 ] ], "shape (2, 3) cannot be broadcast to (3,)"
        Operation.Broadcast(Shape.ofInts [ 1 ]), [ float64 [ 3 ] ], "shape (3,) cannot be broadcast to (1,)"
        Operation.Reshape(Shape.ofInts [ 4 ]),
        [ float64 [ 2; 3 ] ],
        "shape (2, 3) cannot be reshaped to (4,): the numbers of elements differ"
        Operation.Reshape(Shape.ofInts [ 4 ]),
        [ batch ],
        "shape (batch, 2) cannot be reshaped to (4,): the numbers of elements differ"
        Operation.Transpose [ 0 ],
        [ float64 [ 2; 3 ] ],
        "expected a shape whose every axis is once in the permutation [0], but the shape is (2, 3)"
        Operation.Transpose [ 0; 0 ],
        [ float64 [ 2; 3 ] ],
        "expected a shape whose every axis is once in the permutation [0; 0], but the shape is (2, 3)"
        Operation.Slice [], [ float64 [ 2 ] ], "expected 0 axes, but the shape is (2,)"
        Operation.Slice [ part (known 0) (known 3) 1 ],
        [ float64 [ 2 ] ],
        "the slice 0:3:1 is out of bounds for shape (2,)"
        Operation.Slice [ part (known 1) (known 1) 1 ],
        [ float64 [ 2 ] ],
        "the slice 1:1:1 is out of bounds for shape (2,)"
        Operation.Slice [ part (known 0) (known 2) 0 ],
        [ float64 [ 2 ] ],
        "the slice 0:2:0 is out of bounds for shape (2,)"
        Operation.Slice [ part (known -1) Dimension.batch 1; part (known 0) (known 2) 1 ],
        [ batch ],
        "the slice -1:batch:1 is out of bounds for shape (batch, 2)"
        Operation.Slice [ part (known 0) (Dimension.batch + known 1) 1; part (known 0) (known 2) 1 ],
        [ batch ],
        "the slice 0:batch + 1:1 is out of bounds for shape (batch, 2)"
        Operation.Pad([ padding 0 0 0; padding 0 0 0 ], 0.0),
        [ float64 [ 2 ] ],
        "expected 2 axes, but the shape is (2,)"
        Operation.Pad([ padding -1 0 0 ], 0.0), [ float64 [ 2 ] ], "the padding -1:0:0 is out of bounds for shape (2,)"
        Operation.Pad([ padding 0 -1 0 ], 0.0), [ float64 [ 2 ] ], "the padding 0:-1:0 is out of bounds for shape (2,)"
        Operation.Pad([ padding 0 0 -1 ], 0.0), [ float64 [ 2 ] ], "the padding 0:0:-1 is out of bounds for shape (2,)"
        Operation.Concatenate 1, [ float64 [ 2 ]; float64 [ 2 ] ], "axis 1 is out of range for shape (2,)"
        Operation.Concatenate -1, [ float64 [ 2 ]; float64 [ 2 ] ], "axis -1 is out of range for shape (2,)"
        Operation.Concatenate 1,
        [ float64 [ 2; 3 ]; float64 [ 4; 3 ] ],
        "Concatenate along axis 1: shapes (2, 3) and (4, 3) differ"
        Operation.Concatenate 0,
        [ float64 [ 2; 3 ]; float64 [ 3 ] ],
        "Concatenate along axis 0: shapes (2, 3) and (3,) differ"
        Operation.Concatenate 0, [ float64 [ 2 ]; float32 [ 2 ] ], "Concatenate: expected float64, but found float32"
        Operation.Reverse [ 2 ], [ float64 [ 2; 3 ] ], "axis 2 is out of range for shape (2, 3)"
        Operation.Reverse [ -1 ], [ float64 [ 2; 3 ] ], "axis -1 is out of range for shape (2, 3)"
        Operation.Reverse [ 1; 1 ], [ float64 [ 2; 3 ] ], "axis 1 is named more than once in [1; 1]"
        Operation.Reduce(Reduction.Sum, [ 2 ]), [ float64 [ 2; 3 ] ], "axis 2 is out of range for shape (2, 3)"
        Operation.Reduce(Reduction.Sum, [ -1 ]), [ float64 [ 2; 3 ] ], "axis -1 is out of range for shape (2, 3)"
        Operation.Reduce(Reduction.Sum, [ 0; 0 ]), [ float64 [ 2; 3 ] ], "axis 0 is named more than once in [0; 0]"
        Operation.Reduce(Reduction.Sum, [ 0 ]), [ bool [ 2 ] ], "Reduce: expected a number, but found bool"
        Operation.ArgMax 1, [ float64 [ 2 ] ], "axis 1 is out of range for shape (2,)"
        Operation.ArgMax -1, [ float64 [ 2 ] ], "axis -1 is out of range for shape (2,)"
        Operation.MatMul(false, false),
        [ float64 [ 2 ]; float64 [ 2 ] ],
        "expected at least 2 axes, but the shape is (2,)"
        Operation.MatMul(false, false),
        [ float64 [ 2; 3 ]; float64 [ 1; 3; 4 ] ],
        "MatMul: shapes (2, 3) and (1, 3, 4) differ"
        Operation.MatMul(false, false),
        [ float64 [ 5; 2; 3 ]; float64 [ 1; 3; 4 ] ],
        "MatMul, leading axes: shapes (5, 2, 3) and (1, 3, 4) differ"
        Operation.MatMul(false, false),
        [ float64 [ 2; 3 ]; float64 [ 4; 5 ] ],
        "MatMul, inner axis: expected a length of 3, but found 4 (shapes (2, 3) and (4, 5))"
        Operation.MatMul(true, true),
        [ float64 [ 2; 3 ]; float64 [ 4; 5 ] ],
        "MatMul, inner axis: expected a length of 2, but found 5 (shapes (2, 3) and (4, 5))"
        Operation.MatMul(false, false),
        [ int32 [ 2; 3 ]; int32 [ 3; 4 ] ],
        "MatMul: expected float32 or float64, but found int32"
        Operation.MatMul(false, false),
        [ float64 [ 2; 3 ]; float32 [ 3; 4 ] ],
        "MatMul: expected float64, but found float32"
        Operation.Gather 0, [ float64 [ 3 ]; float64 [ 2 ] ], "Gather, indices: expected int32, but found float64"
        Operation.Gather 1, [ float64 [ 3 ]; int32 [ 2 ] ], "axis 1 is out of range for shape (3,)"
        Operation.Gather -1, [ float64 [ 3 ]; int32 [ 2 ] ], "axis -1 is out of range for shape (3,)"
        Operation.ScatterAdd(0, known 3),
        [ float64 [ 2 ]; float64 [ 2 ] ],
        "ScatterAdd, indices: expected int32, but found float64"
        Operation.ScatterAdd(1, known 3), [ int32 [ 2 ]; float64 [ 2 ] ], "axis 1 is out of range for shape (2,)"
        Operation.ScatterAdd(0, known 3),
        [ int32 [ 2 ]; float64 [ 4 ] ],
        "ScatterAdd, indices against updates: shapes (2,) and (4,) differ"
        Operation.ScatterAdd(0, known 0),
        [ int32 [ 2 ]; float64 [ 2 ] ],
        "every axis must have a length of at least 1, but axis 0 of shape (0,) has not"
    ]

    [<Fact>]
    let ``every operation says in a sentence what does not fit`` () =
        let found = [
            for operation, inputs, _ in refusals ->
                match ShapeInference.infer operation inputs with
                | Ok(shape, _) -> $"accepted as {shape}"
                | Error error -> ShapeError.explain error
        ]

        Assert.Equal<string list>([ for _, _, sentence in refusals -> sentence ], found)
