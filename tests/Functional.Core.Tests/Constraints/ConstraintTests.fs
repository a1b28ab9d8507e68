namespace Functional.Core.Tests.Constraints

open FsCheck
open FsCheck.FSharp
open System.Text.Json
open Xunit
open Functional.Core.Constraints
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing

/// Projections: Keras's values, and that projecting twice changes nothing more.
module ConstraintTests =

    // Keras computed the table in float32.
    let private tolerance = 1e-6

    let private project (projection: Constraint) (weight: Literal) : Literal =
        let node = Ops.input "w" (Literal.shape weight) ElementType.Float64

        Graph.create [ projection.Apply node ]
        |> Interpreter.run (Map [ "w", weight ])
        |> List.head

    let private check (entry: JsonElement) : string list =
        let config = Fixtures.config (entry.GetProperty "args")

        let projection =
            Functional.Core.Naming.Registry.create (Fixtures.text "class" entry) config Constraint.registry

        let out =
            project projection (Fixtures.literal ElementType.Float64 (entry.GetProperty "w"))

        Fixtures.differences "out" tolerance tolerance (Fixtures.numbers (entry.GetProperty "out")) out.Values

    [<Fact>]
    let ``projections are Keras's`` () =
        Assert.Equal(18, Fixtures.checkAll "constraints" check)

    let private matrix: Gen<Literal> =
        gen {
            let! values =
                Gen.listOfLength 12 (Gen.choose (-30, 30) |> Gen.map (fun value -> float value / 10.0))

            return FiniteDifferences.literal [ 4; 3 ] values
        }

    [<Fact>]
    let ``projecting twice is projecting once`` () =
        let projections = [
            Constraint.maxNorm 0.8 [ 0 ]
            Constraint.nonNeg
            Constraint.unitNorm [ 1 ]
            Constraint.minMaxNorm 0.5 1.5 1.0 [ 0 ]
        ]

        Prop.forAll (Arb.fromGen matrix) (fun weight ->
            projections
            |> List.forall (fun projection ->
                let once = project projection weight
                let twice = project projection once
                // The epsilon beside the norm moves lengths by 1e-7 each time.
                Seq.forall2 (Tolerance.isClose 1e-5 0.0) once.Values twice.Values))
        |> Check.QuickThrowOnFailure

    [<Fact>]
    let ``names and saved configurations lead back to the constraint`` () =
        for name in [ "max_norm"; "NonNeg"; "unit_norm"; "MinMaxNorm" ] do
            let projection = Constraint.ofName name

            let again =
                Constraint.toConfig (Some projection) |> Constraint.ofConfig |> Option.get

            Assert.Equal(projection.ClassName, again.ClassName)
            Assert.Equal<Functional.Core.Configuration.Config>(projection.Config, again.Config)
