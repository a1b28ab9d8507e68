namespace Functional.Core.Tests

open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Errors planted in gradients: what a check of every element finds, the check along random directions finds too.
module FiniteDifferenceTests =

    /// The value unchanged, while what flows back is what flows back through another function.
    let private flowingThrough (f: Node -> Node) (x: Node) : Node =
        Ops.stopGradient x + (f x - Ops.stopGradient (f x))

    /// Ones, but another number at one place.
    let private ones (lengths: int list) (place: int) (there: float) : Node =
        let size = List.fold (*) 1 lengths

        FiniteDifferences.literal lengths [
            for index in 0 .. size - 1 -> (if index = place % size then there else 1.0)
        ]
        |> Ops.constant

    /// Planted errors by what they do to the gradient of a value of some shape, at a place.
    let private mutants: (string * (int list -> int -> Node -> Node)) list = [
        "nothing flows back", (fun _ _ -> Ops.stopGradient)
        "one element lacks its gradient", (fun lengths place -> flowingThrough (fun x -> x * ones lengths place 0.0))
        "one element has the wrong sign", (fun lengths place -> flowingThrough (fun x -> x * ones lengths place -1.0))
        "one element is a thousandth off", (fun lengths place -> flowingThrough (fun x -> x * ones lengths place 1.001))
        "all elements are a thousandth off", (fun _ _ -> flowingThrough (fun x -> x * 1.001))
        "all elements have the wrong sign", (fun _ _ -> flowingThrough (fun x -> -x))
        "elements stand in reverse order", (fun lengths _ -> flowingThrough (Ops.reverse [ 0 .. lengths.Length - 1 ]))
        "every element has the mean",
        (fun _ _ -> flowingThrough (fun x -> Ops.broadcastTo x.Shape (Ops.mean (Ops.allAxes x) true x)))
        "the gradient of a neighbour is added",
        (fun lengths _ -> flowingThrough (fun x -> x + Ops.reverse [ lengths.Length - 1 ] x))
        "the gradient is no number", (fun _ _ -> flowingThrough (fun x -> x * (x.Number nan)))
    ]

    let names = TheoryData<string>(List.map fst mutants)

    // The limit of the laws. A gradient of the functions below is about 1, and an error of one element is looked at beside
    // the sum over all, so that it counts by some tenths of what it is.
    let private limit = 1e-6
    let private planted = 100.0 * limit

    [<Theory; MemberData(nameof names)>]
    let ``a planted error that the check of every element finds is found along directions`` (name: string) =
        let plant = mutants |> List.find (fst >> (=) name) |> snd
        let found = ref 0

        Law.holds 100 (Cases.shapes 1 3) (fun (lengths, seed) ->
            let values = [ "x0", Samples.any seed lengths; "x1", Samples.any (seed + 1) lengths ]

            let f (nodes: Node list) =
                Ops.sin (plant lengths seed nodes[0]) * nodes[1] + Ops.exp nodes[1]

            let byElement = FiniteDifferences.worstError values Map.empty f
            let along = FiniteDifferences.worstErrorAlong values Map.empty f

            if byElement > planted then
                found.Value <- found.Value + 1

            byElement <= planted || along > limit)

        Assert.True(found.Value >= 50, $"only {found.Value} of 100 planted errors change a gradient")

    [<Fact>]
    let ``a right gradient is right along directions, also of large values`` () =
        Law.holds 100 (Cases.shapes 0 3) (fun (lengths, seed) ->
            let values = [ "x", Samples.map (fun value -> 10.0 * value) (Samples.any seed lengths) ]
            FiniteDifferences.worstErrorAlong values Map.empty (fun nodes -> Ops.square nodes[0]) < limit)
