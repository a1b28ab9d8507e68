namespace Functional.Runtime.Tests.Operations

open System
open System.IO
open System.IO.Compression
open System.Text.Json.Nodes
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Kernels.Memory
open Functional.Runtime.Execution
open Functional.Runtime.Interop
open Functional.Runtime.Sessions

/// Every operation for all element types: what Keras 3.3.3 answers (types as it documents them, numbers by PyTorch).
/// operations.json.gz was recorded from it; each case is an operation, its arguments, its operands and its results.
module OperationTableTests =

    let private field (key: string) (content: Config) : ConfigValue =
        Config.tryFind key content |> Option.get

    let private items (value: ConfigValue) : ConfigValue list =
        match value with
        | ConfigValue.List items -> items
        | other -> failwith $"expects a list, but got %A{other}"

    let private text (value: ConfigValue) : string =
        match value with
        | ConfigValue.String text -> text
        | other -> failwith $"expects a text, but got %A{other}"

    let private cases: Config list =
        let resource =
            Reflection.Assembly.GetExecutingAssembly().GetManifestResourceStream "operations.json.gz"
            |> Option.ofObj
            |> Option.get

        use unpacked = new GZipStream(resource, CompressionMode.Decompress)
        use reader = new StreamReader(unpacked)

        [
            for case in items (ConfigJson.toValue (JsonNode.Parse(reader.ReadToEnd()))) do
                match case with
                | ConfigValue.Object content -> content
                | other -> failwith $"expects a case, but got %A{other}"
        ]

    let private number (value: ConfigValue) : float =
        match value with
        | ConfigValue.Bool flag -> if flag then 1.0 else 0.0
        | ConfigValue.Int whole -> float whole
        | ConfigValue.Float real -> real
        | ConfigValue.String "nan" -> nan
        | ConfigValue.String "inf" -> infinity
        | ConfigValue.String "-inf" -> -infinity
        | other -> failwith $"expects a number, but got %A{other}"

    let private tryTensor (value: ConfigValue) : Config option =
        match value with
        | ConfigValue.Object tensor -> Some tensor
        | _ -> None

    let private shape (tensor: Config) : int array =
        items (field "shape" tensor) |> List.map (number >> int) |> Array.ofList

    let private elementType (tensor: Config) : ElementType =
        text (field "dtype" tensor) |> ElementType.tryOfName |> Option.get

    let private numbers (tensor: Config) : float array =
        items (field "values" tensor) |> List.map number |> Array.ofList

    let private operands (case: Config) : ConfigValue list = items (field "operands" case)

    /// Data in the type that the model computes in.
    let private toHost (floating: ElementType) (tensor: Config) : HostTensor =
        let shape = ReadOnlySpan(shape tensor)
        let values = numbers tensor

        match ModelLeaves.elementType floating (elementType tensor) with
        | ElementType.Float32 -> HostTensor.Create<float32>(shape, ReadOnlySpan(Array.map float32 values))
        | ElementType.Float64 -> HostTensor.Create<float>(shape, ReadOnlySpan values)
        | ElementType.Int32 -> HostTensor.Create<int>(shape, ReadOnlySpan(Array.map int values))
        | ElementType.Bool -> HostTensor.Create<bool>(shape, ReadOnlySpan(Array.map ((<>) 0.0) values))

    let private ofHost (tensor: HostTensor) : float array =
        match ElementKinds.toCore tensor.Kind with
        | ElementType.Float32 -> tensor.AsSpan<float32>().ToArray() |> Array.map float
        | ElementType.Float64 -> tensor.AsSpan<float>().ToArray()
        | ElementType.Int32 -> tensor.AsSpan<int>().ToArray() |> Array.map float
        | ElementType.Bool ->
            tensor.AsSpan<bool>().ToArray()
            |> Array.map (fun flag -> if flag then 1.0 else 0.0)

    let private argumentsOf (case: Config) : Config =
        match field "config" case with
        | ConfigValue.Object content -> [
            for key, value in content ->
                match value with
                | ConfigValue.String "inf" -> key, ConfigValue.Float infinity
                | ConfigValue.String "-inf" -> key, ConfigValue.Float -infinity
                | _ -> key, value
          ]
        | other -> failwith $"expects arguments, but got %A{other}"

    let private model (case: Config) : Model =
        let inputs =
            operands case
            |> List.choose tryTensor
            |> List.map (fun tensor ->
                let shape = List.ofArray (shape tensor)
                let sample = shape.Tail |> List.map Dimension.known
                Model.inputOfBatch None (Some shape.Head) sample (elementType tensor))

        let positional =
            List.mapFold
                (fun input operand ->
                    match tryTensor operand with
                    | Some _ -> OperationCall.input input, input + 1
                    | None -> operand, input)
                0
                (operands case)
            |> fst

        let positional =
            match field "list" case with
            | ConfigValue.Bool true -> [ ConfigValue.List positional ]
            | _ -> positional

        let operation =
            OperationRegistry.create (text (field "operation" case)) None (argumentsOf case)

        Lowering.applyWith (OperationCall.arguments positional []) operation inputs
        |> Model.create None "Functional" inputs

    let private agree (elementType: ElementType) (expected: float) (found: float) : bool =
        let tolerance =
            match elementType with
            | ElementType.Float64 -> 1e-10
            | ElementType.Float32 -> 1e-5
            | ElementType.Int32
            | ElementType.Bool -> 0.0

        expected.Equals found
        || abs (expected - found) <= tolerance * max 1.0 (abs expected)

    let private differences (case: Config) : string list =
        let model = model case

        let inputs =
            operands case
            |> List.choose tryTensor
            |> List.map (toHost (Model.floating ElementType.Float32 model))
            |> Array.ofList

        use predictor = new Predictor(model, ElementType.Float32, 0)
        let found = predictor.Run([||], inputs, inputs[0].Shape[0])
        let expected = items (field "results" case) |> List.choose tryTensor

        if found.Length <> expected.Length then
            [ $"{found.Length} results instead of {expected.Length}" ]
        else
            [
                for expected, found, symbolic in Seq.zip3 expected found model.Outputs do
                    let wanted = elementType expected

                    if symbolic.ElementType <> wanted || ElementKinds.toCore found.Kind <> wanted then
                        $"type {ElementType.name symbolic.ElementType}, not {ElementType.name wanted}"
                    elif found.Shape.ToArray() <> shape expected then
                        $"shape %A{found.Shape.ToArray()}, not %A{shape expected}"
                    elif not (Array.forall2 (agree wanted) (numbers expected) (ofHost found)) then
                        $"%A{ofHost found}, not %A{numbers expected}"
            ]

    let private report (case: Config) : string list =
        let found =
            try
                differences case
            with :? ArgumentException as error -> [ error.Message ]

        let described =
            ConfigJson.ofConfig(List.filter (fst >> (<>) "results") case).ToJsonString()

        found |> List.map (fun text -> $"{described}: {text}")

    [<Fact>]
    let ``every operation answers for every element type as Keras does`` () =
        let wrong = List.collect report cases
        Assert.True(wrong.IsEmpty, String.concat "\n" wrong)

    [<Fact>]
    let ``the table has every operation`` () =
        let recorded = cases |> List.map (field "operation" >> text)
        Assert.Empty(OperationRegistry.classNames |> List.except recorded)

    [<Theory>]
    [<InlineData("Subtract", 2)>]
    [<InlineData("Negative", 1)>]
    let ``a difference of truth values is refused, as NumPy and Keras do`` (operation: string) (count: int) =
        let inputs =
            List.init count (fun _ -> Model.input None [ Dimension.known 2 ] ElementType.Bool)

        let call () =
            Lowering.apply (OperationRegistry.create operation None []) inputs |> ignore

        let error = Assert.Throws<ArgumentException>(call)
        Assert.Contains("truth values", error.Message)
