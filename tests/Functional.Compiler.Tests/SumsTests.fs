namespace Functional.Compiler.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Functional.Compiler
open Functional.Compiler.Passes
open Functional.Compiler.Planning
open Xunit

/// Sums as gradients of loops have them.
module SumsTests =

    /// A recurrent layer over time steps, its loss, and one step of gradient descent.
    let private recurrent (steps: int) : RandomComputation =
        let leaves = ValuedLeaves()
        let x = leaves.Parameter("x", [ 2; steps; 3 ])
        let kernel = leaves.Parameter("kernel", [ 3; 4 ])
        let recurrentKernel = leaves.Parameter("recurrent kernel", [ 4; 4 ])
        let bias = leaves.Parameter("bias", [ 4 ])
        let start = leaves.Parameter("start", [ 2; 4 ])
        let inputs = Ops.dense kernel x
        let at (time: int) = Dimension.known time

        let next state time =
            let input = Ops.squeeze [ 1 ] (Ops.sliceAxis 1 (at time) (at (time + 1)) inputs)
            Ops.tanh (input + Ops.dense recurrentKernel state + bias)

        let last = List.fold next start [ 0 .. steps - 1 ]
        let loss = Ops.sum [ 0; 1 ] false (Ops.square last)
        let weights = [ kernel; recurrentKernel; bias ]

        let updates =
            List.map2 (fun weight slope -> weight, weight - slope * 0.1) weights (Gradient.gradients loss weights)

        leaves.Computation([ "loss", loss ], updates)

    let private countOf (condition: Kernel -> bool) (random: RandomComputation) : int =
        let plan =
            Compiler.compile CompilerOptions.standard Map.empty {
                Results = random.Results
                Updates = random.Updates
            }

        plan.Instructions
        |> Seq.filter (fun call -> condition call.Kernel)
        |> Seq.length

    [<Fact>]
    let ``a recurrent layer's training step computes what its graph means`` () =
        for steps in [ 1; 2; 5; 12 ] do
            let random = recurrent steps

            let differences =
                PlanProperties.difference
                    (PlanProperties.interpret random)
                    (PlanProperties.execute CompilerOptions.standard random)

            Assert.Equal<string list>([], differences)

    [<Fact>]
    let ``a recurrent layer's weights get their gradients from one product each`` () =
        let products = recurrent 12 |> countOf _.IsMatrixProduct

        // Input projection, 12 steps forward, 11 back, and one product per weight.
        Assert.Equal(1 + 12 + 11 + 2, products)

    [<Fact>]
    let ``slices that are put back where they were taken from are a concatenation`` () =
        let x = Ops.input "x" (Shape.ofInts [ 2; 6 ]) ElementType.Float64

        let pad low high (node: Node) =
            let nothing = {
                Low = Dimension.known 0
                High = Dimension.known 0
                Interior = 0
            }

            let axis = {
                nothing with
                    Low = Dimension.known low
                    High = Dimension.known high
            }

            Ops.pad [ nothing; axis ] 0.0 node

        let part first last =
            Ops.sliceAxis 1 (Dimension.known first) (Dimension.known last) x

        let sum = pad 4 0 (part 4 6) + pad 0 4 (part 0 2) + pad 2 2 (part 2 4)
        let graph = Graph.create [ sum ] |> Sums.run |> Simplification.run
        Assert.Same(x, graph.Outputs[0])
