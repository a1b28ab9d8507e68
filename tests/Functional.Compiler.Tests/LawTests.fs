namespace Functional.Compiler.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Functional.Compiler.Passes
open Functional.Compiler.Passes.Laws
open Xunit

/// Every law of the simplification: it applies to the left side of its equation, and both sides mean the same.
module LawTests =

    /// A law with expressions that it has to rewrite, over any two floating values of one shape and two truth values.
    type private Example = Node -> Node -> Node -> Node -> Node

    let private ofX (f: Node -> Node) : Example = fun node _ _ _ -> f node
    let private ofXY (f: Node -> Node -> Node) : Example = fun first second _ _ -> f first second
    let private ofTruth (f: Node -> Node -> Node) : Example = fun _ _ first second -> f first second
    let private number (value: float) (node: Node) : Node = Uniform.like node value

    let private binary f (left: Node) (right: Node) =
        Node.Create(Operation.Binary f, left, right)

    let private whole (node: Node) =
        List.map Ops.wholeAxis (Shape.dimensions node.Shape)

    let private parts (node: Node) =
        let middle = Dimension.known 1
        let length = Shape.dimension 0 node.Shape

        [
            Ops.sliceAxis 0 (Dimension.known 0) middle node
            Ops.sliceAxis 0 middle length node
        ]

    let private first (count: int) (node: Node) =
        Ops.sliceAxis 0 (Dimension.known 0) (Dimension.known count) node

    /// Six filters of three elements, two for each of three channels.
    let private filters (node: Node) =
        Ops.reshape (Shape.ofInts [ 3; 1; 6 ]) (first 2 node)

    let private sliding (padding: int) (groups: int) : ConvolutionWindow = {
        Strides = [ 1 ]
        Padding = [ Dimension.known padding, Dimension.known padding ]
        Dilations = [ 1 ]
        Groups = groups
    }

    /// What flows back through the maxima of windows of a size, one at every position.
    let private scattered (size: int) (node: Node) (upstream: Node) =
        let window: PoolWindow = {
            Size = [ size ]
            Strides = [ 1 ]
            Padding = [ Dimension.known (size / 2), Dimension.known (size - 1 - size / 2) ]
        }

        Node.Create(Operation.SelectAndScatter window, node, upstream)

    let private examples: Map<string, Example list> =
        Map.ofList [
            "x + 0 = x", [ ofX (fun x -> x + 0.0); ofX (fun x -> 0.0 + x) ]
            "x - 0 = x", [ ofX (fun x -> x - 0.0); ofX (fun x -> 0.0 - x) ]
            "x * 1 = x", [ ofX (fun x -> x * 1.0); ofX (fun x -> 1.0 * x); ofX (fun x -> x / 1.0) ]
            "x * -1 = -x", [ ofX (fun x -> x * -1.0); ofX (fun x -> -1.0 * x); ofX (fun x -> x / -1.0) ]
            "x * 0 = 0",
            [
                ofTruth (fun c _ -> Ops.cast ElementType.Float64 c * 0.0)
                ofX (fun x -> Ops.cast ElementType.Int32 x |> fun whole -> whole * whole.Number 0.0)
            ]
            "x / c = x * (1 / c)", [ ofX (fun x -> x / 3.0) ]
            "-(-x) = x", [ ofX (fun x -> -(-x)) ]
            "x + (-y) = x - y",
            [
                ofXY (fun x y -> x + (-y))
                ofXY (fun x y -> (-x) + y)
                ofXY (fun x y -> x - (-y))
            ]
            "-(x * c) = x * (-c)",
            [
                ofX (fun x -> -(x * 3.0))
                ofX (fun x -> (-x) * 3.0)
                ofXY (fun x y -> (-x) * (-y))
            ]
            "-(x - y) = y - x", [ ofXY (fun x y -> -(x - y)) ]
            "(x * a) * b = x * (a * b)", [ ofX (fun x -> (x * 3.0) * 0.7); ofX (fun x -> 2.0 * (5.0 * x)) ]
            "max(x, x) = x",
            [
                ofX (fun x -> Ops.maximum x x)
                ofX (fun x -> Ops.minimum x x)
                ofTruth (fun c _ -> Ops.logicalAnd c c)
            ]
            "a function of numbers is a number",
            [
                ofX (fun x -> Ops.tanh (number 0.3 x))
                ofX (fun x -> number 0.3 x / number 0.7 x)
                ofX (fun x -> Ops.less (number 0.3 x) (number 0.7 x))
                ofX (fun x -> Ops.cast ElementType.Int32 (number 2.7 x))
            ]
            "x ^ c without logarithms",
            [
                for exponent in [ 2.0; 3.0; 0.5; -0.5; -1.0; 1.0; 0.0 ] ->
                    ofX (fun x -> Ops.power (x * x + 0.5) (x.Number exponent))
            ]
            "1 / sqrt(x) = rsqrt(x)", [ ofX (fun x -> 1.0 / Ops.sqrt (x * x + 0.5)) ]
            "select with a known condition",
            [
                fun x y c _ -> Ops.select (Ops.logicalNot c) x y
                fun x _ c _ -> Ops.select c x x
                fun x y c _ -> Ops.select (Uniform.like c 1.0) x y
                fun x y c _ -> Ops.select (Uniform.like c 0.0) x y
            ]
            "select(x > 0, x, max(x, 0)) = max(x, 0)",
            [
                fun x _ _ _ -> Ops.select (Ops.greater x (number 0.0 x)) x (Ops.maximum x (number 0.0 x))
            ]
            "select(c, 1, 0) = cast(c)", [ fun x _ c _ -> Ops.select c (number 1.0 x) (number 0.0 x) ]
            "c and true = c",
            [
                ofTruth (fun c _ -> Ops.logicalNot (Ops.logicalNot c))
                for value in [ 0.0; 1.0 ] do
                    ofTruth (fun c _ -> Ops.logicalAnd c (Uniform.like c value))
                    ofTruth (fun c _ -> Ops.logicalAnd (Uniform.like c value) c)
                    ofTruth (fun c _ -> Ops.logicalOr c (Uniform.like c value))
                    ofTruth (fun c _ -> Ops.logicalOr (Uniform.like c value) c)
            ]
            "a cast of a cast",
            [
                ofX (fun x -> Node.Create(Operation.Cast x.ElementType, x))
                ofTruth (fun c _ -> Ops.cast ElementType.Float64 (Ops.cast ElementType.Int32 c))
            ]
            "stopGradient(x) = x", [ ofX Ops.stopGradient ]
            "a constant of equal values",
            [
                ofX (fun _ -> Ops.constant (Literal.create ElementType.Float64 [ 2; 2 ] [ 3.0; 3.0; 3.0; 3.0 ]))
                ofX (fun x -> Ops.transpose [ 1; 0; 2 ] (number 0.3 x))
                ofX (fun x -> Ops.reverse [ 0 ] (number 0.3 x))
            ]
            "a movement of nothing",
            [
                ofX (fun x -> Node.Create(Operation.Reshape x.Shape, x))
                ofX (fun x -> Node.Create(Operation.Broadcast x.Shape, x))
                ofX (fun x -> Node.Create(Operation.Slice(whole x), x))
                ofX (fun x -> Node.Create(Operation.Transpose [ 0; 1; 2 ], x))
                ofX (fun x -> Node.Create(Operation.Concatenate 0, x))
            ]
            "reshape of reshape", [ ofX (fun x -> Ops.expandDimensions [ 0 ] (Ops.expandDimensions [ 1 ] x)) ]
            "broadcast of broadcast",
            [
                ofX (fun x ->
                    let once = Shape.create (Dimension.known 2 :: Shape.dimensions x.Shape)
                    let twice = Shape.create (Dimension.known 3 :: Shape.dimensions once)
                    Ops.broadcastTo twice (Ops.broadcastTo once x))
            ]
            "broadcast of leading ones",
            [
                ofX (fun x ->
                    Ops.expandDimensions [ 0 ] x
                    |> Ops.broadcastTo (Shape.create (Dimension.known 3 :: Shape.dimensions x.Shape)))
            ]
            "transpose of transpose", [ ofX (fun x -> Ops.transpose [ 1; 2; 0 ] (Ops.transpose [ 0; 2; 1 ] x)) ]
            "transpose of ones", [ ofX (fun x -> Ops.transpose [ 1; 0; 2; 3 ] (Ops.expandDimensions [ 0 ] x)) ]
            "reverse of reverse", [ ofX (fun x -> Ops.reverse [ 0; 1 ] (Ops.reverse [ 1; 0 ] x)) ]
            "slice of slice",
            [
                ofX (fun x ->
                    let later = Ops.sliceAxis 0 (Dimension.known 1) (Shape.dimension 0 x.Shape) x
                    Ops.sliceAxis 0 (Dimension.known 0) (Dimension.known 1) later)
            ]
            "slice of concatenation",
            [
                ofXY (fun x y ->
                    let length = Shape.dimension 0 x.Shape
                    Ops.concatenate 0 [ x; y ] |> Ops.sliceAxis 0 length (length + length))
            ]
            "concatenation of slices", [ ofX (fun x -> Ops.concatenate 0 (parts x)) ]
            "a function of transposed values",
            [
                ofX (fun x -> Ops.transpose [ 2; 0; 1 ] x * 3.0)
                ofXY (fun x y -> Ops.transpose [ 1; 0; 2 ] x - Ops.transpose [ 1; 0; 2 ] y)
            ]
            "a reduction of ones",
            [
                ofX (fun x -> Node.Create(Operation.Reduce(Reduction.Sum, [ 1 ]), Ops.expandDimensions [ 1 ] x))
            ]
            "a reduction of a reduction",
            [
                ofX (fun x -> Ops.sum [ 0 ] false (Ops.sum [ 0 ] false x))
                ofX (fun x -> Ops.max [ 1 ] false (Ops.max [ 1 ] false x))
            ]
            "sum of stretched values",
            [
                for reduce in [ Ops.sum; Ops.max; Ops.min ] ->
                    ofX (fun x ->
                        Ops.expandDimensions [ 1 ] x
                        |> Ops.broadcastTo (
                            Shape.create (List.insertAt 1 (Dimension.known 5) (Shape.dimensions x.Shape))
                        )
                        |> reduce [ 1 ] false)
            ]
            "a scaled sum",
            [
                ofX (fun x -> Ops.sum [ 0 ] false (-(Ops.max [ 1; 2 ] false x)) * 0.3)
                ofX (fun x -> Ops.sum [ 0; 1; 2 ] false x * 0.3)
                ofX (fun x ->
                    let rows =
                        Shape.create (Dimension.known 30 :: Shape.dimensions x.Shape @ [ Dimension.known 20 ])

                    let wide = Ops.broadcastTo rows (Ops.expandDimensions [ 3 ] x)
                    Ops.sum [ 0; 1; 2; 3; 4 ] false wide * 0.3)
            ]
            "the gradient of softmax",
            [
                ofXY (fun x upstream ->
                    let powers = Ops.exp x
                    let divisor = Ops.sum [ 2 ] true powers |> Ops.broadcastTo x.Shape
                    let y = powers / divisor
                    let sum = Ops.sum [ 2 ] true (-(upstream * y / divisor)) |> Ops.broadcastTo x.Shape
                    (upstream / divisor + sum) * powers)
            ]
            "a product of transposed factors",
            [
                ofXY (fun x y -> Ops.matMul (Ops.transpose [ 0; 2; 1 ] x) y)
                ofXY (fun x y -> Ops.matMul x (Ops.transpose [ 0; 2; 1 ] y))
            ]
            "a transposed product", [ ofXY (fun x y -> Ops.transpose [ 0; 2; 1 ] (Ops.matMulWith true false x y)) ]
            "a convolution of single positions = a matrix product",
            [
                ofXY (fun x y -> WindowOps.convolution (sliding 0 1) (first 1 y) x)
                ofXY (fun x y -> WindowOps.convolutionInputGradient (sliding 0 1) x.Shape (first 1 y) x)
                ofXY (fun x y -> WindowOps.convolutionKernelGradient (sliding 0 1) (Shape.ofInts [ 1; 3; 3 ]) x y)
            ]
            "a convolution of single channels with several outputs = one of repeated channels",
            [
                ofXY (fun x y -> WindowOps.convolution (sliding 1 3) (filters y) x)
                ofXY (fun x y ->
                    WindowOps.convolutionInputGradient (sliding 1 3) x.Shape (filters y) (Ops.concatenate 2 [ x; y ]))
                ofXY (fun x y ->
                    WindowOps.convolutionKernelGradient
                        (sliding 1 3)
                        (Shape.ofInts [ 3; 1; 6 ])
                        x
                        (Ops.concatenate 2 [ x; y ]))
            ]
            "a mask of what a maximum pool scatters = what it scatters of a mask",
            [
                ofXY (fun x y ->
                    let isPositive = Ops.greater x (number 0.0 x)
                    let rectified = Ops.select isPositive x (number 0.0 x)
                    Ops.select isPositive (scattered 2 rectified y) (number 0.0 x))
                ofXY (fun x y ->
                    let rectified = Ops.maximum x (number 0.0 x)
                    Ops.select (Ops.greater x (number 0.0 x)) (scattered 2 rectified y) (number 0.0 x))
                ofXY (fun x y -> Ops.select (Ops.greater x (number 0.0 x)) (scattered 3 x y) (number 0.0 x))
            ]
            "a sum over what a maximum pool scatters = the sum of what it was given",
            [
                ofXY (fun x y -> Ops.sum [ 0; 1 ] false (scattered 2 x y))
                ofXY (fun x y -> Ops.sum [ 1 ] false (scattered 3 x y))
            ]
            "a costly function of stretched values",
            [
                ofX (fun x ->
                    let shape = Shape.create (Dimension.known 3 :: Shape.dimensions x.Shape)
                    Ops.exp (Ops.broadcastTo shape x))
            ]
        ]

    let private checkLaw (law: Law) (example: Example) (rows: int, seed: int) : Property =
        let shape = Shape.ofInts [ rows; 3; 3 ]
        let leaf name elementType = Ops.input name shape elementType

        let values offset = [
            for position in 0 .. rows * 9 - 1 -> 2.0 * sin (float (seed + offset) + 1.7 * float position)
        ]

        let truths offset =
            values offset |> List.map (fun value -> if value > 0.0 then 1.0 else 0.0)

        let leaves =
            Map.ofList [
                "x", Literal.create ElementType.Float64 [ rows; 3; 3 ] (values 0)
                "y", Literal.create ElementType.Float64 [ rows; 3; 3 ] (values 11)
                "c", Literal.create ElementType.Bool [ rows; 3; 3 ] (truths 5)
                "d", Literal.create ElementType.Bool [ rows; 3; 3 ] (truths 7)
            ]

        let before =
            example
                (leaf "x" ElementType.Float64)
                (leaf "y" ElementType.Float64)
                (leaf "c" ElementType.Bool)
                (leaf "d" ElementType.Bool)

        match law.Apply before with
        | None -> false |> Prop.label $"'{law.Name}' does not apply"
        | Some after ->
            let valueOf node =
                Interpreter.run leaves (Graph.create [ node ]) |> List.head

            let expected, actual = valueOf before, valueOf after

            (before.Shape = after.Shape
             && before.ElementType = after.ElementType
             && Seq.forall2 (Tolerance.isClose 1e-12 1e-12) expected.Values actual.Values)
            |> Prop.label $"'{law.Name}' changes {List.ofSeq expected.Values} to {List.ofSeq actual.Values}"

    [<Fact>]
    let ``every law has examples`` () =
        let names = Simplification.laws |> List.map _.Name
        Assert.Equal<string list>(List.distinct names, names)
        Assert.Equal<Set<string>>(Set.ofList names, examples |> Map.keys |> Set.ofSeq)

    [<Fact>]
    let ``every law applies to its examples and keeps their meaning`` () =
        let sizes = Gen.zip (Gen.choose (3, 4)) (Gen.choose (0, 1000)) |> Arb.fromGen

        for law in Simplification.laws do
            for example in examples[law.Name] do
                Check.One(Config.QuickThrowOnFailure.WithMaxTest 20, Prop.forAll sizes (checkLaw law example))

    [<Fact>]
    let ``a sum that could be infinite times zero is kept`` () =
        let node = Ops.input "x" (Shape.ofInts [ 3 ]) ElementType.Float64 * 0.0
        Assert.Equal(None, Arithmetic.multiplyZero node |> Option.map ignore)

    [<Fact>]
    let ``simplifying a graph twice changes nothing more`` () =
        let isStable (recipe: GraphRecipe) =
            let random = RandomGraphs.build ElementType.Float64 recipe

            let once =
                List.map snd random.Results
                |> Specialization.run random.Sizes
                |> Simplification.run

            GraphPrinter.print once = GraphPrinter.print (Simplification.run once)

        Check.One(Config.QuickThrowOnFailure.WithMaxTest 100, Prop.forAll RandomGraphs.recipes isStable)
