namespace Functional.Core.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Xunit

module GraphPrinterTests =

    let private lines (texts: string list) : string = String.concat "\n" texts

    let private print (nodes: Node list) : string = GraphPrinter.print (Graph.create nodes)

    let private batchOf (lengths: int list) : Shape =
        Shape.create (Dimension.batch :: List.map Dimension.known lengths)

    [<Fact>]
    let ``a model and its gradient read like a listing`` () =
        let x = Ops.input "x" (batchOf [ 3 ]) ElementType.Float32
        let kernel = Ops.parameter "kernel" (Shape.ofInts [ 3; 2 ]) ElementType.Float32
        let loss = Ops.mean [ 0; 1 ] false (Ops.tanh (Ops.dense kernel x))

        Assert.Equal(
            lines [
                "%0 = Input 'x' : float32 (batch, 3)"
                "%1 = Parameter 'kernel' : float32 (3, 2)"
                "%2 = MatMul NN %0 %1 : float32 (batch, 2)"
                "%3 = Tanh %2 : float32 (batch, 2)"
                "%4 = Reduce Sum axes=0,1 %3 : float32 ()"
                "%5 = Size 2*batch : float32 ()"
                "%6 = Divide %4 %5 : float32 ()"
                "%7 = Constant 1 : float32 ()"
                "%8 = Divide %7 %5 : float32 ()"
                "%9 = Reshape %8 : float32 (1, 1)"
                "%10 = Broadcast %9 : float32 (batch, 2)"
                "%11 = Broadcast %7 : float32 (batch, 2)"
                "%12 = Multiply %3 %3 : float32 (batch, 2)"
                "%13 = Subtract %11 %12 : float32 (batch, 2)"
                "%14 = Multiply %10 %13 : float32 (batch, 2)"
                "%15 = MatMul TN %0 %14 : float32 (3, 2)"
                "return %6, %15"
            ],
            print (loss :: Gradient.gradients loss [ kernel ])
        )

    [<Fact>]
    let ``every operation shows what it is made with`` () =
        let x = Ops.input "x" (batchOf [ 4 ]) ElementType.Float64
        let table = Ops.variable "table" (Shape.ofInts [ 5; 4 ]) ElementType.Float64
        let key = Ops.input "key" (Shape.ofInts [ 2 ]) ElementType.Int32
        let known = Dimension.known

        let padding low interior = {
            Low = known low
            High = known 1
            Interior = interior
        }

        let part stop stride = {
            Start = known 0
            Stop = stop
            Stride = stride
        }

        let best = Ops.argMax 1 x

        let nodes = [
            Ops.constant (Literal.create ElementType.Float64 [ 2 ] [ 1.0; 2.0 ])
            Ops.iota ElementType.Int32 0 (batchOf [])
            Ops.random Distribution.TruncatedNormal 7 (batchOf [ 4 ]) ElementType.Float64 key
            Ops.select (Ops.greater x (Ops.stopGradient x)) x (Ops.maximum x x)
            Ops.cast ElementType.Float32 x
            Ops.transpose [ 1; 0 ] x
            Ops.slice [ part Dimension.batch 2; part (known 3) 1 ] x
            Ops.pad [ padding 0 0; padding 2 1 ] 0.5 x
            Ops.concatenate 0 [ x; table ]
            Ops.reverse [ 0; 1 ] x
            Ops.gather 0 best table
            Ops.scatterAdd 0 (known 5) best x
            Ops.logicalNot (Ops.equal best best)
        ]

        Assert.Equal(
            lines [
                "%0 = Constant [...] : float64 (2,)"
                "%1 = Iota axis=0 : int32 (batch,)"
                "%2 = Input 'key' : int32 (2,)"
                "%3 = Random TruncatedNormal stream=7 %2 : float64 (batch, 4)"
                "%4 = Input 'x' : float64 (batch, 4)"
                "%5 = StopGradient %4 : float64 (batch, 4)"
                "%6 = Greater %4 %5 : bool (batch, 4)"
                "%7 = Maximum %4 %4 : float64 (batch, 4)"
                "%8 = Select %6 %4 %7 : float64 (batch, 4)"
                "%9 = Cast %4 : float32 (batch, 4)"
                "%10 = Transpose 1,0 %4 : float64 (4, batch)"
                "%11 = Slice 0:batch:2,0:3:1 %4 : float64 ((batch + 1)/2, 3)"
                "%12 = Pad 0:1:0,2:1:1 value=0.5 %4 : float64 (batch + 1, 10)"
                "%13 = Variable 'table' : float64 (5, 4)"
                "%14 = Concatenate axis=0 %4 %13 : float64 (batch + 5, 4)"
                "%15 = Reverse 0,1 %4 : float64 (batch, 4)"
                "%16 = ArgMax axis=1 %4 : int32 (batch,)"
                "%17 = Gather axis=0 %13 %16 : float64 (batch, 4)"
                "%18 = ScatterAdd axis=0 length=5 %16 %4 : float64 (5, 4)"
                "%19 = Equal %16 %16 : bool (batch,)"
                "%20 = Not %19 : bool (batch,)"
                "return %0, %1, %3, %8, %9, %10, %11, %12, %14, %15, %17, %18, %20"
            ],
            print nodes
        )

    [<Fact>]
    let ``cumulative sums and hashes say how they go`` () =
        let x = Ops.input "x" (batchOf [ 4 ]) ElementType.Int32

        let nodes = [
            Ops.cumulativeSum 1 false false x
            Ops.cumulativeSum -1 true true x
            Node.Create(Operation.Hash(7, None), x)
            Node.Create(Operation.Hash(7, Some(1UL, 2UL)), x)
        ]

        Assert.Equal(
            lines [
                "%0 = Input 'x' : int32 (batch, 4)"
                "%1 = CumulativeSum axis=1 %0 : int32 (batch, 4)"
                "%2 = CumulativeSum axis=1 reverse exclusive %0 : int32 (batch, 4)"
                "%3 = Hash bins=7 %0 : int32 (batch, 4)"
                "%4 = Hash bins=7 keyed %0 : int32 (batch, 4)"
                "return %1, %2, %3, %4"
            ],
            print nodes
        )
