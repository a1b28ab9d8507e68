namespace Functional.Core.Tensors

/// The type of one element of a tensor.
[<RequireQualifiedAccess>]
type ElementType =
    | Float32
    | Float64
    | Int32
    | Bool

[<RequireQualifiedAccess>]
module ElementType =

    /// Whether values of this type can carry a gradient.
    let isFloating (elementType: ElementType) : bool =
        match elementType with
        | ElementType.Float32
        | ElementType.Float64 -> true
        | ElementType.Int32
        | ElementType.Bool -> false

    /// The size of one element, in bytes.
    let sizeInBytes (elementType: ElementType) : int =
        match elementType with
        | ElementType.Float32
        | ElementType.Int32 -> 4
        | ElementType.Float64 -> 8
        | ElementType.Bool -> 1

    /// Keras's name of the type: "float32", "float64", "int32", "bool".
    let name (elementType: ElementType) : string =
        match elementType with
        | ElementType.Float32 -> "float32"
        | ElementType.Float64 -> "float64"
        | ElementType.Int32 -> "int32"
        | ElementType.Bool -> "bool"

    /// The type that Keras's name stands for, or None.
    let tryOfName (name: string) : ElementType option =
        match name with
        | "float32" -> Some ElementType.Float32
        | "float64" -> Some ElementType.Float64
        | "int32" -> Some ElementType.Int32
        | "bool" -> Some ElementType.Bool
        | _ -> None
