namespace Functional.Core.Graph

open Functional.Core.Tensors

/// What a leaf stands for.
[<RequireQualifiedAccess>]
type LeafKind =
    /// Data given at every run: a batch, a learning rate, a random key.
    | Input
    /// A weight that an optimizer changes.
    | Parameter
    /// State that is kept between runs but not trained: moving averages, optimizer slots, metric totals.
    | Variable

/// A function of one number. Names as in NumPy.
[<RequireQualifiedAccess>]
type UnaryFunction =
    | Negate
    | Abs
    | Sign
    | Exp
    | Expm1
    | Log
    | Log1p
    | Sqrt
    | Rsqrt
    | Tanh
    | Sigmoid
    | Softplus
    | Erf
    | Sin
    | Cos
    | Tan
    | Asin
    | Acos
    | Atan
    | Sinh
    | Cosh
    | Asinh
    | Acosh
    | Atanh
    | Floor
    | Ceiling
    /// Half to even.
    | Round
    /// Logical negation of a bool.
    | Not

/// A function of two numbers of one element type. Names as in NumPy; And and Or take bools.
[<RequireQualifiedAccess>]
type BinaryFunction =
    | Add
    | Subtract
    | Multiply
    | Divide
    | Power
    | Maximum
    | Minimum
    /// The remainder with the sign of the divisor.
    | Remainder
    | Atan2
    | And
    | Or

/// A comparison of two numbers, with a bool as result. Every comparison with NaN but NotEqual is false.
[<RequireQualifiedAccess>]
type Comparison =
    | Equal
    | NotEqual
    | Less
    | LessOrEqual
    | Greater
    | GreaterOrEqual

/// How a reduction combines the elements of an axis.
[<RequireQualifiedAccess>]
type Reduction =
    | Sum
    | Maximum
    | Minimum
    | Product

/// What random numbers look like; their definition is Randomness/Philox.fs.
[<RequireQualifiedAccess>]
type Distribution =
    /// Uniform in [0, 1).
    | Uniform
    /// Mean 0, standard deviation 1.
    | Normal
    /// The normal distribution cut at two standard deviations (before the cut).
    | TruncatedNormal

/// The part of one axis that a slice takes: start, start + stride, ... below stop.
type SliceAxis = {
    Start: Dimension
    Stop: Dimension
    Stride: int
}

/// What padding adds to one axis: before it, after it, and between neighbours.
type PadAxis = {
    Low: Dimension
    High: Dimension
    Interior: int
}

/// How a kernel slides over the spatial axes of (batch, space.., channels); every list has one entry per spatial axis.
type ConvolutionWindow = {
    /// Input positions from one output position to the next.
    Strides: int list
    /// Zeros before and after the input.
    Padding: (Dimension * Dimension) list
    /// Input positions from one element of the kernel to the next.
    Dilations: int list
    /// Into how many groups the channels fall; each group of outputs reads only its group of inputs.
    Groups: int
}

/// The windows that pooling looks at, over the spatial axes of (batch, space.., channels); every list has one entry per
/// spatial axis.
type PoolWindow = {
    /// Positions that a window covers.
    Size: int list
    /// Input positions from one window to the next.
    Strides: int list
    /// Positions before and after the input, which count as no elements.
    Padding: (Dimension * Dimension) list
}

