namespace Functional.Compiler.Tests

open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Functional.Compiler
open Functional.Compiler.Planning
open Xunit

/// Attention: products over a batch of heads that lie between each other in memory.
module AttentionTests =

    let private batch, steps, heads, size = 2, 20, 2, 8

    /// A training step of one attention layer with layer normalization.
    let private attention () : RandomComputation =
        let leaves = ValuedLeaves()
        let width = heads * size
        let x = leaves.Parameter("x", [ batch; steps; width ])

        let kernels = [
            for name in [ "query"; "key"; "value"; "output" ] -> leaves.Parameter(name, [ width; width ])
        ]

        let split (node: Node) =
            Ops.reshape (Shape.ofInts [ batch; steps; heads; size ]) node
            |> Ops.transpose [ 0; 2; 1; 3 ]

        let project position = split (Ops.dense kernels[position] x)

        let scores = Ops.matMulWith false true (project 0) (project 1) * 0.5

        let joined =
            Ops.matMul (Ops.softmax -1 scores) (project 2)
            |> Ops.transpose [ 0; 2; 1; 3 ]
            |> Ops.reshape x.Shape

        let y = x + Ops.dense kernels[3] joined

        let normalized =
            (y - Ops.mean [ -1 ] true y) * Ops.rsqrt (Ops.variance [ -1 ] true y + 0.1)

        let loss = Ops.mean [ 0; 1; 2 ] false (Ops.square (normalized - 0.3))

        let updates =
            List.map2 (fun weight slope -> weight, weight - slope * 0.1) kernels (Gradient.gradients loss kernels)

        leaves.Computation([ "loss", loss ], updates)

    [<Fact>]
    let ``attention's training step computes what its graph means`` () =
        let random = attention ()

        let differences =
            PlanProperties.difference
                (PlanProperties.interpret random)
                (PlanProperties.execute CompilerOptions.standard random)

        Assert.Equal<string list>([], differences)

    let private planOf (random: RandomComputation) : Plan =
        Compiler.compile CompilerOptions.standard Map.empty {
            Results = random.Results
            Updates = random.Updates
        }

    [<Fact>]
    let ``all heads of all samples are one call`` () =
        let plan = planOf (attention ())

        let overHeads =
            plan.Instructions
            |> Seq.choose (fun call ->
                match call.Kernel with
                | Kernel.MatrixProduct product when product.OuterBatch > 1 -> Some(product.OuterBatch, product.Batch)
                | _ -> None)
            |> List.ofSeq

        // Scores, mixed values, and the gradients of the four factors of these two.
        Assert.Equal<(int * int) list>(List.replicate 6 (batch, heads), overHeads)

    [<Fact>]
    let ``products over heads read them where they lie`` () =
        let plan = planOf (attention ())
        let copies = plan.Instructions |> Seq.filter _.Kernel.IsCopy |> Seq.length

        // The heads' results are put side by side: one value forward, three gradients back.
        Assert.Equal(4, copies)
