namespace Functional.Core.Tests

open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Laws of differentiation itself, whatever the operations.
module GradientGraphTests =

    let private total (node: Node) : Node = Ops.sum (Ops.allAxes node) false node

    let private weighted = FiniteDifferences.weightedSum

    let private run values nodes =
        Interpreter.run (Map.ofList values) (Graph.create nodes)

    let private areClose (left: Literal) (right: Literal) : bool =
        left.Dimensions.Length = right.Dimensions.Length
        && Seq.forall2 (=) left.Dimensions right.Dimensions
        && Seq.forall2 (Tolerance.isClose 1e-12 1e-12) left.Values right.Values

    let private gradientOf (output: Node) (target: Node) : Node =
        Gradient.gradients output [ target ] |> List.head

    [<Fact>]
    let ``the gradient is linear: a f + b g has a times one plus b times the other`` () =
        Law.holds 30 (Cases.shapes 0 3) (fun (lengths, seed) ->
            let x = FiniteDifferences.leaf "x" lengths
            let f, g = weighted (Ops.sin x), weighted (Ops.exp x * x)
            let together = gradientOf (f * 2.5 + g * -0.75) x
            let apart = gradientOf f x * 2.5 + gradientOf g x * -0.75
            let values = run [ "x", Samples.any seed lengths ] [ together; apart ]
            areClose values[0] values[1])

    [<Fact>]
    let ``a shared value gets the sum of the gradients of its uses`` () =
        Law.holds 30 (Cases.shapes 0 3) (fun (lengths, seed) ->
            let f first second third =
                weighted (Ops.sin first * second + Ops.exp third / 2.0)

            let shared = FiniteDifferences.leaf "x" lengths
            let uses = [ for name in [ "a"; "b"; "c" ] -> FiniteDifferences.leaf name lengths ]
            let value = Samples.any seed lengths
            let whole = run [ "x", value ] [ gradientOf (f shared shared shared) shared ]

            let parts =
                Gradient.gradients (f uses[0] uses[1] uses[2]) uses
                |> run [ "a", value; "b", value; "c", value ]

            let summed =
                (parts[0].Values, parts[1].Values, parts[2].Values)
                |||> Seq.map3 (fun a b c -> a + b + c)
                |> FiniteDifferences.literal lengths

            areClose summed whole[0])

    [<Fact>]
    let ``the gradient through a value is its gradient times the slope of the value`` () =
        Law.holds 30 (Cases.shapes 0 3) (fun (lengths, seed) ->
            let x = FiniteDifferences.leaf "x" lengths
            let middle = Ops.tanh x
            let output = weighted (Ops.exp middle + middle * middle)
            let chained = gradientOf output middle * (1.0 - middle * middle)
            let values = run [ "x", Samples.any seed lengths ] [ gradientOf output x; chained ]
            areClose values[0] values[1])

    [<Fact>]
    let ``the gradient of a concatenation is the concatenation's slice`` () =
        Law.holds 30 Cases.shapesWithAxis (fun (lengths, axis, seed) ->
            let names = [ "a"; "b"; "c" ]
            let parts = [ for name in names -> FiniteDifferences.leaf name lengths ]
            let whole = Ops.concatenate axis parts
            let output = weighted (Ops.sin whole)
            let length = Dimension.known lengths[axis]

            let slices = [
                for position in 0..2 ->
                    let start = Dimension.known position * length
                    Ops.sliceAxis axis start (start + length) (gradientOf output whole)
            ]

            let values =
                names
                |> List.mapi (fun position name -> name, Samples.any (seed + position) lengths)

            List.forall2 areClose (run values (Gradient.gradients output parts)) (run values slices))

    [<Fact>]
    let ``splitting and joining again has the gradient of doing nothing`` () =
        Law.holds 30 Cases.shapesWithAxis (fun (lengths, axis, seed) ->
            let lengths = List.updateAt axis (lengths[axis] + 1) lengths
            let x = FiniteDifferences.leaf "x" lengths

            let zero, one, length =
                Dimension.known 0, Dimension.known 1, Dimension.known lengths[axis]

            let joined =
                Ops.concatenate axis [ Ops.sliceAxis axis zero one x; Ops.sliceAxis axis one length x ]

            let values =
                run [ "x", Samples.any seed lengths ] [
                    gradientOf (weighted (Ops.sin joined)) x
                    gradientOf (weighted (Ops.sin x)) x
                ]

            areClose values[0] values[1])

    [<Fact>]
    let ``the gradient of the output by itself is 1`` () =
        let x = FiniteDifferences.leaf "x" []
        let output = Ops.sin x

        let values =
            run [ "x", Literal.scalar ElementType.Float64 0.4 ] [ gradientOf output output ]

        Assert.Equal(1.0, Literal.item values[0])

    [<Fact>]
    let ``structurally equal targets have equal gradients`` () =
        let x () = FiniteDifferences.leaf "x" [ 2 ]
        let gradients = Gradient.gradients (total (Ops.square (x ()))) [ x (); x () ]
        let graph = Graph.create gradients

        Assert.Same(graph.Outputs[0], graph.Outputs[1])

    [<Fact>]
    let ``a gradient keeps the shape, the type and the unknown sizes of its value`` () =
        let x =
            Ops.input "x" (Shape.create [ Dimension.batch; Dimension.known 3 ]) ElementType.Float32

        let kernel = Ops.parameter "kernel" (Shape.ofInts [ 3; 2 ]) ElementType.Float32
        let output = Ops.mean [ 0; 1 ] false (Ops.softmax 1 (Ops.dense kernel x))

        for target, gradient in List.zip [ x; kernel ] (Gradient.gradients output [ x; kernel ]) do
            Assert.Equal(target.Shape, gradient.Shape)
            Assert.Equal(target.ElementType, gradient.ElementType)

    [<Fact>]
    let ``a gradient with an unknown batch is the gradient of every batch`` () =
        Law.holds 20 (Arb.fromGen (Gen.zip (Gen.choose (1, 5)) (Gen.choose (0, 1000)))) (fun (batch, seed) ->
            let loss (x: Node) =
                Ops.mean [ 0 ] false (Ops.variance [ 1 ] false (Ops.exp x))

            let unknown =
                Ops.input "x" (Shape.create [ Dimension.batch; Dimension.known 3 ]) ElementType.Float64

            let known = FiniteDifferences.leaf "x" [ batch; 3 ]
            let values = [ "x", Samples.any seed [ batch; 3 ] ]
            let ofUnknown = run values [ gradientOf (loss unknown) unknown ]
            let ofKnown = run values [ gradientOf (loss known) known ]
            areClose ofUnknown[0] ofKnown[0])

    /// What lets lengths meet: each function takes three values (2, length, 3).
    let private meetings: (string * (Node -> Node -> Node -> Node)) list = [
        "operators", (fun x y z -> Ops.exp (x + y) * z - y / (z * z + 1.0))
        "choices", (fun x y z -> Ops.select (Ops.greater x y) (Ops.sin z) (x * y))
        "concatenation", (fun x y z -> Ops.tanh (Ops.concatenate 2 [ y; x; z * x ]))
        "products", (fun x y z -> Ops.matMulWith true false x (Ops.matMul (Ops.matMulWith false true y z) z))
        "loops",
        (fun x y z ->
            let byTime = List.map (Ops.transpose [ 1; 0; 2 ]) [ x; y; z ]
            let start = Ops.broadcastTo (Shape.ofInts [ 2; 3 ]) (x.Number 0.1)

            let _, stacks =
                Scanning.scan false [ start ] byTime (fun carries current ->
                    let next = Ops.tanh (carries[0] * current[0] + current[1] * current[2])
                    [ next ], [ next ])

            stacks.Head)
    ]

    [<Fact>]
    let ``gradients by values whose lengths meet are those by values of one length`` () =
        let cases =
            gen {
                let! name, f = Gen.elements meetings
                let! length = Gen.choose (2, 4)

                let! lengths =
                    Gen.shuffle [ Dimension.named "n"; Dimension.named "m"; Dimension.known length ]

                let! seed = Gen.choose (0, 1000)
                return name, f, length, List.ofArray lengths, seed
            }

        Law.holds 100 (Arb.fromGen cases) (fun (_, f, length, lengths, seed) ->
            let leaves lengths =
                lengths
                |> List.mapi (fun index length ->
                    Ops.input
                        $"x{index}"
                        (Shape.create [ Dimension.known 2; length; Dimension.known 3 ])
                        ElementType.Float64)

            let gradients (leaves: Node list) =
                let y = f leaves[0] leaves[1] leaves[2]
                y :: Gradient.gradients (total (y * y)) leaves

            let values = [
                for index in 0..2 -> $"x{index}", Samples.any (seed + index) [ 2; length; 3 ]
            ]

            let unknown = leaves lengths
            let found = gradients unknown

            List.forall2 (fun (leaf: Node) (gradient: Node) -> leaf.Shape = gradient.Shape) unknown found.Tail
            && List.forall2
                areClose
                (run values found)
                (run values (gradients (leaves (List.replicate 3 (Dimension.known length))))))
