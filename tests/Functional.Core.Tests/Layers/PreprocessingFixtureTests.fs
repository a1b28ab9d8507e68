namespace Functional.Core.Tests

open System.Text.Json
open Xunit
open Functional.Core.Configuration
open Functional.Core.Hashing
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// Keras's answers about layers that learn from data before training, and about categories.
type PreprocessingFixtureTests() =

    static let entriesOf (kind: string) : JsonElement list =
        Fixtures.entries "preprocessing"
        |> List.filter (fun entry -> Fixtures.text "kind" entry = kind)

    static let arguments (entry: JsonElement) : Config =
        Fixtures.config (entry.GetProperty "args")

    static let literal (elementType: ElementType) (key: string) (entry: JsonElement) : Literal =
        Fixtures.literal elementType (entry.GetProperty key)

    /// What a layer makes of an input, in inference.
    static let run (layer: Layer) (weights: Literal list) (input: Literal) : Literal =
        let lengths =
            input.Dimensions |> Seq.skip 1 |> Seq.map Dimension.known |> List.ofSeq

        let x = Model.input None lengths input.ElementType

        let model = Model.create None "Functional" [ x ] (Lowering.apply layer [ x ])
        (Evaluation.run Mode.Inference model weights [ input ]).Head

    static let compare (what: string) (expected: Literal) (found: Literal) : string list =
        // Keras keeps axes of length 1 where numbers are spread; we keep the kept axes only.
        Fixtures.differences what 1e-6 1e-6 expected.Values found.Values

    // Keras 3.3.3 writes the one number of a sample as (batch, 1, n) in mode one_hot; it documents (batch, n), which later
    // versions do.
    static let withoutAxisOfOne = [ "discretization_boundaries_one_hot"; "category_encoding_one_hot" ]

    static let compareOutput (entry: JsonElement) (found: Literal) : string list =
        let expected = literal ElementType.Float64 "output" entry

        let dimensions =
            if List.contains (Fixtures.text "name" entry) withoutAxisOfOne then
                List.removeAt 1 (List.ofSeq expected.Dimensions)
            else
                List.ofSeq expected.Dimensions

        if dimensions <> List.ofSeq found.Dimensions then
            [ $"shape %A{List.ofSeq found.Dimensions} instead of %A{dimensions}" ]
        else
            compare "output" expected found

    [<Fact>]
    member _.``Normalization adapts to Keras's mean and variance, and uses them as Keras does``() =
        Fixtures.checkEntries (entriesOf "Normalization") (fun entry ->
            let settings = Normalization.ofConfig (arguments entry)
            let data = literal ElementType.Float64 "adapt_data" entry
            let mean, variance = Normalization.adapt settings data
            let weights = [ mean; variance; Literal.scalar ElementType.Int32 0.0 ]

            compare "mean" (literal ElementType.Float64 "mean" entry) mean
            @ compare "variance" (literal ElementType.Float64 "variance" entry) variance
            @ compareOutput
                entry
                (run (Normalization.layer None settings) weights (literal ElementType.Float64 "input" entry)))
        |> fun count -> Assert.True(count >= 7)

    [<Fact>]
    member _.``Discretization finds Keras's boundaries, and sorts numbers into Keras's bins``() =
        Fixtures.checkEntries (entriesOf "Discretization") (fun entry ->
            let settings = Discretization.ofConfig (arguments entry)

            let adapted, problems =
                match Fixtures.tryProperty "adapt_data" entry with
                | None -> settings, []
                | Some data ->
                    let adapted = Discretization.adapt (Fixtures.numbers data) settings

                    adapted,
                    Fixtures.differences
                        "bin_boundaries"
                        1e-6
                        1e-6
                        (Fixtures.numbers (entry.GetProperty "bin_boundaries"))
                        (Option.defaultValue [] adapted.BinBoundaries)

            problems
            @ compareOutput
                entry
                (run (Discretization.layer None adapted) [] (literal ElementType.Float64 "input" entry)))
        |> fun count -> Assert.True(count >= 6)

    [<Fact>]
    member _.``CategoryEncoding writes categories as Keras does``() =
        Fixtures.checkEntries (entriesOf "CategoryEncoding") (fun entry ->
            let layer =
                CategoryEncoding.layer None (CategoryEncoding.ofConfig (arguments entry))

            compareOutput entry (run layer [] (literal ElementType.Int32 "input" entry)))
        |> fun count -> Assert.True(count >= 3)

    [<Fact>]
    member _.``Hashing puts whole numbers into Keras's bins``() =
        let isWhole (entry: JsonElement) =
            Fixtures.tryProperty "input" entry
            |> Option.exists (fun input ->
                let rec first (value: JsonElement) =
                    if value.ValueKind = JsonValueKind.Array then
                        first value[0]
                    else
                        value

                (first input).ValueKind = JsonValueKind.Number)

        Fixtures.checkEntries (entriesOf "Hashing" |> List.filter isWhole) (fun entry ->
            let layer = Hashing.layer None (Hashing.ofConfig (arguments entry))
            compareOutput entry (run layer [] (literal ElementType.Int32 "input" entry)))
        |> fun count -> Assert.Equal(5, count)

    [<Fact>]
    member _.``Hashing hashes texts as Keras's tests state, and a mask has bin 0``() =
        let words = [ "omar"; "stringer"; "marlo"; "wire"; "skywalker" ]

        let bins (hash: byte array -> uint64) =
            words
            |> List.map (fun word -> int (hash (System.Text.Encoding.ASCII.GetBytes word) % 2UL))

        Assert.Equal<int list>([ 0; 0; 1; 0; 0 ], bins DecimalHash.fingerprint)
        Assert.Equal<int list>([ 0; 1; 0; 1; 0 ], bins (DecimalHash.keyed (133UL, 137UL)))

        let masked =
            Hashing.layer None {
                Hashing.defaults 4 with
                    MaskValue = Some 3
            }

        let input = Literal.create ElementType.Int32 [ 1; 5 ] [ 0.0; 1.0; 2.0; 3.0; 4.0 ]
        Assert.Equal<float list>([ 2.0; 1.0; 2.0; 0.0; 3.0 ], List.ofSeq (run masked [] input).Values)

    [<Fact>]
    member _.``one_hot takes the place of a last axis of length 1, and is a new axis after others``() =
        let numbers (dimensions: int list) =
            Literal.create ElementType.Int32 dimensions (Seq.init (List.reduce (*) dimensions) float)

        let layers = [
            CategoryEncoding.layer None {
                CategoryEncoding.defaults 6 with
                    OutputMode = CategoryMode.OneHot
            }
            Discretization.layer None {
                Discretization.ofBoundaries [ 1.0; 2.0; 3.0; 4.0; 5.0 ] with
                    OutputMode = Some CategoryMode.OneHot
            }
        ]

        let hashing =
            Hashing.layer None {
                Hashing.defaults 6 with
                    OutputMode = Some CategoryMode.OneHot
            }

        for given, expected in
            [
                [ 6 ], [ 6; 6 ]
                [ 6; 1 ], [ 6; 6 ]
                [ 2; 3; 1 ], [ 2; 3; 6 ]
                [ 3; 2 ], [ 3; 2; 6 ]
            ] do
            for layer in layers do
                let found = run layer [] (numbers given)
                Assert.Equal<int list>(expected, List.ofSeq found.Dimensions)

                Assert.Equal<float list>(
                    [
                        for i in 0..5 do
                            for j in 0..5 -> (if i = j then 1.0 else 0.0)
                    ],
                    List.ofSeq found.Values
                )

            Assert.Equal<int list>(expected, List.ofSeq (run hashing [] (numbers given)).Dimensions)

    [<Fact>]
    member _.``a Discretization that saw no data says how it gets its boundaries``() =
        let layer = Discretization.layer None (Discretization.ofBinCount 4)
        let x = Model.input None [ Dimension.known 2 ] ElementType.Float32

        let error =
            Assert.Throws<System.ArgumentException>(fun () -> Lowering.apply layer [ x ] |> ignore)

        Assert.Contains("adapt the layer to data before it is called", error.Message)

    [<Fact>]
    member _.``an adapted Discretization is saved with its boundaries and read back``() =
        let adapted =
            Discretization.ofBinCount 3
            |> Discretization.adapt [ for value in 1..30 -> float value ]

        Assert.Equal(Some 2, adapted.BinBoundaries |> Option.map List.length)
        Assert.Equal(adapted, Discretization.ofConfig (Discretization.toConfig adapted))

        let saved =
            LayerRegistry.getConfig "bins" (Discretization.layer (Some "bins") adapted)

        Assert.Equal(Some "int64", Config.tryString "dtype" saved)
        Assert.Equal("bins", Layer.displayName (LayerRegistry.create "Discretization" None saved))
