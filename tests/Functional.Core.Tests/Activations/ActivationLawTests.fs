namespace Functional.Core.Tests.Activations

open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Activations
open Functional.Core.Configuration
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Testing

/// Laws that every activation obeys.
module ActivationLawTests =

    // Central differences with a step of 1e-5 in float64 are good to about 1e-9 for values of this size.
    let private firstOrder = 1e-6
    let private secondOrder = 1e-5

    /// Every activation with its defaults, and some with arguments.
    let private all: Activation list =
        let withArguments = [
            "relu",
            [
                "negative_slope", ConfigValue.Float 0.3
                "max_value", ConfigValue.Float 2.0
                "threshold", ConfigValue.Float 1.0
            ]
            "leaky_relu", [ "negative_slope", ConfigValue.Float 0.01 ]
            "elu", [ "alpha", ConfigValue.Float 0.5 ]
            "celu", [ "alpha", ConfigValue.Float 2.0 ]
            "gelu", [ "approximate", ConfigValue.Bool true ]
            "squareplus", [ "b", ConfigValue.Float 1.0 ]
            "threshold", [ "threshold", ConfigValue.Float 0.5; "default_value", ConfigValue.Float -1.0 ]
            "maxout", [ "pieces", ConfigValue.Int 4L ]
        ]

        [
            for entry in Activation.registry.Entries do
                Activation.ofName entry.Names.Head
            for name, arguments in withArguments do
                Activation.ofNameWith name arguments
        ]

    let private smooth =
        set [
            "exponential"
            "gelu"
            "linear"
            "log_sigmoid"
            "log_softmax"
            "mish"
            "sigmoid"
            "silu"
            "softmax"
            "softplus"
            "squareplus"
            "tanh"
            "tanh_shrink"
        ]

    /// Arrays whose last axis glu and maxout can divide.
    let private inputs =
        gen {
            let! shape = Samples.shapesEndingIn (Gen.elements [ 4; 8 ])
            return! Samples.ofShape shape
        }
        |> Arb.fromGen

    let private check (activations: Activation list) (holds: Activation -> Literal -> bool) =
        Prop.forAll inputs (fun x ->
            activations
            |> List.map (fun each -> holds each x |> Prop.label each.Name)
            |> List.reduce (.&.))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 8, property)

    [<Fact>]
    let ``the gradient of every activation is its central difference`` () =
        let activations = all |> List.filter (fun activation -> activation.Name <> "step")

        check activations (fun activation x ->
            FiniteDifferences.worstError [ "x", x ] Map.empty (fun nodes -> activation.Apply nodes.Head) < firstOrder)

    [<Fact>]
    let ``the second derivative of every smooth activation is the central difference of the first`` () =
        let activations =
            all |> List.filter (fun activation -> smooth.Contains activation.Name)

        let slope (activation: Activation) (nodes: Node list) =
            let y = activation.Apply nodes.Head
            let total = Ops.sum (Ops.allAxes y) false (Ops.square y * 0.5 + y)
            Gradient.gradients total nodes |> List.head

        check activations (fun activation x ->
            FiniteDifferences.worstError [ "x", x ] Map.empty (slope activation) < secondOrder)

    [<Fact>]
    let ``every activation keeps NaN, so that what went wrong is seen in the loss`` () =
        let x = FiniteDifferences.literal [ 1; 4 ] [ nan; nan; nan; nan ]

        // A step has one of two values, and sparsemax none where nothing is greatest.
        for activation in all do
            if activation.Name <> "step" && activation.Name <> "sparsemax" then
                let y = activation.Apply(FiniteDifferences.leaf "x" [ 1; 4 ])
                let values = (Interpreter.run (Map [ "x", x ]) (Graph.create [ y ])).Head.Values
                Assert.All(values, fun value -> Assert.True(System.Double.IsNaN value, activation.Name))

    [<Fact>]
    let ``no activation and no gradient is NaN far from zero`` () =
        let far =
            FiniteDifferences.literal [ 2; 4 ] [ -1e4; -800.0; -30.0; 0.0; 0.0; 30.0; 600.0; 1e4 ]

        for activation in all do
            // exp(1e4) and its slope are infinite: that is the right value.
            if activation.Name <> "exponential" then
                let node = FiniteDifferences.leaf "x" [ 2; 4 ]
                let y = activation.Apply node
                let total = Ops.sum (Ops.allAxes y) false y

                let gradient =
                    Gradient.tryGradients total [ node ]
                    |> List.head
                    |> Option.defaultValue (node.Number 0.0)

                for literal in Interpreter.run (Map [ "x", far ]) (Graph.create [ y; gradient ]) do
                    Assert.All(literal.Values, fun value -> Assert.True(System.Double.IsFinite value, activation.Name))

    [<Fact>]
    let ``sparsemax gives numbers that are not negative and sum to one, and equals the input on the simplex`` () =
        let sparsemax = Activation.ofName "sparsemax"

        Prop.forAll inputs (fun x ->
            let rows =
                x.Dimensions
                |> Seq.fold (*) 1
                |> fun size -> size / x.Dimensions[x.Dimensions.Length - 1]

            let node = FiniteDifferences.leaf "x" (List.ofSeq x.Dimensions)
            let once = sparsemax.Apply node

            let results =
                Graph.create [ once; sparsemax.Apply once ] |> Interpreter.run (Map [ "x", x ])

            Seq.forall (fun value -> value >= 0.0) results[0].Values
            && Tolerance.isClose 1e-12 1e-12 (float rows) (Seq.sum results[0].Values)
            && Seq.forall2 (Tolerance.isClose 1e-12 1e-12) results[0].Values results[1].Values)
        |> Check.QuickThrowOnFailure

    [<Fact>]
    let ``a saved activation is read back as the same activation`` () =
        for activation in all do
            let read = Activation.ofConfig (Activation.toConfig activation)
            Assert.Equal(activation.Name, read.Name)
            Assert.Equal<Config>(activation.Arguments, read.Arguments)
