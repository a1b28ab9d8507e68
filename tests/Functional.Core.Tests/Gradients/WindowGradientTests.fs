namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// The gradients of convolutions and pools, first and second order, and their adjoint laws.
module WindowGradientTests =

    type private Sliding = {
        Input: int list
        Kernel: int list
        Window: ConvolutionWindow
        Pool: PoolWindow
        Seed: int
    }

    let private sliding: Arbitrary<Sliding> =
        gen {
            let! axes = Gen.choose (1, 2)

            let list low high =
                Gen.choose (low, high) |> Gen.listOfLength axes

            let! size = list 1 3
            let! strides = list 1 2
            let! dilations = list 1 2
            let! lows = list 0 2
            let! highs = list 0 2
            let! extra = list 0 3
            let! groups = Gen.choose (1, 2)
            let! channels = Gen.choose (1, 2)
            let! filters = Gen.choose (1, 2)
            let! batch = Gen.choose (1, 2)
            let! seed = Gen.choose (0, 1000)

            let extents =
                List.map2 (fun size dilation -> (size - 1) * dilation + 1) size dilations

            let known = List.map (fun (low, high) -> Dimension.known low, Dimension.known high)

            return {
                Input = batch :: List.map2 (+) extents extra @ [ groups * channels ]
                Kernel = size @ [ channels; groups * filters ]
                Window = {
                    Strides = strides
                    Padding = known (List.zip lows highs)
                    Dilations = dilations
                    Groups = groups
                }
                Pool = {
                    Size = size
                    Strides = strides
                    Padding =
                        known (List.map3 (fun size low high -> min low (size - 1), min high (size - 1)) size lows highs)
                }
                Seed = seed
            }
        }
        |> Arb.fromGen

    let private values case offset lengths =
        Samples.any (case.Seed + offset) lengths

    /// The shape of a convolution's result.
    let private output case : int list =
        (WindowOps.convolution
            case.Window
            (FiniteDifferences.leaf "k" case.Kernel)
            (FiniteDifferences.leaf "x" case.Input))
            .Shape
        |> Shape.known

    [<Fact>]
    let ``a convolution has the gradients of differences, twice`` () =
        GradientLaw.holdsTwice sliding (fun case ->
            GradientLaw.case [ values case 0 case.Input; values case 1 case.Kernel ] (fun nodes ->
                WindowOps.convolution case.Window nodes[1] nodes[0]))

    [<Fact>]
    let ``a transposed convolution has the gradients of differences, twice`` () =
        GradientLaw.holdsTwice sliding (fun case ->
            GradientLaw.case [ values case 0 (output case); values case 1 case.Kernel ] (fun nodes ->
                WindowOps.convolutionInputGradient case.Window (Shape.ofInts case.Input) nodes[1] nodes[0]))

    [<Fact>]
    let ``a convolution's kernel gradient has the gradients of differences, twice`` () =
        GradientLaw.holdsTwice sliding (fun case ->
            GradientLaw.case [ values case 0 case.Input; values case 1 (output case) ] (fun nodes ->
                WindowOps.convolutionKernelGradient case.Window (Shape.ofInts case.Kernel) nodes[0] nodes[1]))

    [<Fact>]
    let ``a sum pool has the gradients of differences, twice`` () =
        GradientLaw.holdsTwice sliding (fun case ->
            GradientLaw.case [ values case 0 case.Input ] (fun nodes -> WindowOps.sumPool case.Pool nodes[0]))

    /// Distinct values far enough apart for differences, in an order that a seed shuffles.
    let private apart case : Literal =
        let count = List.fold (*) 1 case.Input
        let prime = 521

        FiniteDifferences.literal case.Input [
            for index in 0 .. count - 1 -> float ((37 * index + case.Seed) % prime) / 200.0 - 1.3
        ]

    [<Fact>]
    let ``a max pool has the gradients of differences, twice`` () =
        GradientLaw.holdsTwice sliding (fun case ->
            GradientLaw.case [ apart case ] (fun nodes -> WindowOps.maxPool case.Pool nodes[0]))

    [<Fact>]
    let ``the selections of a max pool have the gradients of differences in what they select`` () =
        GradientLaw.holdsTwice sliding (fun case ->
            let others = Ops.constant (apart case)

            GradientLaw.case [ values case 1 case.Input ] (fun nodes ->
                let gathered = Node.Create(Operation.SelectAndGather case.Pool, others, nodes[0])
                Node.Create(Operation.SelectAndScatter case.Pool, others, gathered * gathered)))

    let private inner (left: Node) (right: Node) : Node =
        Ops.sum (Ops.allAxes left) false (left * right)

    [<Fact>]
    let ``a convolution and its transposed one are adjoint, in the input and in the kernel`` () =
        Law.isWithin 1e-12 100 sliding (fun case ->
            let x = FiniteDifferences.leaf "x" case.Input
            let k = FiniteDifferences.leaf "k" case.Kernel
            let y = FiniteDifferences.leaf "y" (output case)

            let leaves =
                Map [
                    "x", values case 0 case.Input
                    "k", values case 1 case.Kernel
                    "y", values case 2 (output case)
                ]

            let products =
                [
                    inner (WindowOps.convolution case.Window k x) y
                    inner x (WindowOps.convolutionInputGradient case.Window x.Shape k y)
                    inner k (WindowOps.convolutionKernelGradient case.Window k.Shape x y)
                ]
                |> Graph.create
                |> Interpreter.run leaves
                |> List.map Literal.item

            let distance other =
                abs (products[0] - other) / (1.0 + abs products[0])

            max (distance products[1]) (distance products[2]))

    [<Fact>]
    let ``the gradient of a max pool goes to the first of equal maxima`` () =
        let x = FiniteDifferences.leaf "x" [ 1; 4; 1 ]

        let window: PoolWindow = {
            Size = [ 3 ]
            Strides = [ 1 ]
            Padding = [ Dimension.known 0, Dimension.known 0 ]
        }

        let gradient =
            Gradient.gradients (Ops.sum [ 0; 1; 2 ] false (WindowOps.maxPool window x)) [ x ]
            |> Graph.create
            |> Interpreter.run (Map [ "x", FiniteDifferences.literal [ 1; 4; 1 ] [ 2.0; 5.0; 5.0; 5.0 ] ])
            |> List.head

        Assert.Equal<float list>([ 0.0; 2.0; 0.0; 0.0 ], List.ofSeq gradient.Values)
