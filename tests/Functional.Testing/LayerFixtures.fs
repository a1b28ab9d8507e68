namespace Functional.Testing

open System
open System.IO
open System.IO.Compression
open System.Reflection
open System.Text.Json
open Functional.Core.Configuration
open Functional.Core.Tensors

/// A model that Keras saved, with arrays before, of and after one call and one training step: x0.., y0.., w_before_0..,
/// t0.., loss, w_after_0.., gx0...
type LayerFixture = {
    Name: string
    /// The class that the case is about; "graph" for random graphs.
    ClassName: string
    /// {"module", "class_name", "config", ...} as in config.json.
    Config: Config
    /// Whether there are arrays of a training step.
    IsTrained: bool
    /// "dense/kernel" and the shape, in Keras's get_weights order.
    Weights: (string * int list) list
    Arrays: Map<string, Literal>
}

/// Answers of Keras 3.3.3 about single layers and small graphs.
[<RequireQualifiedAccess>]
module LayerFixtures =

    let private data: Lazy<byte array> =
        lazy
            (match
                Assembly.GetExecutingAssembly().GetManifestResourceStream "Functional.Testing.Fixtures.layers.bin.gz"
             with
             | null -> invalidOp "The arrays of the layer fixtures are missing."
             | stream ->
                 use unzipped = new GZipStream(stream, CompressionMode.Decompress)
                 use memory = new MemoryStream()
                 unzipped.CopyTo memory
                 memory.ToArray())

    /// The size of an element, its type here, and how it is read from a place in the data.
    let private reader (typeName: string) : int * ElementType * (int -> float) =
        match typeName with
        | "<f4" -> 4, ElementType.Float32, (fun at -> float (BitConverter.ToSingle(data.Value, at)))
        | "<i4" -> 4, ElementType.Int32, (fun at -> float (BitConverter.ToInt32(data.Value, at)))
        | "<i8" -> 8, ElementType.Int32, (fun at -> float (BitConverter.ToInt64(data.Value, at)))
        | "<f2" -> 2, ElementType.Float32, (fun at -> float (BitConverter.ToHalf(data.Value, at)))
        | "|b1" -> 1, ElementType.Bool, (fun at -> float data.Value[at])
        | "|i1" -> 1, ElementType.Int32, (fun at -> float (sbyte data.Value[at]))
        | other -> invalidArg (nameof typeName) $"Arrays of type '{other}' are not read."

    let private ints (element: JsonElement) : int list = [ for item in element.EnumerateArray() -> item.GetInt32() ]

    let private arrays (entry: JsonElement) : Map<string, Literal> =
        let mutable offset = entry.GetProperty("offset").GetInt32()

        [
            for array in entry.GetProperty("arrays").EnumerateArray() do
                let size, elementType, read = reader (Fixtures.text "type" array)
                let shape = ints (array.GetProperty "shape")
                let count = List.fold (*) 1 shape
                let start = offset
                offset <- offset + size * count

                Fixtures.text "name" array,
                Literal.create elementType shape [ for index in 0 .. count - 1 -> read (start + size * index) ]
        ]
        |> Map.ofList

    // What Keras 3.3.3 answers in these cases is not what it documents and later versions do: the one number of a sample
    // becomes (batch, 1, n) in mode one_hot.
    let private withoutAxisOfOne = [ "category_encoding_one_hot" ]

    let private repaired (name: string) (arrays: Map<string, Literal>) : Map<string, Literal> =
        if List.contains name withoutAxisOfOne then
            let answer = arrays["y0"]

            let dimensions =
                List.ofSeq answer.Dimensions |> List.removeAt (answer.Dimensions.Length - 2)

            Map.add "y0" (Literal.create answer.ElementType dimensions answer.Values) arrays
        else
            arrays

    let private fixture (entry: JsonElement) : LayerFixture = {
        Name = Fixtures.text "name" entry
        ClassName = Fixtures.text "layer" entry
        Config = Fixtures.config (entry.GetProperty "config")
        IsTrained = entry.GetProperty("trained").GetBoolean()
        Weights = [
            for weight in entry.GetProperty("weights").EnumerateArray() ->
                Fixtures.text "path" weight, ints (weight.GetProperty "shape")
        ]
        Arrays = arrays entry |> repaired (Fixtures.text "name" entry)
    }

    /// Every case, in order of its name.
    let all: Lazy<LayerFixture list> =
        lazy (Fixtures.entries "layers" |> List.map fixture)

    /// Arrays name0, name1, ... of a case.
    let series (name: string) (fixture: LayerFixture) : Literal list =
        Seq.initInfinite (fun index -> Map.tryFind $"{name}{index}" fixture.Arrays)
        |> Seq.takeWhile Option.isSome
        |> Seq.choose id
        |> List.ofSeq
