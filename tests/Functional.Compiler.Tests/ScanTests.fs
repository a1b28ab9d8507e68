namespace Functional.Compiler.Tests

open System
open FsCheck
open FsCheck.FSharp
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing
open Functional.Compiler
open Functional.Compiler.Passes
open Functional.Compiler.Planning
open Xunit

/// Loops and their gradients as plans.
module ScanTests =

    let private options disabled = {
        Disabled = Set.ofList disabled
        ChecksGraphs = true
    }

    let private agrees (options: CompilerOptions) (recipe: ScanRecipe) : Property =
        let random = RandomScans.training ElementType.Float64 recipe

        let differences =
            PlanProperties.difference (PlanProperties.interpret random) (PlanProperties.execute options random)

        differences.IsEmpty
        |> Prop.label (String.concat Environment.NewLine (List.truncate 5 differences))

    let private check count options : unit =
        Check.One(Config.QuickThrowOnFailure.WithMaxTest count, Prop.forAll RandomScans.recipes (agrees options))

    [<Fact>]
    let ``loops and their gradients are computed as the interpreter says`` () = check 200 (options [])

    [<Fact>]
    let ``what stays in a loop and what leaves it makes no difference`` () =
        for disabled in
            [
                [ "scan-merging" ]
                [ "scan-hoisting" ]
                [ "scan-merging"; "scan-hoisting" ]
                Pipeline.names
            ] do
            check 60 (options disabled)

    [<Fact>]
    let ``hoisting alone is right`` () =
        check 60 (options (List.except [ "scan-hoisting" ] Pipeline.names))

    let private known = Dimension.known

    let private leaf name lengths =
        Ops.parameter name (Shape.ofInts lengths) ElementType.Float32

    let private compile disabled (results: Node list) : Plan =
        {
            Results = results |> List.mapi (fun position node -> $"result{position}", node)
            Updates = []
        }
        |> Compiler.compile (options disabled) Map.empty

    let private scans (plan: Plan) : ScanLoop list = [
        for call in plan.Instructions do
            match call.Kernel with
            | Kernel.Scan scan -> scan
            | _ -> ()
    ]

    let private products (plan: Plan) : MatrixProduct list = [
        for call in plan.Instructions do
            match call.Kernel with
            | Kernel.MatrixProduct product -> product
            | _ -> ()
    ]

    let private steps, batch, units, features = 7, 4, 8, 5

    /// A simple recurrent layer, and the gradients of a loss on its outputs and last state.
    let private recurrent () =
        let kernel, recurrentKernel, bias =
            leaf "kernel" [ features; units ], leaf "recurrent" [ units; units ], leaf "bias" [ units ]

        let sequence = leaf "sequence" [ steps; batch; features ]
        let first = leaf "first" [ batch; units ]

        let last, stacks =
            Scanning.scan false [ first ] [ sequence ] (fun carries current ->
                let next =
                    Ops.tanh (Ops.matMul current[0] kernel + bias + Ops.matMul carries[0] recurrentKernel)

                [ next ], [ next ])

        let loss =
            Ops.sum [ 0; 1; 2 ] false (Ops.square stacks[0])
            + Ops.sum [ 0; 1 ] false (Ops.sin last[0])

        loss, last @ stacks, Gradient.gradients loss [ kernel; recurrentKernel; bias; sequence; first ]

    [<Fact>]
    let ``the products with the inputs of a recurrent layer are one product`` () =
        let _, results, _ = recurrent ()
        let plan = compile [] results
        let outside, inside = products plan, products (List.exactlyOne (scans plan)).Body
        Assert.Equal<int>([ steps * batch ], outside |> List.map _.Rows)
        Assert.Equal<int>([ batch ], inside |> List.map _.Rows)

    [<Fact>]
    let ``training a recurrent layer runs its loop once, and one loop back with one product in each`` () =
        let loss, _, gradients = recurrent ()
        let plan = compile [] (loss :: gradients)
        let loops = scans plan
        Assert.Equal<bool>([ false; true ], loops |> List.map _.IsReversed)
        Assert.Equal<int>([ 1; 1 ], loops |> List.map (fun scan -> (products scan.Body).Length))

        // x * kernel, and back the gradients of both kernels and of x; each over all steps.
        let sizes =
            products plan
            |> List.map (fun product -> product.Rows, product.Inner, product.Columns)
            |> List.sort

        Assert.Equal<int * int * int>(
            List.sort [
                steps * batch, features, units
                features, steps * batch, units
                units, steps * batch, units
                steps * batch, units, features
            ],
            sizes
        )

    [<Fact>]
    let ``a loop that carries nothing is no loop`` () =
        let _, stacks =
            Scanning.scan false [] [ leaf "sequence" [ 6; 2; 3 ] ] (fun _ current ->
                [], [ Ops.tanh (Ops.matMul current[0] (leaf "kernel" [ 3; 4 ])) ])

        Assert.Empty(scans (compile [] stacks))

    [<Fact>]
    let ``results that nobody reads are not computed`` () =
        let last, _ =
            Scanning.scan
                false
                [ leaf "first" [ 3 ]; leaf "second" [ 3 ] ]
                [ leaf "sequence" [ 6; 3 ] ]
                (fun carries current ->
                    [ Ops.tanh (carries[0] + current[0]); carries[1] * carries[0] ], [ Ops.exp current[0] ])

        let scan = List.exactlyOne (scans (compile [] [ last[0] ]))
        Assert.Equal(1, scan.Carries.Length)
        Assert.Equal(0, scan.Outputs.Length)

    [<Fact>]
    let ``a loop of no steps leaves its carries`` () =
        let length = Dimension.named "count"
        let carry = Ops.input "carry" (Shape.ofInts [ 3 ]) ElementType.Float64

        let last, _ =
            Scanning.scanOver length false [ carry ] [] (fun carries _ -> [ carries[0] * 2.0 ], [])

        let plan =
            Compiler.compile (options []) (Map.ofList [ "count", 0 ]) {
                Results = [ "last", last[0] ]
                Updates = []
            }

        let leaves =
            System.Collections.Generic.Dictionary(dict [ "carry", [| 1.0; 2.0; 3.0 |] ])

        Assert.Equal<float>([| 1.0; 2.0; 3.0 |], (PlanExecutor.execute leaves plan)["last"])
