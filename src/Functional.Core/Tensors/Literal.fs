namespace Functional.Core.Tensors

open System
open System.Collections.Immutable
open System.Runtime.InteropServices

/// A concrete array of numbers, row-major: constants of a graph and values of the interpreter.
/// Every element type is held as float64, which represents float32, int32 and bool exactly.
[<CustomEquality; NoComparison>]
type Literal = {
    ElementType: ElementType
    Dimensions: ImmutableArray<int>
    Values: ImmutableArray<float>
} with

    /// Equal to the last bit: NaN equals NaN, 0.0 differs from -0.0.
    override this.Equals(other: obj) =
        match other with
        | :? Literal as literal ->
            this.ElementType = literal.ElementType
            && this.Dimensions.AsSpan().SequenceEqual(literal.Dimensions.AsSpan())
            && MemoryMarshal.AsBytes(this.Values.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(literal.Values.AsSpan()))
        | _ -> false

    override this.GetHashCode() =
        let mutable hash = System.HashCode()
        hash.Add this.ElementType
        hash.AddBytes(MemoryMarshal.AsBytes(this.Dimensions.AsSpan()))
        hash.AddBytes(MemoryMarshal.AsBytes(this.Values.AsSpan()))
        hash.ToHashCode()

[<RequireQualifiedAccess>]
module Literal =

    /// Row-major values of a shape. Raises ArgumentException when their number does not fit.
    let create (elementType: ElementType) (dimensions: int seq) (values: float seq) : Literal =
        let dimensions = ImmutableArray.CreateRange dimensions
        let values = ImmutableArray.CreateRange values
        let size = Seq.fold (*) 1 dimensions

        if values.Length <> size then
            invalidArg
                (nameof values)
                $"Expected {size} values for shape %A{List.ofSeq dimensions}, but found {values.Length}."

        {
            ElementType = elementType
            Dimensions = dimensions
            Values = values
        }

    /// One number without axes.
    let scalar (elementType: ElementType) (value: float) : Literal = create elementType [] [ value ]

    /// The shape, all known.
    let shape (literal: Literal) : Shape = Shape.ofInts literal.Dimensions

    /// The one value of a literal without axes (or with one element).
    let item (literal: Literal) : float = literal.Values[0]
