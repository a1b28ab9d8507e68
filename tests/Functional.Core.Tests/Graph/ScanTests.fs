namespace Functional.Core.Tests

open System
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Loops over a leading axis.
module ScanTests =

    let private evaluate (values: (string * Literal) list) (nodes: Node list) : Literal list =
        Interpreter.run (Map.ofList values) (Graph.create nodes)

    let private leaf = FiniteDifferences.leaf
    let private literal = FiniteDifferences.literal

    let private areClose (left: Literal) (right: Literal) : bool =
        Seq.forall2 (=) left.Dimensions right.Dimensions
        && Seq.forall2 (Tolerance.isClose 1e-12 1e-12) left.Values right.Values

    let private leavesOf (recipe: ScanRecipe) : Node list = [
        for name, lengths in RandomScans.inputs recipe -> leaf name lengths
    ]

    [<Fact>]
    let ``a scan is its unrolled graph`` () =
        Law.holds 200 RandomScans.recipes (fun recipe ->
            let nodes = leavesOf recipe
            let values = RandomScans.values ElementType.Float64 recipe

            List.forall2
                areClose
                (evaluate values (RandomScans.scanned recipe nodes))
                (evaluate values (RandomScans.unrolled recipe nodes)))

    /// The running total of a sequence, and it times a weight.
    let private runningTotal isReversed (sequence: Node) (weight: Node) =
        Scanning.scan isReversed [ weight.Number 0.0 ] [ sequence ] (fun carries current ->
            let total = carries[0] + current[0]
            [ total ], [ total * weight ])

    let private oneToThree = [ "x", literal [ 3 ] [ 1.0; 2.0; 3.0 ]; "w", literal [] [ 10.0 ] ]

    [<Fact>]
    let ``a scan carries values on and stacks outputs`` () =
        let last, stacks = runningTotal false (leaf "x" [ 3 ]) (leaf "w" [])
        let values = evaluate oneToThree (last @ stacks)
        Assert.Equal<float>([ 6.0 ], values[0].Values)
        Assert.Equal<float>([ 10.0; 30.0; 60.0 ], values[1].Values)

    [<Fact>]
    let ``a reversed scan starts at the last position and writes where it reads`` () =
        let last, stacks = runningTotal true (leaf "x" [ 3 ]) (leaf "w" [])
        let values = evaluate oneToThree (last @ stacks)
        Assert.Equal<float>([ 6.0 ], values[0].Values)
        Assert.Equal<float>([ 60.0; 50.0; 30.0 ], values[1].Values)

    [<Fact>]
    let ``what a step does not change is one input, however often it is used`` () =
        let weight () = leaf "w" []

        let _, stacks =
            Scanning.scan false [] [ leaf "x" [ 3 ] ] (fun _ current ->
                [], [ current[0] * weight () + Ops.exp (weight ()) * Ops.exp (weight ()) ])

        // The sequence, w and exp(w) * exp(w).
        Assert.Equal(3, stacks[0].Inputs.Length)

    [<Fact>]
    let ``a sequence that no step reads is no input`` () =
        let _, stacks =
            Scanning.scan false [] [ leaf "x" [ 3 ]; leaf "y" [ 3; 5 ] ] (fun _ current -> [], [ current[0] ])

        Assert.Equal(1, stacks[0].Inputs.Length)

    [<Fact>]
    let ``a leaf outside may have the name of an input of the body`` () =
        let _, stacks =
            Scanning.scan false [ leaf "1" [] ] [ leaf "0" [ 3 ] ] (fun carries current ->
                carries, [ current[0] * leaf "2" [] + carries[0] * leaf "1" [] ])

        let values =
            evaluate
                [
                    "0", literal [ 3 ] [ 1.0; 2.0; 3.0 ]
                    "1", literal [] [ 5.0 ]
                    "2", literal [] [ 7.0 ]
                ]
                stacks

        Assert.Equal<float>([ 32.0; 39.0; 46.0 ], values[0].Values)

    [<Fact>]
    let ``the length of a scan may have a name`` () =
        let length = Dimension.named "time"

        let sequence =
            Ops.input "x" (Shape.create [ length; Dimension.known 2 ]) ElementType.Float64

        let last, stacks =
            Scanning.scan
                false
                [ Ops.broadcastTo (Shape.ofInts [ 2 ]) (sequence.Number 0.0) ]
                [ sequence ]
                (fun carries current ->
                    let next = carries[0] + current[0] * Ops.size ElementType.Float64 length
                    [ next ], [ next ])

        Assert.Equal(sequence.Shape, stacks[0].Shape)
        let values = evaluate [ "x", literal [ 3; 2 ] [ 1.0 .. 6.0 ] ] last
        Assert.Equal<float>([ 27.0; 36.0 ], values[0].Values)

    [<Fact>]
    let ``a scan of length 0 leaves its carries as they are`` () =
        let carry = leaf "c" [ 2 ]

        let last, _ =
            Scanning.scanOver (Dimension.known 0) false [ carry ] [] (fun carries _ -> [ carries[0] * 2.0 ], [])

        Assert.Same(carry, last[0])

    [<Fact>]
    let ``a step that changes the shape of a carry is refused in words`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () ->
                Scanning.scan false [ leaf "c" [ 2 ] ] [ leaf "x" [ 4; 3 ] ] (fun _ current -> [ current[0] ], [])
                |> ignore)

        Assert.Contains(
            "Carry 0 of a scan is float64 of shape (2,), but the step makes it float64 of shape (3,).",
            error.Message
        )

    [<Fact>]
    let ``sequences of different lengths are refused in words`` () =
        let error =
            Assert.Throws<ArgumentException>(fun () ->
                Scanning.scan false [] [ leaf "x" [ 4 ]; leaf "y" [ 5 ] ] (fun _ current -> [], current)
                |> ignore)

        Assert.Contains("A scan of length 4 needs sequences whose leading axis has this length", error.Message)

    [<Fact>]
    let ``the body of a scan is printed once, below its first result`` () =
        let last, stacks = runningTotal false (leaf "x" [ 3 ]) (leaf "w" [])
        let lines = (GraphPrinter.print (Graph.create (last @ stacks))).Split('\n')

        Assert.Equal<string>(
            [
                "%0 = Constant 0 : float64 ()"
                "%1 = Input 'x' : float64 (3,)"
                "%2 = Input 'w' : float64 ()"
                "%3 = Scan length=3 carries=1 sequences=1 result=0 %0 %1 %2 : float64 ()"
                "    %0 = Input '0' : float64 ()"
                "    %1 = Input '1' : float64 ()"
                "    %2 = Add %0 %1 : float64 ()"
                "    %3 = Input '2' : float64 ()"
                "    %4 = Multiply %2 %3 : float64 ()"
                "    return %2, %4"
                "%4 = Scan length=3 carries=1 sequences=1 result=1 %0 %1 %2 : float64 (3,)"
                "return %3, %4"
            ],
            lines
        )
