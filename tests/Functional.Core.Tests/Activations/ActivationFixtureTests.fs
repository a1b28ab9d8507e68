namespace Functional.Core.Tests.Activations

open System.Text.Json
open Xunit
open Functional.Core.Activations
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing

/// Golden: Keras's values and derivatives, computed in float64 by both.
module ActivationFixtureTests =

    // Both sides compute in float64; the fixtures' README asks for 1e-12.
    let private tolerance = 1e-12

    let private check (entry: JsonElement) : string list =
        let arguments = Fixtures.config (entry.GetProperty "args")
        let activation = Activation.ofNameWith (Fixtures.text "activation" entry) arguments
        let x = Fixtures.literal ElementType.Float64 (entry.GetProperty "x")
        let node = Ops.input "x" (Literal.shape x) ElementType.Float64
        let y = activation.Apply node

        let upstream, gradientKey =
            match Fixtures.tryProperty "upstream" entry with
            | Some weights -> Ops.constant (Fixtures.literal ElementType.Float64 weights), "g"
            | None -> node.Number 1.0, "dy"

        let total = Ops.sum (Ops.allAxes y) false (y * upstream)
        let gradient = Gradient.gradients total [ node ] |> List.head
        let results = Graph.create [ y; gradient ] |> Interpreter.run (Map [ "x", x ])

        let compare key (literal: Literal) =
            Fixtures.differences key tolerance tolerance (Fixtures.numbers (entry.GetProperty key)) literal.Values

        compare "y" results[0] @ compare gradientKey results[1]

    [<Fact>]
    let ``activations and their derivatives are Keras's`` () =
        Assert.Equal(25, Fixtures.checkAll "activations" check)

    [<Fact>]
    let ``every Keras name of an activation is known and leads to its function`` () =
        Assert.Equal(15, KnownNames.check "activations" (fun name -> (Activation.ofName name).Name))
