namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Tensors
open Functional.Testing

/// Gradients of operations between layers by their operands, over random shapes and arguments.
type OperationGradientTests() =

    static let whole (value: int) = Arguments.ofInt value

    static let case className config (arguments: Config) (inputs: Literal list) : LayerCase = {
        LayerGradient.case (OperationRegistry.create className None config) Mode.Inference inputs with
            Arguments = arguments
    }

    /// An operation on one tensor of two or three axes.
    static let unary (change: float -> float) (operations: (string * Config) list) =
        gen {
            let! className, config = Gen.elements operations
            let! rank = Gen.choose (2, 3)
            let! shape = LayerGradient.shapes rank
            let! input = LayerGradient.values shape
            return case className config [] [ Samples.map change input ]
        }
        |> LayerGradient.holds

    /// An operation on shapes (2, 4, 3).
    static let onBlocks (operations: (string * Config) list) =
        gen {
            let! className, config = Gen.elements operations
            let! input = LayerGradient.values [ 2; 4; 3 ]
            return case className config [] [ input ]
        }
        |> LayerGradient.holds

    static let plain names =
        names |> List.map (fun name -> name, [])

    static let ints values = Arguments.ofInts values

    static let slice start stop step =
        ConfigValue.Object [
            "class_name", ConfigValue.String "__slice__"
            "config", ConfigValue.Object [ "start", start; "stop", stop; "step", step ]
        ]

    static let nothing = ConfigValue.Null

    [<Fact>]
    member _.``functions of one number``() =
        unary
            id
            (plain [
                "Exp"
                "Expm1"
                "Sin"
                "Cos"
                "Tan"
                "Sinh"
                "Cosh"
                "Tanh"
                "Arctan"
                "Arcsinh"
                "Erf"
                "Negative"
                "Square"
                "Absolute"
                "Copy"
                "Relu"
                "Sigmoid"
                "Softplus"
                "Softsign"
                "Silu"
                "LogSigmoid"
                "Gelu"
                "Elu"
                "LeakyRelu"
                "Selu"
                "Softmax"
                "LogSoftmax"
                "Normalize"
             ]
             @ [ "Clip", [ "x_min", ConfigValue.Float -0.5; "x_max", ConfigValue.Float 0.4 ] ])

        unary (fun value -> abs value + 0.5) (plain [ "Log"; "Log1p"; "Log2"; "Log10"; "Sqrt"; "Rsqrt"; "Reciprocal" ])

        unary (fun value -> 0.4 * value) (plain [ "Arcsin"; "Arccos"; "Arctanh" ])
        unary (fun value -> abs value + 1.5) (plain [ "Arccosh" ])

    [<Fact>]
    member _.``functions of two operands, broadcast, with numbers on either side``() =
        gen {
            let! className =
                Gen.elements [ "Add"; "Subtract"; "Multiply"; "TrueDivide"; "Power"; "Maximum"; "Logaddexp" ]

            let! rows = Gen.choose (1, 3)
            let! isStretched = Gen.elements [ true; false ]
            let positive = Samples.map (fun value -> abs value + 0.5)
            let! left = LayerGradient.values [ rows; 3; 2 ] |> Gen.map positive

            let! right =
                LayerGradient.values (if isStretched then [ rows; 1; 2 ] else [ rows; 3; 2 ])
                |> Gen.map (Samples.map (fun value -> 0.61 * abs value + 0.8))

            let number = ConfigValue.Float 1.37
            let input = OperationCall.input

            let! arguments, inputs =
                Gen.elements [
                    [], [ left; right ]
                    OperationCall.arguments [ input 0; number ] [], [ left ]
                    OperationCall.arguments [ number; input 0 ] [], [ left ]
                    OperationCall.arguments [ input 0 ] [ "x2", input 1 ], [ right; left ]
                ]

            return case className [] arguments inputs
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``reductions over one axis, several and all``() =
        gen {
            let! className =
                Gen.elements [
                    "Sum"
                    "Mean"
                    "Prod"
                    "Var"
                    "Std"
                    "Max"
                    "Min"
                    "Logsumexp"
                    "Norm"
                    "Average"
                ]

            let! axis = Gen.elements [ whole 1; whole -1; ints [ 1; 2 ]; nothing ]
            let! keepDimensions = Gen.elements [ true; false ]
            let! input = LayerGradient.values [ 2; 3; 4 ]
            return case className [ "axis", axis; "keepdims", ConfigValue.Bool keepDimensions ] [] [ input ]
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``movements``() =
        onBlocks [
            "Reshape", [ "newshape", ints [ -1; 6 ] ]
            "Reshape", [ "newshape", ConfigValue.List [ nothing; whole 3; whole 4 ] ]
            "Ravel", []
            "Transpose", [ "axes", ints [ 0; 2; 1 ] ]
            "Moveaxis", [ "source", ints [ 1 ]; "destination", ints [ -1 ] ]
            "Swapaxes", [ "axis1", whole 1; "axis2", whole 2 ]
            "ExpandDims", [ "axis", whole -1 ]
            "BroadcastTo", [ "shape", ints [ 5; -1; 4; 3 ] ]
            "Flip", [ "axis", whole 1 ]
            "Roll", [ "shift", whole 3; "axis", whole 1 ]
            "Roll", [ "shift", whole -1; "axis", nothing ]
            "Repeat", [ "repeats", whole 2; "axis", whole 1 ]
            "Tile", [ "repeats", ints [ 2; 1 ] ]
            "Pad", [ "pad_width", Arguments.ofPairs [ 0, 0; 1, 2; 0, 1 ] ]
            "Tril", [ "k", whole 0 ]
            "Triu", [ "k", whole 1 ]
            "Split", [ "indices_or_sections", whole 2; "axis", whole 1 ]
            "Split", [ "indices_or_sections", ints [ 1; 3 ]; "axis", whole 1 ]
            "Unstack", [ "axis", whole 1 ]
        ]

    [<Fact>]
    member _.``parts by positions, slices, steps, an ellipsis and new axes``() =
        gen {
            let whole = whole

            let! key =
                Gen.elements [
                    [ slice nothing nothing nothing; whole 1 ]
                    [ slice nothing nothing nothing; whole -1; slice (whole 1) nothing nothing ]
                    [ ConfigValue.String "..."; slice nothing (whole -1) nothing ]
                    [ slice nothing nothing nothing; slice nothing nothing (whole 2) ]
                    [ slice nothing nothing nothing; slice nothing nothing (whole -1) ]
                    [ slice nothing nothing nothing; slice (whole 2) nothing (whole -2) ]
                    [ slice nothing nothing nothing; nothing; whole 0 ]
                ]

            let! input = LayerGradient.values [ 2; 4; 3 ]

            return
                case "GetItem" [] (OperationCall.arguments [ OperationCall.input 0; ConfigValue.List key ] []) [ input ]
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``products``() =
        gen {
            let! className, config, left, right =
                Gen.elements [
                    "Matmul", [], [ 2; 3; 4 ], [ 2; 4; 2 ]
                    "Matmul", [], [ 2; 3; 4 ], [ 4; 2 ]
                    "Matmul", [], [ 2; 3; 4 ], [ 4 ]
                    "Dot", [], [ 2; 4 ], [ 4; 3 ]
                    "Dot", [], [ 2; 3; 4 ], [ 4 ]
                    "Outer", [], [ 2; 2 ], [ 2; 3 ]
                    "Tensordot", [ "axes", whole 1 ], [ 2; 3; 4 ], [ 4; 2 ]
                    "Tensordot", [ "axes", ConfigValue.List [ ints [ 1; 2 ]; ints [ 1; 0 ] ] ], [ 2; 3; 4 ], [ 4; 3; 2 ]
                    "Einsum", [ "subscripts", ConfigValue.String "bij,bjk->bik" ], [ 2; 3; 4 ], [ 2; 4; 2 ]
                    "Einsum", [ "subscripts", ConfigValue.String "...i,ij->...j" ], [ 2; 3; 4 ], [ 4; 2 ]
                    "Einsum", [ "subscripts", ConfigValue.String "bi,bi" ], [ 2; 3 ], [ 2; 3 ]
                    "Einsum", [ "subscripts", ConfigValue.String "bi,cj->ib" ], [ 2; 3 ], [ 2; 2 ]
                ]

            let! first = LayerGradient.values left
            let! second = LayerGradient.values right

            let arguments =
                OperationCall.arguments [ OperationCall.input 0; OperationCall.input 1 ] []

            // The second operand is fixed, unless it has a batch as the first one.
            let fixedArray =
                let rec nested lengths values =
                    match lengths with
                    | [] -> List.head values |> ConfigValue.Float
                    | length :: rest -> values |> List.splitInto length |> List.map (nested rest) |> ConfigValue.List

                nested right (List.ofSeq second.Values)

            if right.Head = left.Head then
                return case className config arguments [ first; second ]
            else
                return
                    case className config (OperationCall.arguments [ OperationCall.input 0; fixedArray ] []) [ first ]
        }
        |> LayerGradient.holds

    [<Fact>]
    member _.``lists of tensors, choices and look-ups``() =
        gen {
            let! first = LayerGradient.values [ 2; 3 ]
            let! second = LayerGradient.values [ 2; 3 ]
            let! bits = Gen.listOfLength 6 (Gen.elements [ 0.0; 1.0 ])
            let! positions = Gen.listOfLength 6 (Gen.choose (-3, 2))
            let condition = Literal.create ElementType.Bool [ 2; 3 ] bits
            let input = OperationCall.input
            let together = OperationCall.arguments [ ConfigValue.List [ input 0; input 1 ] ] []

            return!
                Gen.elements [
                    case "Concatenate" [ "axis", whole -1 ] together [ first; second ]
                    case "Stack" [ "axis", whole 1 ] together [ first; second ]
                    case "Hstack" [] together [ first; second ]
                    case "Vstack" [] together [ first; second ]
                    case "Where" [] (OperationCall.arguments [ input 2; input 0; input 1 ] []) [
                        first
                        second
                        condition
                    ]
                    case "Take" [ "axis", whole 1 ] (OperationCall.arguments [ input 0; ints positions ] []) [ first ]
                    case "Average" [ "axis", whole 1 ] [] [ first; Samples.map (fun value -> abs value + 0.5) second ]
                ]
        }
        |> LayerGradient.holds
