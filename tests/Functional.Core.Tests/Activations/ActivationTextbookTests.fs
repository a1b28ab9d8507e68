namespace Functional.Core.Tests.Activations

open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Testing

/// Golden: the textbooks' numbers about activations; the row of the acceptance list is in each name.
module ActivationTextbookTests =

    let private run (activation: Activation) (values: float list) : float list * float list =
        let node = FiniteDifferences.leaf "x" [ values.Length ]
        let y = activation.Apply node
        let total = Ops.sum [ 0 ] false y

        let slope =
            Gradient.tryGradients total [ node ]
            |> List.head
            |> Option.defaultValue (Ops.broadcastTo node.Shape (node.Number 0.0))

        let results =
            Graph.create [ y; slope ]
            |> Interpreter.run (Map [ "x", FiniteDifferences.literal [ values.Length ] values ])

        List.ofSeq results[0].Values, List.ofSeq results[1].Values

    let private values name x = run (Activation.ofName name) x |> fst
    let private slopes name x = run (Activation.ofName name) x |> snd

    let private close (absolute: float) (expected: float list) (actual: float list) =
        Assert.Empty(Fixtures.differences "value" absolute 1e-8 expected actual)

    [<Fact>]
    let ``A9: softmax of 1010, 1000, 990 has no NaN and the printed values`` () =
        values "softmax" [ 1010.0; 1000.0; 990.0 ]
        |> close 0.0 [ 9.99954600e-01; 4.53978686e-05; 2.06106005e-09 ]

    [<Fact>]
    let ``A9: softmax ignores a common shift, sums to one, keeps the order and stays between 0 and 1`` () =
        let inputs =
            ArbMap.defaults
            |> ArbMap.generate<NonEmptyArray<int16>>
            |> Gen.map (fun steps -> [ for step in steps.Get -> float step / 100.0 ])
            |> Arb.fromGen

        Prop.forAll inputs (fun x ->
            let y = values "softmax" x
            let shifted = x |> List.map (fun value -> value + 123.0) |> values "softmax"
            let pairs = List.zip x y

            List.forall2 (Tolerance.isClose 1e-12 1e-10) y shifted
            && Tolerance.isClose 1e-12 0.0 1.0 (List.sum y)
            && List.forall (fun value -> value >= 0.0 && value <= 1.0) y
            && pairs
               |> List.forall (fun (a, pa) -> pairs |> List.forall (fun (b, pb) -> a < b || pa >= pb)))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 50, property)

    [<Fact>]
    let ``A10: the slope of sigmoid is s(1 - s), at most 0.25, at 0`` () =
        let x = [ for step in -60 .. 60 -> float step / 10.0 ]
        let y, slope = run (Activation.ofName "sigmoid") x
        slope |> close 1e-15 (y |> List.map (fun s -> s * (1.0 - s)))
        Assert.Equal(0.25, List.max slope)
        Assert.Equal<float list>([ 0.25 ], slopes "sigmoid" [ 0.0 ])

    [<Fact>]
    let ``A10: the slope of tanh is at most 1, at 0, and nearly 0 beyond 5`` () =
        let slope = slopes "tanh" [ for step in -60 .. 60 -> float step / 10.0 ]
        Assert.Equal(1.0, List.max slope)
        Assert.Equal<float list>([ 1.0 ], slopes "tanh" [ 0.0 ])
        Assert.All(slopes "tanh" [ -8.0; -5.1; 5.1; 8.0 ], fun value -> Assert.InRange(value, 0.0, 2e-4))

    [<Fact>]
    let ``A10: the slope of relu is 1 above 0, and 0 at and below 0`` () =
        Assert.Equal<float list>([ 0.0; 0.0; 0.0; 1.0; 1.0 ], slopes "relu" [ -3.0; -1e-9; 0.0; 1e-9; 3.0 ])

    [<Theory>]
    [<InlineData(0.01)>]
    [<InlineData(0.1)>]
    let ``A11: leaky relu is the larger of a x and x`` (slope: float) =
        let x = [ -5.0; -0.1; 0.0; 0.1; 5.0 ]

        let leaky =
            Activation.ofNameWith "leaky_relu" [ "negative_slope", ConfigValue.Float slope ]

        Assert.Equal<float list>(x |> List.map (fun value -> max (slope * value) value), fst (run leaky x))

    [<Fact>]
    let ``A11: elu with alpha 1 has no corner at 0`` () =
        slopes "elu" [ -1e-9; 0.0; 1e-9 ] |> close 1e-8 [ 1.0; 1.0; 1.0 ]

    [<Fact>]
    let ``A11: swish, softplus and softsign are their formulas`` () =
        let x = [ -4.0; -1.0; -0.25; 0.0; 0.5; 2.0; 6.0 ]
        let formula f = List.map f x
        values "swish" x |> close 1e-12 (formula (fun x -> x / (1.0 + exp -x)))
        values "softplus" x |> close 1e-12 (formula (fun x -> log (exp x + 1.0)))
        values "softsign" x |> close 1e-12 (formula (fun x -> x / (abs x + 1.0)))

    [<Fact>]
    let ``A1: the step function is 1 only strictly above 0`` () =
        Assert.Equal<float list>([ 0.0; 0.0; 1.0 ], values "step" [ -1.0; 0.0; 1e-9 ])
