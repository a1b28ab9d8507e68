namespace Functional.Core.Tests

open System
open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// Operations between layers: names, element types, saved forms, and the sentences of their errors.
type OperationTests() =

    static let input elementType lengths =
        Model.input (Some "x") (List.map Dimension.known lengths) elementType

    static let x = input ElementType.Float32 [ 4; 3 ]

    static let apply className config arguments inputs =
        Lowering.applyWith arguments (OperationRegistry.create className None config) inputs

    static let onBoth left right className =
        (apply className [] (OperationCall.arguments [ left; right ] []) [ input ElementType.Int32 [ 2 ] ])
            .Head.ElementType

    static let message (f: unit -> 'Result) : string =
        (Assert.Throws<ArgumentException>(fun () -> f () |> ignore)).Message

    /// The numbers that an operation gives for rows of numbers.
    static let evaluate className config (rest: ConfigValue list) (rows: float list list) : float list =
        let x = input ElementType.Float32 [ rows.Head.Length ]

        let output =
            apply className config (OperationCall.arguments (OperationCall.input 0 :: rest) []) [ x ]

        let model = Model.create None "Functional" [ x ] output

        Literal.create ElementType.Float64 [ rows.Length; rows.Head.Length ] (List.concat rows)
        |> List.singleton
        |> Evaluation.run Mode.Inference model []
        |> List.collect (fun literal -> List.ofSeq literal.Values)

    [<Fact>]
    member _.``an unknown operation is an error that names the nearest``() =
        let text = message (fun () -> OperationRegistry.create "Substract" None [])
        Assert.Contains("Unknown operation 'Substract'. Did you mean 'Subtract'?", text)

    [<Fact>]
    member _.``a number takes the type of the tensor where it can``() =
        let tensor = OperationCall.input 0
        Assert.Equal(ElementType.Int32, onBoth tensor (ConfigValue.Int 2L) "Add")
        Assert.Equal(ElementType.Float32, onBoth tensor (ConfigValue.Float 2.0) "Add")
        Assert.Equal(ElementType.Float32, onBoth tensor (ConfigValue.Int 2L) "TrueDivide")
        Assert.Equal(ElementType.Bool, onBoth (ConfigValue.Float 0.5) tensor "Less")

    [<Fact>]
    member _.``whole numbers are divided and taken remainders of as Python does``() =
        let divide className =
            evaluate className [] [ ConfigValue.Float 3.0 ] [ [ -7.0; 7.0; -6.0 ] ]

        Assert.Equal<float list>([ -3.0; 2.0; -2.0 ], divide "FloorDivide")
        Assert.Equal<float list>([ 2.0; 1.0; 0.0 ], divide "Mod")

    [<Fact>]
    member _.``numbers that are none are found and replaced``() =
        let rows = [ [ nan; infinity; -infinity; 1.0 ] ]
        Assert.Equal<float list>([ 1.0; 0.0; 0.0; 0.0 ], evaluate "Isnan" [] [] rows)
        Assert.Equal<float list>([ 0.0; 1.0; 1.0; 0.0 ], evaluate "Isinf" [] [] rows)
        Assert.Equal<float list>([ 0.0; 0.0; 0.0; 1.0 ], evaluate "Isfinite" [] [] rows)
        Assert.Equal<float list>([ 0.0; Double.MaxValue; Double.MinValue; 1.0 ], evaluate "NanToNum" [] [] rows)

    [<Fact>]
    member _.``division by zero gives zero where that is asked for``() =
        Assert.Equal<float list>([ 0.0; 0.0 ], evaluate "DivideNoNan" [] [ ConfigValue.Float 0.0 ] [ [ 1.0; -2.0 ] ])

    [<Fact>]
    member _.``positions of the greatest and the least``() =
        let rows = [ [ 1.0; 5.0; 5.0 ]; [ 0.0; -2.0; 7.0 ] ]
        Assert.Equal<float list>([ 1.0; 2.0 ], evaluate "Argmax" [ "axis", ConfigValue.Int -1L ] [] rows)
        Assert.Equal<float list>([ 0.0; 1.0 ], evaluate "Argmin" [ "axis", ConfigValue.Int -1L ] [] rows)
        Assert.Equal<float list>([ 5.0 ], evaluate "Argmax" [] [] rows)

    [<Fact>]
    member _.``one-hot codes stand on any axis``() =
        let rows = [ [ 0.0; 2.0 ] ]

        let codes axis =
            evaluate "OneHot" [ "num_classes", ConfigValue.Int 3L; "axis", ConfigValue.Int axis ] [] rows

        Assert.Equal<float list>([ 1.0; 0.0; 0.0; 0.0; 0.0; 1.0 ], codes -1L)
        Assert.Equal<float list>([ 1.0; 0.0; 0.0; 0.0; 0.0; 1.0 ], codes 0L)
        Assert.Equal<float list>([ 1.0; 0.0; 0.0; 0.0; 0.0; 1.0 ], codes 2L)
        Assert.Equal<float list>([ 1.0; 0.0; 1.0 ], evaluate "MultiHot" [ "num_classes", ConfigValue.Int 3L ] [] rows)

    /// x[start:stop:step] for every start, stop and step, against Python's rule written as a loop.
    [<Fact>]
    member _.``a slice takes the positions that Python takes``() =
        let bound = Gen.oneof [ Gen.constant None; Gen.map Some (Gen.choose (-6, 6)) ]
        let steps = Gen.elements [ 1; 2; 3; -1; -2; -3 ]

        let positions length start stop step =
            let clamp low high value =
                let value = if value < 0 then value + length else value
                max low (min high value)

            if step > 0 then
                let first = start |> Option.map (clamp 0 length) |> Option.defaultValue 0
                let last = stop |> Option.map (clamp 0 length) |> Option.defaultValue length
                [ for position in first..step .. last - 1 -> position ]
            else
                let first =
                    start |> Option.map (clamp -1 (length - 1)) |> Option.defaultValue (length - 1)

                let last = stop |> Option.map (clamp -1 (length - 1)) |> Option.defaultValue -1
                [ for position in first..step .. last + 1 -> position ]

        Prop.forAll (Arb.fromGen (Gen.zip3 bound bound steps)) (fun (start, stop, step) ->
            let expected = positions 5 start stop step

            let key =
                ConfigValue.List [
                    ConfigValue.Object [
                        "class_name", ConfigValue.String "__slice__"
                        "config", ConfigValue.Object []
                    ]
                    ConfigValue.Object [
                        "class_name", ConfigValue.String "__slice__"
                        "config",
                        ConfigValue.Object [
                            "start", Arguments.ofOption Arguments.ofInt start
                            "stop", Arguments.ofOption Arguments.ofInt stop
                            "step", Arguments.ofInt step
                        ]
                    ]
                ]

            let take () =
                evaluate "GetItem" [] [ key ] [ [ 0.0; 1.0; 2.0; 3.0; 4.0 ] ]

            if expected.IsEmpty then
                (message take).Contains "is empty"
            else
                take () = List.map float expected)
        |> Check.QuickThrowOnFailure

    [<Fact>]
    member _.``errors name the operation, what was expected and the shape``() =
        let text =
            message (fun () -> apply "Add" [] [] [ x; input ElementType.Float32 [ 5; 3 ] ])

        Assert.StartsWith("Layer 'add' (Add): shapes (batch, 4, 3) and (batch, 5, 3) cannot be broadcast", text)
        let position = ConfigValue.List [ ConfigValue.Int 0L; ConfigValue.Int 4L ]

        let text =
            message (fun () ->
                apply "GetItem" [] (OperationCall.arguments [ OperationCall.input 0; position ] []) [ x ])

        Assert.Contains("position 4 is outside axis 1 of input 0, which has shape (batch, 4, 3)", text)
        let text = message (fun () -> apply "Sum" [ "axis", ConfigValue.Int 3L ] [] [ x ])
        Assert.Contains("expects an axis 3, but input 0 has shape (batch, 4, 3)", text)

        let text =
            message (fun () -> apply "Einsum" [ "subscripts", ConfigValue.String "bij,jk->bik" ] [] [ x ])

        Assert.Contains("is about 2 operands, but got 1", text)

    [<Fact>]
    member _.``operations are written and read in Keras's form``() =
        let number =
            OperationCall.arguments [ OperationCall.input 0; ConfigValue.Float 0.5 ] []

        let scaled = (apply "Multiply" [] number [ x ]).Head

        let total =
            (apply "Sum" [ "axis", ConfigValue.Int -1L; "keepdims", ConfigValue.Bool false ] [] [ scaled ]).Head

        let saved =
            ModelConfig.toConfig (Model.create (Some "m") "Functional" [ x ] [ total ])

        let layers =
            match Config.tryFind "config" saved with
            | Some(ConfigValue.Object content) -> Config.tryFind "layers" content
            | _ -> None

        let tensor layer shape =
            ConfigValue.Object [
                "class_name", ConfigValue.String "__keras_tensor__"
                "config",
                ConfigValue.Object [
                    "shape", ConfigValue.List(ConfigValue.Null :: List.map Arguments.ofInt shape)
                    "dtype", ConfigValue.String "float32"
                    "keras_history", ConfigValue.List [ ConfigValue.String layer; Arguments.ofInt 0; Arguments.ofInt 0 ]
                ]
            ]

        let operation className name config arguments =
            ConfigValue.Object [
                "module", ConfigValue.String "keras.src.ops.numpy"
                "class_name", ConfigValue.String className
                "config", ConfigValue.Object config
                "registered_name", ConfigValue.String className
                "name", ConfigValue.String name
                "inbound_nodes",
                ConfigValue.List [
                    ConfigValue.Object [ "args", ConfigValue.List arguments; "kwargs", ConfigValue.Object [] ]
                ]
            ]

        match layers with
        | Some(ConfigValue.List [ _; first; second ]) ->
            Assert.Equal(
                operation "Multiply" "multiply" [ "name", ConfigValue.String "multiply" ] [
                    tensor "x" [ 4; 3 ]
                    ConfigValue.Float 0.5
                ],
                first
            )

            Assert.Equal(
                operation "Sum" "sum" [ "axis", ConfigValue.Int -1L; "keepdims", ConfigValue.Bool false ] [
                    tensor "multiply" [ 4; 3 ]
                ],
                second
            )
        | other -> Assert.Fail $"three layers were expected, but found %A{other}"

        Assert.Equal<Config>(saved, ModelConfig.toConfig (ModelConfig.ofConfig saved))

    [<Fact>]
    member _.``tuples of later versions of Keras are read as lists``() =
        let tuple items =
            ConfigValue.Object [
                "class_name", ConfigValue.String "__tuple__"
                "items", ConfigValue.List items
            ]

        Assert.Equal(
            ConfigValue.List [ ConfigValue.List [ ConfigValue.Int 1L ] ],
            SavedCall.withoutTuples (tuple [ tuple [ ConfigValue.Int 1L ] ])
        )
