namespace Functional.Core.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// What flows back through loops.
module ScanGradientTests =

    let private caseOf (recipe: ScanRecipe) : GradientCase =
        GradientLaw.case (RandomScans.values ElementType.Float64 recipe |> List.map snd) (fun nodes ->
            // Not every recipe uses every value in its loop.
            RandomScans.joined (RandomScans.scanned recipe nodes @ List.map Ops.square nodes))

    [<Fact>]
    let ``gradients of scans agree with differences, in first and second order`` () =
        GradientLaw.holdsTwice RandomScans.recipes caseOf

    let private scansOf (nodes: Node list) : Node list list =
        let graph = Graph.create nodes
        Bodies.loops graph |> Seq.map _.Value |> Seq.distinctBy List.head |> List.ofSeq

    let private cell (kernel: Node) (carries: Node list) (current: Node list) =
        let next = Ops.tanh (Ops.matMul carries[0] kernel + current[0])
        [ next ], [ next ]

    [<Fact>]
    let ``what flows back from all results of a scan is one scan in the other direction`` () =
        let kernel = FiniteDifferences.leaf "kernel" [ 3; 3 ]
        let first = FiniteDifferences.leaf "first" [ 2; 3 ]
        let sequence = FiniteDifferences.leaf "sequence" [ 5; 2; 3 ]
        let last, stacks = Scanning.scan false [ first ] [ sequence ] (cell kernel)
        let loss = FiniteDifferences.weightedSum (RandomScans.joined (last @ stacks))
        let gradients = Gradient.gradients loss [ kernel; first; sequence ]

        let directions = [
            for siblings in scansOf gradients do
                match siblings.Head.Operation with
                | Operation.Scan(scan, _) -> scan.IsReversed
                | _ -> ()
        ]

        // The forward loop with what it keeps, once more than in the loss; and the way back.
        Assert.Equal<bool>([ true ], List.filter id directions)

        Assert.Equal(
            3,
            gradients
            |> List.filter (fun gradient -> gradient.Operation.IsScan)
            |> List.length
        )

    [<Fact>]
    let ``a carry that nothing flows back to has no gradient`` () =
        let sequence = FiniteDifferences.leaf "sequence" [ 5 ]
        let carry = FiniteDifferences.leaf "carry" []

        let _, stacks =
            Scanning.scan false [ carry ] [ sequence ] (fun carries current ->
                [ carries[0] + 1.0 ], [ current[0] * current[0] ])

        let gradients =
            Gradient.tryGradients (Ops.sum [ 0 ] false stacks[0]) [ carry; sequence ]

        Assert.Equal<bool>([ false; true ], List.map Option.isSome gradients)

    [<Fact>]
    let ``the gradient of a scan of unknown length has the shape of its value`` () =
        let sequence =
            Ops.input "x" (Shape.create [ Dimension.named "time"; Dimension.batch ]) ElementType.Float32

        let first = Ops.input "first" (Shape.create [ Dimension.batch ]) ElementType.Float32

        let last, _ =
            Scanning.scan true [ first ] [ sequence ] (fun carries current -> [ Ops.tanh carries[0] * current[0] ], [])

        let gradients = Gradient.gradients (Ops.sum [ 0 ] false last[0]) [ sequence; first ]

        Assert.Equal<Shape>([ sequence.Shape; first.Shape ], gradients |> List.map _.Shape)
