namespace Functional.Core.Tests.Optimizers

open System
open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Optimizers
open Functional.Core.Tensors
open Functional.Testing

/// Laws of optimizers and of the blocks that they are made of.
module OptimizerLawTests =

    let private describe (name: string) (dimensions: int list) : ParameterDescription = {
        Name = name
        Dimensions = dimensions
        ElementType = ElementType.Float32
    }

    let private two = [ describe "dense/kernel" [ 3; 2 ]; describe "dense/bias" [ 2 ] ]

    let private isElementwise (node: Node) : bool =
        match node.Operation with
        | Operation.Leaf _
        | Operation.Unary _
        | Operation.Binary _
        | Operation.Compare _
        | Operation.Select
        | Operation.Cast _ -> true
        | Operation.Constant _ -> Shape.rank node.Shape = 0
        | Operation.Broadcast _ -> Shape.rank node.Inputs[0].Shape = 0
        | _ -> false

    [<Fact>]
    let ``the step of every optimizer but Adafactor is elementwise and scalar work only, so that it fuses to one loop``
        ()
        =
        for entry in Optimizer.registry.Entries do
            let config = [
                "weight_decay", ConfigValue.Float 0.01
                "clipvalue", ConfigValue.Float 0.5
                "use_ema", ConfigValue.Bool true
                "gradient_accumulation_steps", ConfigValue.Int 2L
            ]

            let optimizer = Optimizer.ofNameWith entry.Names.Head config
            let graph, _ = OptimizerRun.graph optimizer two

            if optimizer.ClassName <> "Adafactor" then
                Assert.All(
                    graph.Nodes,
                    fun node -> Assert.True(isElementwise node, $"{optimizer.ClassName}: %A{node.Operation}")
                )

    [<Fact>]
    let ``only one way of clipping can be asked for`` () =
        let config = [ "clipnorm", ConfigValue.Float 1.0; "clipvalue", ConfigValue.Float 1.0 ]

        let error =
            Assert.Throws<ArgumentException>(fun () -> Optimizer.ofNameWith "adam" config |> ignore)

        Assert.Contains("Only one of clipnorm, global_clipnorm and clipvalue", error.Message)

    /// One step of plain descent with a rate of 1 from 0 gives minus the transformed gradient.
    let private updates (transformation: Transformation) (gradients: Literal list) : float list list =
        let optimizer =
            transformation
            |> Transformation.andThen Transformation.descend
            |> Optimizer.create "Test" "test" (Schedule.constant 1.0)

        let parameters =
            gradients
            |> List.mapi (fun index gradient ->
                describe $"weight_{index}" (List.ofSeq gradient.Dimensions), Samples.map (fun _ -> 0.0) gradient)

        let history, _ = OptimizerRun.steps optimizer parameters [ gradients ]

        history.Head
        |> List.map (fun literal -> [ for value in literal.Values -> -value ])

    let private norm (values: float seq) : float =
        sqrt (Seq.sumBy (fun value -> value * value) values)

    let private gradients = Arb.fromGen (Gen.listOfLength 2 Samples.arrays)

    [<Fact>]
    let ``clipping by norm keeps short gradients and shortens long ones to the limit, in their direction`` () =
        Prop.forAll gradients (fun gradients ->
            List.forall2
                (fun (before: Literal) after ->
                    let scale = min 1.0 (2.0 / norm before.Values)
                    Seq.forall2 (fun x y -> Tolerance.isClose 1e-12 1e-12 (x * scale) y) before.Values after)
                gradients
                (updates (Clipping.byNorm 2.0) gradients))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 30, property)

    [<Fact>]
    let ``clipping by the global norm scales all gradients by one factor`` () =
        Prop.forAll gradients (fun gradients ->
            let all = gradients |> Seq.collect _.Values
            let scale = min 1.0 (2.0 / norm all)
            let clipped = updates (Clipping.byGlobalNorm 2.0) gradients |> Seq.concat
            Seq.forall2 (fun x y -> Tolerance.isClose 1e-12 1e-12 (x * scale) y) all clipped)
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 30, property)

    [<Fact>]
    let ``a gradient of zeros survives every kind of clipping`` () =
        let zeros = [ FiniteDifferences.literal [ 2 ] [ 0.0; 0.0 ] ]

        for clipping in [ Clipping.byNorm 1.0; Clipping.byGlobalNorm 1.0; Clipping.byValue 1.0 ] do
            Assert.All(List.concat (updates clipping zeros), fun value -> Assert.Equal(0.0, value))

    [<Fact>]
    let ``andThen is associative and identity changes nothing`` () =
        let a = Clipping.byValue 1.0
        let b = AdaptiveMoments.scaleByAdam 0.9 0.99 1e-7 true
        let c = Momentum.velocity 0.9 true
        let (>>) first next = Transformation.andThen next first

        Prop.forAll gradients (fun gradients ->
            let left = updates ((a >> b) >> c) gradients

            left = updates (a >> (b >> c)) gradients
            && left = updates (Transformation.identity >> a >> b >> c >> Transformation.identity) gradients)
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 20, property)

    [<Fact>]
    let ``accumulating n equal gradients and stepping once is stepping once`` () =
        Prop.forAll gradients (fun gradients ->
            let parameters =
                gradients
                |> List.mapi (fun index gradient ->
                    describe $"weight_{index}" (List.ofSeq gradient.Dimensions),
                    Samples.map (fun x -> x + 1.0) gradient)

            let run config count =
                let optimizer = Optimizer.ofNameWith "sgd" config

                OptimizerRun.steps optimizer parameters (List.replicate count gradients)
                |> fst
                |> List.last

            let once = run [] 1
            let accumulated = run [ "gradient_accumulation_steps", ConfigValue.Int 3L ] 3

            List.forall2
                (fun (x: Literal) (y: Literal) -> Seq.forall2 (Tolerance.isClose 1e-12 1e-12) x.Values y.Values)
                once
                accumulated)
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 20, property)
