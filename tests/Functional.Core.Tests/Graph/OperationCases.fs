namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors

/// One input of an operation; integers stay below a length when they are positions.
type OperationInput = {
    Shape: Shape
    ElementType: ElementType
    Below: Dimension option
}

/// An operation that fits its inputs, whose lengths may be unknown, and numbers for the unknown lengths.
type OperationCase = {
    Operation: Operation
    Inputs: OperationInput list
    Sizes: Map<string, int>
}

[<RequireQualifiedAccess>]
module OperationCases =

    let private input (shape: Shape) (elementType: ElementType) : OperationInput = {
        Shape = shape
        ElementType = elementType
        Below = None
    }

    let private float64 shape = input shape ElementType.Float64
    let private bools shape = input shape ElementType.Bool

    let private positions shape length = {
        Shape = shape
        ElementType = ElementType.Int32
        Below = Some length
    }

    let private shapeFrom fewest most =
        Gen.choose (fewest, most) |> Gen.bind SymbolicCases.shapeOf

    let private anyShape = shapeFrom 0 3

    let private length: Gen<Dimension> =
        SymbolicCases.shapeOf 1 |> Gen.map (Shape.dimension 0)

    let private shapeAndAxis =
        gen {
            let! shape = shapeFrom 1 3
            let! axis = Gen.choose (0, Shape.rank shape - 1)
            return shape, axis
        }

    let private elementwise =
        gen {
            let! shape = anyShape

            let! numeric =
                UnionCases.all<BinaryFunction>()
                |> List.except [ BinaryFunction.And; BinaryFunction.Or ]
                |> Gen.elements

            let! logical = Gen.elements [ BinaryFunction.And; BinaryFunction.Or ]
            let! comparison = Gen.elements (UnionCases.all<Comparison>())
            let! elementType = Gen.elements (UnionCases.all<ElementType>())

            let! f =
                UnionCases.all<UnaryFunction>()
                |> List.except [ UnaryFunction.Not ]
                |> Gen.elements

            let x = float64 shape

            return!
                Gen.elements [
                    Operation.Unary f, [ x ]
                    Operation.Unary UnaryFunction.Not, [ bools shape ]
                    Operation.Binary numeric, [ x; x ]
                    Operation.Binary logical, [ bools shape; bools shape ]
                    Operation.Compare comparison, [ x; x ]
                    Operation.Select, [ bools shape; x; x ]
                    Operation.Cast elementType, [ x ]
                    Operation.StopGradient, [ x ]
                ]
        }

    let private leaves =
        gen {
            let! shape, axis = shapeAndAxis
            let! distribution = Gen.elements (UnionCases.all<Distribution>())
            let key = positions (Shape.ofInts [ 2 ]) (Dimension.known 1000)

            return!
                Gen.elements [
                    Operation.Size(Shape.size shape, ElementType.Float64), []
                    Operation.Iota(shape, axis, ElementType.Int32), []
                    Operation.Random(distribution, 3, shape, ElementType.Float64), [ key ]
                ]
        }

    let private shaping =
        gen {
            let! shape = anyShape
            let! source = SymbolicCases.broadcastingTo shape
            let! permutation = Gen.shuffle [| 0 .. Shape.rank shape - 1 |]
            let! axes = Cases.someAxes (Shape.rank shape)
            let reordered = Shape.create (List.rev (Shape.dimensions shape))

            return!
                Gen.elements [
                    Operation.Broadcast shape, [ float64 source ]
                    Operation.Reshape reordered, [ float64 shape ]
                    Operation.Reshape(Shape.create [ Shape.size shape ]), [ float64 shape ]
                    Operation.Transpose(List.ofArray permutation), [ float64 shape ]
                    Operation.Reverse axes, [ float64 shape ]
                ]
        }

    /// Parts that every length has, known or not.
    let private part (length: Dimension) : Gen<SliceAxis> =
        let one = Dimension.known 1

        gen {
            let! stride = Gen.choose (1, 3)

            let! start, stop =
                Gen.elements [ Dimension.known 0, length; Dimension.known 0, one; length - one, length ]

            return {
                Start = start
                Stop = stop
                Stride = stride
            }
        }

    let private padding (_: Dimension) : Gen<PadAxis> =
        gen {
            let! low = Gen.elements [ Dimension.known 0; Dimension.known 2; Dimension.batch ]

            let! high =
                Gen.elements [ Dimension.known 0; Dimension.known 1; Dimension.named "time" ]

            let! interior = Gen.choose (0, 2)

            return {
                Low = low
                High = high
                Interior = interior
            }
        }

    let private cutting =
        gen {
            let! shape = anyShape
            let! parts = Shape.dimensions shape |> List.map part |> Gen.sequenceToList
            let! pads = Shape.dimensions shape |> List.map padding |> Gen.sequenceToList

            return!
                Gen.elements [
                    Operation.Slice parts, [ float64 shape ]
                    Operation.Pad(pads, 0.5), [ float64 shape ]
                ]
        }

    let private alongAxes =
        gen {
            let! shape, axis = shapeAndAxis
            let! axes = Cases.someAxes (Shape.rank shape)
            let! reduction = Gen.elements (UnionCases.all<Reduction>())
            let! others = Gen.listOfLength 2 length
            let! reverse = Gen.elements [ false; true ]
            let! exclusive = Gen.elements [ false; true ]

            let parts =
                shape
                :: (others |> List.map (fun length -> Shape.withDimension axis length shape))

            return!
                Gen.elements [
                    Operation.Reduce(reduction, axes), [ float64 shape ]
                    Operation.ArgMax axis, [ float64 shape ]
                    Operation.CumulativeSum(axis, reverse, exclusive), [ float64 shape ]
                    Operation.Hash(3, None), [ positions shape (Dimension.known 5) ]
                    Operation.Concatenate axis, List.map float64 parts
                ]
        }

    let private products =
        gen {
            let! leading = shapeFrom 0 1
            let! sides = Gen.listOfLength 3 length
            let! transposeLeft = Gen.elements [ false; true ]
            let! transposeRight = Gen.elements [ false; true ]

            let matrix transposed rows columns =
                Shape.dimensions leading
                @ (if transposed then [ columns; rows ] else [ rows; columns ])
                |> Shape.create
                |> float64

            return
                Operation.MatMul(transposeLeft, transposeRight),
                [
                    matrix transposeLeft sides[0] sides[1]
                    matrix transposeRight sides[1] sides[2]
                ]
        }

    let private lookups =
        gen {
            let! shape, axis = shapeAndAxis
            let! indices = shapeFrom 0 2
            let lengths = Shape.dimensions shape
            let entries = positions indices lengths[axis]

            let updates =
                List.take axis lengths @ Shape.dimensions indices @ List.skip (axis + 1) lengths
                |> Shape.create

            return!
                Gen.elements [
                    Operation.Gather axis, [ float64 shape; entries ]
                    Operation.ScatterAdd(axis, lengths[axis]), [ entries; float64 updates ]
                ]
        }

    /// Windows over (batch, space.., channels), of any options that leave room for one window.
    let private windows =
        gen {
            let! axes = Gen.choose (1, 3)
            let! batch = length
            let! space = Gen.listOfLength axes length
            let! strides = Gen.choose (1, 3) |> Gen.listOfLength axes
            let! size = Gen.choose (1, 3) |> Gen.listOfLength axes
            let! dilations = Gen.choose (1, 2) |> Gen.listOfLength axes
            let! groups = Gen.choose (1, 2)
            let! channels = length
            let! filters = Gen.choose (1, 2)
            let! high = Gen.choose (0, 2)

            // As much padding as a window has elements besides one leaves room for it, whatever the length.
            let padding extents =
                extents
                |> List.map (fun extent -> Dimension.known (extent - 1), Dimension.known high)

            let convolution = {
                Strides = strides
                Padding = padding (List.map2 (fun dilation size -> dilation * (size - 1) + 1) dilations size)
                Dilations = dilations
                Groups = groups
            }

            let pool = {
                Size = size
                Strides = strides
                Padding = padding size
            }

            let input channels =
                Shape.create (batch :: space @ [ channels ])

            let image = input (channels * Dimension.known groups)

            let kernel =
                Shape.create (List.map Dimension.known size @ [ channels; Dimension.known (filters * groups) ])

            let resultOf operation inputs =
                match ShapeInference.infer operation [ for input in inputs -> input, ElementType.Float64 ] with
                | Ok(shape, _) -> shape
                | Error error -> invalidOp (ShapeError.explain error)

            let filtered = resultOf (Operation.Convolution convolution) [ image; kernel ]
            let pooled = resultOf (Operation.MaxPool pool) [ image ]

            return!
                Gen.elements [
                    Operation.Convolution convolution, [ image; kernel ]
                    Operation.ConvolutionInputGradient(convolution, image), [ filtered; kernel ]
                    Operation.ConvolutionKernelGradient(convolution, kernel), [ image; filtered ]
                    Operation.SumPool pool, [ image ]
                    Operation.SumPoolGradient(pool, image), [ pooled ]
                    Operation.MaxPool pool, [ image ]
                    Operation.SelectAndScatter pool, [ image; pooled ]
                    Operation.SelectAndGather pool, [ image; image ]
                ]
                |> Gen.map (fun (operation, shapes) -> operation, List.map float64 shapes)
        }

    /// Every operation, on inputs that fit it.
    let any: Arbitrary<OperationCase> =
        gen {
            let! operation, inputs =
                Gen.oneof [ elementwise; leaves; shaping; cutting; alongAxes; products; lookups; windows ]

            let! sizes = SymbolicCases.sizes

            return {
                Operation = operation
                Inputs = inputs
                Sizes = sizes
            }
        }
        |> Arb.fromGen
