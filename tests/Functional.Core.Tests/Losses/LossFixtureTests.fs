namespace Functional.Core.Tests.Losses

open System.Text.Json
open Xunit
open Functional.Core.Configuration
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors
open Functional.Testing

/// Golden: Keras's values and gradients of losses.
module LossFixtureTests =

    // Keras computed in float32, these in float64: the fixtures' README asks for 1e-6.
    let private tolerance = 1e-6

    let private elementType (name: string) : ElementType = (ElementType.tryOfName name).Value

    let private leafOf name elementType (element: JsonElement) : Node * (string * Literal) =
        let literal = Fixtures.literal elementType element
        Ops.input name (Literal.shape literal) elementType, (name, literal)

    /// Rows of the class to ignore: Keras divides 0 by 0 and gives NaN there; the gradient of a constant is 0.
    let private withoutNan (entry: JsonElement) (expected: float list) : float list =
        if Fixtures.text "name" entry = "SparseCategoricalCrossentropy_probs_ignore_class" then
            expected
            |> List.map (fun value -> if System.Double.IsNaN value then 0.0 else value)
        else
            expected

    let private check (entry: JsonElement) : string list =
        let config =
            ("reduction", Fixtures.configValue (entry.GetProperty "reduction"))
            :: Fixtures.config (entry.GetProperty "args")

        let loss = Loss.ofNameWith (Fixtures.text "class" entry) config

        let yTrue, trueValue =
            leafOf "y_true" (elementType (Fixtures.text "y_true_dtype" entry)) (entry.GetProperty "y_true")

        let yPred, predValue =
            leafOf "y_pred" ElementType.Float32 (entry.GetProperty "y_pred")

        let weight =
            Fixtures.tryProperty "sample_weight" entry
            |> Option.map (leafOf "sample_weight" ElementType.Float32)

        let value = Loss.compute loss yTrue yPred (Option.map fst weight) None
        let total = Ops.sum (Ops.allAxes value) false value
        let gradient = Gradient.gradients total [ yPred ] |> List.head

        let results =
            Graph.create [ value; gradient ]
            |> Interpreter.run (Map(trueValue :: predValue :: Option.toList (Option.map snd weight)))

        let expected = Fixtures.numbers (entry.GetProperty "value")

        let expectedGradient =
            Fixtures.numbers (entry.GetProperty "grad") |> withoutNan entry

        Fixtures.differences "value" tolerance tolerance expected results[0].Values
        @ Fixtures.differences "gradient" tolerance tolerance expectedGradient results[1].Values

    [<Fact>]
    let ``losses and their gradients are Keras's`` () =
        Assert.Equal(212, Fixtures.checkAll "losses" check)

    [<Fact>]
    let ``every Keras name of a loss leads to its class or function`` () =
        let target (name: string) =
            let loss = Loss.ofName name

            if System.Char.IsUpper name[0] && name.Length > 4 then
                loss.ClassName
            else
                loss.Name

        Assert.Equal(28, KnownNames.check "losses" target)

    [<Fact>]
    let ``a saved loss is read back with the same arguments and reduction`` () =
        for entry in Loss.registry.Entries do
            for reduction in [ "sum"; "sum_over_batch_size"; "none" ] do
                let loss =
                    Loss.ofNameWith entry.Names.Head [
                        "name", ConfigValue.String "mine"
                        "reduction", ConfigValue.String reduction
                    ]

                let read = Loss.ofConfig (Loss.toConfig loss)
                Assert.Equal(loss.ClassName, read.ClassName)
                Assert.Equal("mine", read.Name)
                Assert.Equal(loss.Reduction, read.Reduction)
                Assert.Equal<Config>(loss.Config, read.Config)