/// The closed set of primitives; everything else is made of these. Semantics as NumPy and StableHLO define them.
[<RequireQualifiedAccess>]
type Operation =
    /// No inputs. A value given from outside; equal kinds and names are one value.
    | Leaf of kind: LeafKind * name: string * shape: Shape * elementType: ElementType
    /// No inputs. Fixed values.
    | Constant of literal: Literal
    /// No inputs. The length of an axis, as a number without axes.
    | Size of length: Dimension * elementType: ElementType
    /// No inputs. The position along one axis.
    | Iota of shape: Shape * axis: int * elementType: ElementType
    /// Input: key, int32 of shape (2,): seed and step. Equal keys and streams give equal numbers.
    | Random of distribution: Distribution * stream: int * shape: Shape * elementType: ElementType
    | Unary of unary: UnaryFunction
    /// Both inputs have one shape and one element type.
    | Binary of binary: BinaryFunction
    /// Both inputs have one shape and one element type; the result is bool.
    | Compare of comparison: Comparison
    /// Inputs: condition (bool), value where true, value where false; all of one shape.
    | Select
    /// To int32 truncates toward zero; to bool is "not zero".
    | Cast of elementType: ElementType
    /// The input's value; no gradient flows back.
    | StopGradient
    /// NumPy's broadcast_to: aligned at the right, axes of length 1 are stretched.
    | Broadcast of shape: Shape
    | Reshape of shape: Shape
    /// Axis i of the result is axis permutation[i] of the input.
    | Transpose of permutation: int list
    | Slice of axes: SliceAxis list
    | Pad of axes: PadAxis list * value: float
    | Concatenate of axis: int
    | Reverse of axes: int list
    /// Removes the axes (sorted positions).
    | Reduce of reduction: Reduction * axes: int list
    /// Removes the axis; the position of the first maximum, as int32.
    | ArgMax of axis: int
    /// Sums along the axis up to each place, or from it on where reversed; without the place itself where exclusive.
    | CumulativeSum of axis: int * reverse: bool * exclusive: bool
    /// int32 to int32: the bin of a whole number by a hash of its decimal text (Hashing/DecimalHash.fs).
    | Hash of bins: int * key: (uint64 * uint64) option
    /// Inputs (..., m, k) and (..., k, n), either transposed in its last two axes; leading axes are equal.
    | MatMul of transposeLeft: bool * transposeRight: bool
    /// Inputs: values, indices (int32). The axis is replaced by the axes of the indices.
    | Gather of axis: int
    /// Inputs: indices (int32), updates shaped as a gather's result. Zeros with updates added: the adjoint of Gather.
    | ScatterAdd of axis: int * length: Dimension
    /// Inputs (batch, space.., channels in) and kernel (size.., channels in / groups, channels out), as Keras keeps it;
    /// the result is (batch, space.., channels out). The kernel is not turned round (a cross-correlation).
    | Convolution of window: ConvolutionWindow
    /// Inputs: upstream, shaped as a convolution's result, and kernel. The adjoint of Convolution in its input, also known
    /// as transposed convolution.
    | ConvolutionInputGradient of window: ConvolutionWindow * inputShape: Shape
    /// Inputs: a convolution's input, and upstream, shaped as its result. The adjoint of Convolution in its kernel.
    | ConvolutionKernelGradient of window: ConvolutionWindow * kernelShape: Shape
    /// The sum of every window.
    | SumPool of window: PoolWindow
    /// Input: upstream, shaped as a pool's result. The adjoint of SumPool.
    | SumPoolGradient of window: PoolWindow * inputShape: Shape
    /// The greatest element of every window; -infinity where a window has none.
    | MaxPool of window: PoolWindow
    /// Inputs: values, and upstream shaped as their pool's result. Zeros shaped as the values, with the upstream of every
    /// window added where its first maximum (row-major) is: the adjoint of MaxPool.
    | SelectAndScatter of window: PoolWindow
    /// Inputs: values, and others of the same shape. The other at the first maximum of every window of the values: the
    /// adjoint of SelectAndScatter.
    | SelectAndGather of window: PoolWindow
    /// Inputs: the carries' first values, sequences whose leading axis is the length, and values that every step sees.
    /// One result of a loop: a carry's last value, or an output of every step along a new leading axis. Nodes of equal
    /// scans and inputs are results of one loop.
    | Scan of scan: Scan * result: int

/// One step of a graph in numbers: an operation on earlier steps.
and BodyStep = {
    Operation: Operation
    /// Positions of earlier steps.
    Inputs: int list
    Shape: Shape
    ElementType: ElementType
}

/// A graph as a value. Its leaf for input i is the Input named i.
and Body = {
    Steps: BodyStep list
    /// Positions of steps.
    Outputs: int list
}

/// A loop over the leading axis of sequences. The body computes the next carries and outputs from the carries, one
/// position of each sequence (without the leading axis), and the other inputs.
and Scan = {
    Length: Dimension
    /// Whether the loop goes from the last position to the first.
    IsReversed: bool
    /// The number of carries: as many results, and as many of the body's outputs, come first.
    CarryCount: int
    SequenceCount: int
    Body: Body
}

[<RequireQualifiedAccess>]
module BodyStep =

    /// The number of the input that a step stands for.
    let tryInput (step: BodyStep) : int option =
        match step.Operation with
        | Operation.Leaf(_, name, _, _) -> Some(int name)
        | _ -> None
