namespace Functional.Core.Tests

open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

module ReductionGradientTests =

    /// The law for a function of axes, with and without keeping them as axes of length 1.
    let private overAxes law samples (f: int list -> bool -> Node -> Node) =
        for keepDimensions in [ false; true ] do
            law Cases.shapesWithAxes (fun (lengths: int list, axes, seed: int) ->
                GradientLaw.case [ samples seed lengths ] (List.head >> f axes keepDimensions))

    /// A law for a function of one axis.
    let private overAxis (f: int -> Node -> Node) =
        GradientLaw.holdsTwice Cases.shapesWithAxis (fun (lengths, axis, seed) ->
            GradientLaw.case [ Samples.any seed lengths ] (List.head >> f axis))

    [<Fact>]
    let ``sum has the slopes of its differences`` () =
        overAxes GradientLaw.holdsTwice Samples.any (fun axes keep node -> Ops.sum axes keep (Ops.sin node))

    [<Fact>]
    let ``max sends the gradient to the largest element`` () =
        overAxes GradientLaw.holds (Samples.distinct 0.0) Ops.max

    [<Fact>]
    let ``min sends the gradient to the smallest element`` () =
        overAxes GradientLaw.holds (Samples.distinct 0.0) Ops.min

    [<Fact>]
    let ``product has the slopes of its differences`` () =
        overAxes GradientLaw.holdsTwice Samples.any Ops.product

    [<Fact>]
    let ``product has the slopes of its differences with zeros among its factors`` () =
        let withZeros seed lengths =
            let literal = Samples.any seed lengths
            let zeros = Samples.conditions (seed + 1) lengths

            Seq.map2 (fun value zero -> value * zero) literal.Values zeros.Values
            |> Literal.create ElementType.Float64 lengths

        overAxes GradientLaw.holdsTwice withZeros Ops.product

    [<Fact>]
    let ``cumulative sums have the slopes of their differences`` () =
        for reverse in [ false; true ] do
            for exclusive in [ false; true ] do
                overAxis (fun axis node -> Ops.cumulativeSum axis reverse exclusive (Ops.sin node))

    [<Fact>]
    let ``mean has the slopes of its differences`` () =
        overAxes GradientLaw.holdsTwice Samples.any (fun axes keep node -> Ops.mean axes keep (Ops.sin node))

    [<Fact>]
    let ``variance has the slopes of its differences`` () =
        overAxes GradientLaw.holdsTwice Samples.any Ops.variance

    [<Fact>]
    let ``logSumExp has the slopes of its differences`` () =
        overAxes GradientLaw.holdsTwice Samples.any Ops.logSumExp

    [<Fact>]
    let ``softmax has the slopes of its differences`` () = overAxis Ops.softmax

    [<Fact>]
    let ``logSoftmax has the slopes of its differences`` () = overAxis Ops.logSoftmax

    [<Fact>]
    let ``equal extremes share the gradient evenly`` () =
        Law.holds 20 (Arb.fromGen (Gen.choose (1, 6))) (fun count ->
            let x = FiniteDifferences.leaf "x" [ count ]

            let values =
                Map [ "x", FiniteDifferences.literal [ count ] (Seq.replicate count 3.0) ]

            [ Ops.max [ 0 ] false x; Ops.min [ 0 ] false x ]
            |> List.forall (fun extreme ->
                let gradient =
                    Interpreter.run values (Graph.create (Gradient.gradients extreme [ x ]))
                    |> List.head

                gradient.Values |> Seq.forall (fun slope -> slope = 1.0 / float count)))
