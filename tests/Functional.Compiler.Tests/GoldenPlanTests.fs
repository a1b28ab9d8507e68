namespace Functional.Compiler.Tests

open System.IO
open System.Reflection
open Functional.Compiler
open Functional.Compiler.Planning
open Xunit

/// The listings of plans that everybody should be able to read. They change when the compiler changes its mind: read the
/// difference, and replace the file when it is better than before.
module GoldenPlanTests =

    let private check (name: string) (computation: Functional.Core.Graph.Computation) : unit =
        let listing =
            computation
            |> Compiler.compile CompilerOptions.standard (Map.ofList [ "batch", 8 ])
            |> PlanPrinter.print

        use stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream $"Functional.Compiler.Tests.Golden.{name}.txt"
            |> nonNull

        use reader = new StreamReader(stream)
        Assert.Equal(reader.ReadToEnd(), listing)

    [<Fact>]
    let ``a dense layer with relu is one product with an epilogue`` () =
        check "dense-relu" (KnownComputations.denseRelu ())

    [<Fact>]
    let ``softmax cross-entropy with its gradients is one loop over rows`` () =
        check "softmax-cross-entropy" (KnownComputations.softmaxCrossEntropy ())

    [<Fact>]
    let ``an Adam step is one loop that writes three values in place`` () =
        check "adam" (KnownComputations.adam ())

    [<Fact>]
    let ``layer normalization is one loop over rows`` () =
        check "layer-normalization" (KnownComputations.layerNormalization ())

    [<Fact>]
    let ``the second of two products that are summed is added to the first one`` () =
        let plan =
            Compiler.compile CompilerOptions.standard Map.empty (KnownComputations.sharedWeight ())

        let accumulates =
            plan.Instructions
            |> Seq.choose (fun call ->
                match call.Kernel with
                | Kernel.MatrixProduct product -> Some product.Accumulate
                | _ -> None)

        Assert.Equal<bool>([ false; false; false; true ], accumulates |> Seq.sort)

    [<Fact>]
    let ``gradient descent adds the product of factors to the weight where it lies`` () =
        let plan =
            Compiler.compile CompilerOptions.standard Map.empty (KnownComputations.gradientDescent ())

        let weight =
            plan.Buffers
            |> Seq.findIndex (fun buffer ->
                buffer.Storage = Storage.External(Functional.Core.Graph.LeafKind.Parameter, "w"))

        let updates =
            plan.Instructions
            |> Seq.filter (fun call ->
                match call.Kernel with
                | Kernel.MatrixProduct product -> product.Accumulate && int call.Writes[0].Id = weight
                | _ -> false)

        Assert.Single updates |> ignore

    [<Fact>]
    let ``a step of an LSTM and its gradient are one product and one loop each`` () =
        check "lstm" (KnownComputations.lstm ())

    [<Fact>]
    let ``a training step on XOR takes six kernels`` () =
        let plan =
            Compiler.compile CompilerOptions.standard Map.empty (KnownComputations.exclusiveOr ())

        Assert.Equal(6, plan.Instructions.Length)

    [<Fact>]
    let ``a training step of three dense layers takes eleven kernels`` () =
        let plan =
            Compiler.compile CompilerOptions.standard Map.empty (KnownComputations.classifier ())

        Assert.Equal(11, plan.Instructions.Length)
