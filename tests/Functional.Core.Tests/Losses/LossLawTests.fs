namespace Functional.Core.Tests.Losses

open FsCheck
open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Gradients
open Functional.Core.Graph
open Functional.Core.Losses
open Functional.Core.Tensors
open Functional.Testing

/// Laws that every loss obeys.
module LossLawTests =

    // Central differences with a step of 1e-5 in float64 are good to about 1e-9 for values of this size; the logarithms of
    // small probabilities bend more.
    let private firstOrder = 1e-6
    let private secondOrder = 1e-4

    let private logits = [ "from_logits", ConfigValue.Bool true ]
    let private smoothing = [ "label_smoothing", ConfigValue.Float 0.2 ]

    /// What a loss expects to be given.
    type private Domain =
        | Numbers
        | Probabilities
        | Labels of areLogits: bool

    let private losses: (string * Config * Domain) list = [
        "mse", [], Numbers
        "mae", [], Numbers
        "mape", [], Numbers
        "msle", [], Probabilities
        "log_cosh", [], Numbers
        // Differences of samples are tenths: the kink is between two.
        "huber", [ "delta", ConfigValue.Float 0.75 ], Numbers
        "cosine_similarity", [], Numbers
        "hinge", [], Numbers
        "squared_hinge", [], Numbers
        "categorical_hinge", [], Numbers
        "poisson", [], Probabilities
        "kl_divergence", [], Probabilities
        "dice", [], Probabilities
        "tversky", [ "alpha", ConfigValue.Float 0.2 ], Probabilities
        "binary_crossentropy", smoothing, Probabilities
        "binary_crossentropy", logits, Numbers
        "binary_focal_crossentropy", smoothing, Probabilities
        "binary_focal_crossentropy", ("apply_class_balancing", ConfigValue.Bool true) :: logits, Numbers
        "categorical_crossentropy", smoothing, Probabilities
        "categorical_crossentropy", logits @ smoothing, Numbers
        "categorical_focal_crossentropy", smoothing, Probabilities
        "categorical_focal_crossentropy", logits, Numbers
        "sparse_categorical_crossentropy", [], Labels false
        "sparse_categorical_crossentropy", logits, Labels true
        "sparse_categorical_crossentropy", ("ignore_class", ConfigValue.Int 1L) :: logits, Labels true
    ]

    let private smooth =
        set [
            "mse"
            "log_cosh"
            "cosine_similarity"
            "binary_crossentropy"
            "categorical_crossentropy"
            "sparse_categorical_crossentropy"
            "binary_focal_crossentropy"
            "categorical_focal_crossentropy"
            "poisson"
            "dice"
            "tversky"
        ]

    /// A number as a probability, away from 0 and 1.
    let private probability = Samples.map (fun value -> 0.1 + 0.8 / (1.0 + exp -value))

    /// Targets and predictions of one shape, before they are brought into a loss's domain.
    let private inputs =
        gen {
            let! shape = Samples.shapesEndingIn (Gen.choose (2, 4))
            let! yTrue = Samples.ofShape shape
            let! yPred = Samples.ofShape shape
            return yTrue, yPred
        }
        |> Arb.fromGen

    /// A loss's value on constants for targets, as a function of predictions.
    let private lossOf (loss: Loss) (domain: Domain) (yTrue: Literal) : Node -> Node =
        let targets =
            match domain with
            | Numbers -> yTrue
            | Probabilities -> probability yTrue
            | Labels _ ->
                let classes = yTrue.Dimensions[yTrue.Dimensions.Length - 1]

                yTrue.Values
                |> Seq.chunkBySize classes
                |> Seq.map (fun row -> float (int (abs row[0] * 10.0) % classes))
                |> Literal.create ElementType.Int32 (Seq.truncate (yTrue.Dimensions.Length - 1) yTrue.Dimensions)

        fun yPred -> Loss.compute loss (Ops.constant targets) yPred None None

    let private predictions (domain: Domain) (yPred: Literal) : Literal =
        match domain with
        | Numbers
        | Labels true -> yPred
        | Probabilities
        | Labels false -> probability yPred

    let private check (chosen: (string * Config * Domain) list) (holds: Loss -> Domain -> Literal -> Literal -> bool) =
        Prop.forAll inputs (fun (yTrue, yPred) ->
            chosen
            |> List.map (fun (name, config, domain) ->
                holds (Loss.ofNameWith name config) domain yTrue yPred
                |> Prop.label $"{name} %A{config}")
            |> List.reduce (.&.))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 6, property)

    [<Fact>]
    let ``the gradient of every loss is its central difference`` () =
        check losses (fun loss domain yTrue yPred ->
            let value = lossOf loss domain yTrue

            FiniteDifferences.worstError [ "y", predictions domain yPred ] Map.empty (fun nodes -> value nodes.Head) <
                firstOrder)

    [<Fact>]
    let ``the second derivative of every smooth loss is the central difference of the first`` () =
        let chosen = losses |> List.filter (fun (name, _, _) -> smooth.Contains name)

        check chosen (fun loss domain yTrue yPred ->
            let value = lossOf loss domain yTrue

            FiniteDifferences.worstError [ "y", predictions domain yPred ] Map.empty (fun nodes ->
                Gradient.gradients (value nodes.Head) nodes |> List.head)
                <
                secondOrder)

    let private evaluate (node: Node) (leaves: (string * Literal) list) : float list =
        Graph.create [ node ]
        |> Interpreter.run (Map leaves)
        |> List.collect (fun literal -> List.ofSeq literal.Values)

    [<Fact>]
    let ``a loss of logits is the loss of their sigmoid or softmax`` () =
        let pairs = [
            "binary_crossentropy", Ops.sigmoid, Numbers
            "binary_focal_crossentropy", Ops.sigmoid, Numbers
            "categorical_crossentropy", Ops.softmax -1, Numbers
            "categorical_focal_crossentropy", Ops.softmax -1, Numbers
            "sparse_categorical_crossentropy", Ops.softmax -1, Labels true
        ]

        Prop.forAll inputs (fun (yTrue, yPred) ->
            pairs
            |> List.forall (fun (name, activation, domain) ->
                let loss = Loss.ofName name
                let twin = (Loss.ofLogits loss).Value
                let node = FiniteDifferences.leaf "y" (List.ofSeq yPred.Dimensions)
                let direct = evaluate (lossOf loss domain yTrue (activation node)) [ "y", yPred ]
                let logits = evaluate (lossOf twin domain yTrue node) [ "y", yPred ]
                List.forall2 (Tolerance.isClose 1e-9 1e-9) direct logits))
        |> fun property -> Check.One(Config.QuickThrowOnFailure.WithMaxTest 10, property)

        Assert.True((Loss.ofLogits (Loss.ofName "mse")).IsNone)

    [<Fact>]
    let ``cross-entropies of large logits are numbers, and so are their gradients`` () =
        let far =
            FiniteDifferences.literal [ 2; 3 ] [ 1010.0; -990.0; 1000.0; -1e4; 1e4; 0.0 ]

        let node = FiniteDifferences.leaf "y" [ 2; 3 ]

        for name in
            [
                "binary_crossentropy"
                "categorical_crossentropy"
                "sparse_categorical_crossentropy"
            ] do
            let loss = Loss.ofNameWith name logits

            let targets =
                if name.StartsWith "sparse" then
                    Literal.create ElementType.Int32 [ 2 ] [ 1.0; 0.0 ]
                else
                    FiniteDifferences.literal [ 2; 3 ] [ 0.0; 1.0; 0.0; 1.0; 0.0; 0.0 ]

            let value = Loss.compute loss (Ops.constant targets) node None None
            let gradient = Gradient.gradients value [ node ] |> List.head
            Assert.All(evaluate value [ "y", far ], fun number -> Assert.True(System.Double.IsFinite number, name))
            Assert.All(evaluate gradient [ "y", far ], fun number -> Assert.True(System.Double.IsFinite number, name))

    [<Fact>]
    let ``a masked mean is the mean over what the mask lets through`` () =
        let yTrue = FiniteDifferences.literal [ 2; 2; 1 ] [ 1.0; 2.0; 3.0; 4.0 ]
        let yPred = FiniteDifferences.leaf "y" [ 2; 2; 1 ]
        let zeros = FiniteDifferences.literal [ 2; 2; 1 ] [ 0.0; 0.0; 0.0; 0.0 ]
        let mask = Literal.create ElementType.Bool [ 2; 2 ] [ 1.0; 0.0; 1.0; 1.0 ]
        let weights = FiniteDifferences.literal [ 2 ] [ 1.0; 10.0 ]

        let compute weight =
            let loss =
                Loss.compute (Loss.ofName "mse") (Ops.constant yTrue) yPred weight (Some(Ops.constant mask))

            evaluate loss [ "y", zeros ]

        Assert.Empty(Fixtures.differences "mean" 1e-12 1e-12 [ (1.0 + 9.0 + 16.0) / 3.0 ] (compute None))

        // A weight per sequence weighs all its steps.
        Assert.Empty(
            Fixtures.differences
                "mean"
                1e-12
                1e-12
                [ (1.0 + 90.0 + 160.0) / 3.0 ]
                (compute (Some(Ops.constant weights)))
        )

    [<Fact>]
    let ``a mask that lets nothing through gives a loss of 0`` () =
        let yPred = FiniteDifferences.literal [ 2; 1 ] [ 5.0; 6.0 ]
        let mask = Literal.create ElementType.Bool [ 2 ] [ 0.0; 0.0 ]

        let loss =
            Loss.compute
                (Loss.ofName "mae")
                (Ops.constant (FiniteDifferences.literal [ 2; 1 ] [ 0.0; 0.0 ]))
                (Ops.constant yPred)
                None
                (Some(Ops.constant mask))

        Assert.Equal<float list>([ 0.0 ], evaluate loss [])

    [<Fact>]
    let ``the batch size may be unknown when a loss is built`` () =
        let shape = Shape.create [ Dimension.batch; Dimension.known 3 ]

        let yTrue =
            Ops.input "t" (Shape.create [ Dimension.batch; Dimension.known 1 ]) ElementType.Int32

        let yPred = Ops.input "y" shape ElementType.Float64
        let weight = Ops.input "w" (Shape.create [ Dimension.batch ]) ElementType.Float64

        let loss =
            Loss.compute (Loss.ofNameWith "sparse_categorical_crossentropy" logits) yTrue yPred (Some weight) None

        let value =
            evaluate loss [
                "t", Literal.create ElementType.Int32 [ 2; 1 ] [ 0.0; 2.0 ]
                "y", FiniteDifferences.literal [ 2; 3 ] [ 0.0; 0.0; 0.0; 0.0; 0.0; 0.0 ]
                "w", FiniteDifferences.literal [ 2 ] [ 1.0; 3.0 ]
            ]

        Assert.Empty(Fixtures.differences "loss" 1e-12 1e-12 [ 2.0 * log 3.0 ] value)
