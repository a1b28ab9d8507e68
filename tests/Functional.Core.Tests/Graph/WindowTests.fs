namespace Functional.Core.Tests

open System
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Xunit

/// Convolutions and pools on numbers small enough to check by eye, and their shapes.
module WindowTests =

    let private value lengths values =
        Ops.constant (FiniteDifferences.literal lengths values)

    let private is (lengths: int list) (expected: float list) (node: Node) =
        let result = List.head (Interpreter.run Map.empty (Graph.create [ node ]))
        Assert.Equal<int list>(lengths, List.ofSeq result.Dimensions)
        Assert.Equal<float list>(expected, List.ofSeq result.Values)

    let private known =
        List.map (fun (low, high) -> Dimension.known low, Dimension.known high)

    let private window strides padding dilations groups : ConvolutionWindow = {
        Strides = strides
        Padding = known padding
        Dilations = dilations
        Groups = groups
    }

    let private pool size strides padding : PoolWindow = {
        Size = size
        Strides = strides
        Padding = known padding
    }

    /// One channel over five positions: 1 2 3 4 5.
    let private line = value [ 1; 5; 1 ] [ 1.0 .. 5.0 ]

    [<Fact>]
    let ``a convolution slides its kernel without turning it round`` () =
        let kernel = value [ 3; 1; 1 ] [ 1.0; 10.0; 100.0 ]

        WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 1 ] 1) kernel line
        |> is [ 1; 3; 1 ] [ 321.0; 432.0; 543.0 ]

        WindowOps.convolution (window [ 1 ] [ 1, 1 ] [ 1 ] 1) kernel line
        |> is [ 1; 5; 1 ] [ 210.0; 321.0; 432.0; 543.0; 54.0 ]

        WindowOps.convolution (window [ 2 ] [ 2, 0 ] [ 1 ] 1) kernel line
        |> is [ 1; 3; 1 ] [ 100.0; 321.0; 543.0 ]

        WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 2 ] 1) kernel line
        |> is [ 1; 1; 1 ] [ 531.0 ]

    [<Fact>]
    let ``channels are summed within their group`` () =
        let image = value [ 1; 2; 2 ] [ 1.0; 2.0; 3.0; 4.0 ]

        WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 1 ] 1) (value [ 1; 2; 2 ] [ 1.0; 10.0; 100.0; 1000.0 ]) image
        |> is [ 1; 2; 2 ] [ 201.0; 2010.0; 403.0; 4030.0 ]

        WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 1 ] 2) (value [ 1; 1; 4 ] [ 1.0; 10.0; 100.0; 1000.0 ]) image
        |> is [ 1; 2; 4 ] [ 1.0; 10.0; 200.0; 2000.0; 3.0; 30.0; 400.0; 4000.0 ]

    [<Fact>]
    let ``a transposed convolution spreads every element over a window`` () =
        let kernel = value [ 3; 1; 1 ] [ 1.0; 10.0; 100.0 ]
        let upstream = value [ 1; 2; 1 ] [ 1.0; 2.0 ]

        WindowOps.convolutionInputGradient (window [ 2 ] [ 0, 0 ] [ 1 ] 1) (Shape.ofInts [ 1; 5; 1 ]) kernel upstream
        |> is [ 1; 5; 1 ] [ 1.0; 10.0; 102.0; 20.0; 200.0 ]

        // The same windows over an input that is one longer: what no window reads gets nothing.
        WindowOps.convolutionInputGradient (window [ 2 ] [ 0, 0 ] [ 1 ] 1) (Shape.ofInts [ 1; 6; 1 ]) kernel upstream
        |> is [ 1; 6; 1 ] [ 1.0; 10.0; 102.0; 20.0; 200.0; 0.0 ]

    [<Fact>]
    let ``a kernel's gradient sums over all windows`` () =
        WindowOps.convolutionKernelGradient
            (window [ 1 ] [ 0, 0 ] [ 1 ] 1)
            (Shape.ofInts [ 3; 1; 1 ])
            line
            (value [ 1; 3; 1 ] [ 1.0; 10.0; 100.0 ])
        |> is [ 3; 1; 1 ] [ 321.0; 432.0; 543.0 ]

    [<Fact>]
    let ``two axes slide independently`` () =
        let image = value [ 1; 2; 3; 1 ] [ 1.0 .. 6.0 ]

        WindowOps.convolution
            (window [ 1; 1 ] [ 0, 0; 0, 0 ] [ 1; 1 ] 1)
            (value [ 2; 2; 1; 1 ] [ 1.0; 10.0; 100.0; 1000.0 ])
            image
        |> is [ 1; 1; 2; 1 ] [ 5421.0; 6532.0 ]

        WindowOps.sumPool (pool [ 2; 2 ] [ 1; 2 ] [ 0, 0; 0, 1 ]) image
        |> is [ 1; 1; 2; 1 ] [ 12.0; 9.0 ]

    [<Fact>]
    let ``padding counts as nothing in a sum and never wins a maximum`` () =
        let negative = value [ 1; 3; 1 ] [ -1.0; -2.0; -3.0 ]

        WindowOps.sumPool (pool [ 2 ] [ 2 ] [ 1, 0 ]) negative
        |> is [ 1; 2; 1 ] [ -1.0; -5.0 ]

        WindowOps.maxPool (pool [ 2 ] [ 2 ] [ 1, 0 ]) negative
        |> is [ 1; 2; 1 ] [ -1.0; -2.0 ]

    [<Fact>]
    let ``of equal maxima the first one in row-major order gets the gradient`` () =
        let image = value [ 1; 2; 2; 1 ] [ 3.0; 7.0; 7.0; 7.0 ]
        let whole = pool [ 2; 2 ] [ 1; 1 ] [ 0, 0; 0, 0 ]

        let scatter upstream =
            Node.Create(Operation.SelectAndScatter whole, image, upstream)

        scatter (value [ 1; 1; 1; 1 ] [ 5.0 ])
        |> is [ 1; 2; 2; 1 ] [ 0.0; 5.0; 0.0; 0.0 ]

        Node.Create(Operation.SelectAndGather whole, image, value [ 1; 2; 2; 1 ] [ 1.0; 2.0; 3.0; 4.0 ])
        |> is [ 1; 1; 1; 1 ] [ 2.0 ]

    [<Fact>]
    let ``shapes keep lengths that are not known yet`` () =
        let image =
            Ops.input
                "x"
                (Shape.create [ Dimension.batch; Dimension.named "time"; Dimension.known 4 ])
                ElementType.Float64

        let kernel = Ops.parameter "k" (Shape.ofInts [ 3; 4; 8 ]) ElementType.Float64

        let shape node = string (node: Node).Shape
        Assert.Equal("(batch, time, 8)", shape (WindowOps.convolution (window [ 1 ] [ 1, 1 ] [ 1 ] 1) kernel image))
        Assert.Equal("(batch, time - 2, 8)", shape (WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 1 ] 1) kernel image))

        Assert.Equal(
            "(batch, (time + 1)/2, 8)",
            shape (WindowOps.convolution (window [ 2 ] [ 1, 1 ] [ 1 ] 1) kernel image)
        )

        Assert.Equal("(batch, (time)/2, 4)", shape (WindowOps.maxPool (pool [ 2 ] [ 2 ] [ 0, 0 ]) image))

    [<Fact>]
    let ``windows that do not fit are refused with the shapes`` () =
        let refused (sentence: string) (build: unit -> Node) =
            let error = Assert.Throws<ArgumentException>(fun () -> build () |> ignore)
            Assert.StartsWith(sentence, error.Message)

        let kernel lengths =
            Ops.parameter "k" (Shape.ofInts lengths) ElementType.Float64

        refused
            "Convolution, channels per group (groups 1): expected a length of 1, but found 2 (shapes (1, 5, 1)"
            (fun () -> WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 1 ] 1) (kernel [ 3; 2; 4 ]) line)

        refused "Convolution, a window of 7 with stride 1, padding 0:0, is out of bounds for shape (1, 5, 1)" (fun () ->
            WindowOps.convolution (window [ 1 ] [ 0, 0 ] [ 3 ] 1) (kernel [ 3; 1; 4 ]) line)

        refused "expected a batch axis, 2 spatial axes and channels for MaxPool, but the shape is (1, 5, 1)" (fun () ->
            WindowOps.maxPool (pool [ 2; 2 ] [ 1; 1 ] [ 0, 0; 0, 0 ]) line)

        refused
            "ConvolutionInputGradient, upstream against the result: shapes (1, 5, 1) and (1, 3, 4) differ"
            (fun () ->
                WindowOps.convolutionInputGradient
                    (window [ 1 ] [ 0, 0 ] [ 1 ] 1)
                    (Shape.ofInts [ 1; 5; 1 ])
                    (kernel [ 3; 1; 4 ])
                    line)
