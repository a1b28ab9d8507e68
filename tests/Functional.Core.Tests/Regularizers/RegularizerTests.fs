namespace Functional.Core.Tests.Regularizers

open FsCheck
open FsCheck.FSharp
open System.Text.Json
open Xunit
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Regularizers
open Functional.Core.Tensors
open Functional.Testing

/// Penalties: Keras's values and gradients, and their law against central differences.
module RegularizerTests =

    // Keras computed the table in float32.
    let private tolerance = 1e-6

    let private check (entry: JsonElement) : string list =
        let config = Fixtures.config (entry.GetProperty "args")

        let regularizer =
            Functional.Core.Naming.Registry.create (Fixtures.text "class" entry) config Regularizer.registry

        let weight = Fixtures.literal ElementType.Float64 (entry.GetProperty "w")
        let node = Ops.input "w" (Literal.shape weight) ElementType.Float64
        let penalty = regularizer.Penalty node
        let gradient = Gradient.gradients penalty [ node ] |> List.head

        let results =
            Graph.create [ penalty; gradient ] |> Interpreter.run (Map [ "w", weight ])

        // No gradient (null) is a gradient of zero.
        let wanted =
            match Fixtures.tryProperty "grad" entry with
            | Some values -> Fixtures.numbers values
            | None -> List.replicate weight.Values.Length 0.0

        Fixtures.differences
            "value"
            tolerance
            tolerance
            (Fixtures.numbers (entry.GetProperty "value"))
            results[0].Values
        @ Fixtures.differences "grad" tolerance tolerance wanted results[1].Values

    [<Fact>]
    let ``penalties and their gradients are Keras's`` () =
        Assert.Equal(15, Fixtures.checkAll "regularizers" check)

    /// No element is 0 and no two rows or columns stand at right angles, where penalties have corners.
    let private matrix: Gen<Literal> =
        gen {
            let! rows = Gen.choose (2, 4)
            let! columns = Gen.choose (2, 4)
            return! Samples.ofShape [ rows; columns ]
        }

    [<Fact>]
    let ``the gradient of every penalty agrees with central differences`` () =
        let regularizers = [
            Regularizer.l1 0.3
            Regularizer.l2 0.2
            Regularizer.l1L2 0.1 0.7
            Regularizer.orthogonal 0.5 "rows"
            Regularizer.orthogonal 0.5 "columns"
        ]

        Prop.forAll (Arb.fromGen matrix) (fun weight ->
            regularizers
            |> List.forall (fun regularizer ->
                FiniteDifferences.worstError [ "w", weight ] Map.empty (fun nodes -> regularizer.Penalty nodes.Head) <
                    1e-6))
        |> Check.QuickThrowOnFailure

    [<Fact>]
    let ``rows at right angles have no orthogonal penalty, equal rows have the whole of it`` () =
        let penalty values =
            let weight = FiniteDifferences.literal [ 2; 2 ] values
            let node = FiniteDifferences.leaf "w" [ 2; 2 ]

            Graph.create [ (Regularizer.orthogonal 0.25 "rows").Penalty node ]
            |> Interpreter.run (Map [ "w", weight ])
            |> List.head
            |> Literal.item

        Assert.Equal(0.0, penalty [ 1.0; 0.0; 0.0; 3.0 ], 12)
        Assert.Equal(0.25, penalty [ 1.0; 1.0; 2.0; 2.0 ], 12)

    [<Fact>]
    let ``an unknown mode or a weight that is no matrix is refused in words`` () =
        let mode =
            Assert.Throws<System.ArgumentException>(fun () -> Regularizer.orthogonal 0.1 "diagonals" |> ignore)

        Assert.Contains("'rows' or 'columns', but is 'diagonals'", mode.Message)

        let rank =
            Assert.Throws<System.ArgumentException>(fun () ->
                (Regularizer.orthogonal 0.1 "rows").Penalty(FiniteDifferences.leaf "w" [ 3 ])
                |> ignore)

        Assert.Contains("needs a weight with 2 axes, but its shape is (3,)", rank.Message)

    [<Fact>]
    let ``names and saved configurations lead back to the regularizer`` () =
        for name in [ "l1"; "l2"; "L1L2"; "OrthogonalRegularizer" ] do
            let regularizer = Regularizer.ofName name

            let again =
                Regularizer.toConfig (Some regularizer) |> Regularizer.ofConfig |> Option.get

            Assert.Equal(regularizer.ClassName, again.ClassName)
            Assert.Equal<Functional.Core.Configuration.Config>(regularizer.Config, again.Config)

    [<Fact>]
    let ``A20: L1 adds lambda |w|, and Keras's L2 adds lambda w^2: twice the textbook's one half lambda w^2`` () =
        let penalty (regularizer: Regularizer) =
            let weight = FiniteDifferences.literal [ 3 ] [ -2.0; 0.5; 1.0 ]

            Graph.create [ regularizer.Penalty(FiniteDifferences.leaf "w" [ 3 ]) ]
            |> Interpreter.run (Map [ "w", weight ])
            |> List.head
            |> Literal.item

        let textbook = 0.5 * 0.1 * (4.0 + 0.25 + 1.0)
        Assert.Equal(0.1 * 3.5, penalty (Regularizer.l1 0.1), 12)
        Assert.Equal(2.0 * textbook, penalty (Regularizer.l2 0.1), 12)
        Assert.Equal(textbook, penalty (Regularizer.l2 (0.1 / 2.0)), 12)
