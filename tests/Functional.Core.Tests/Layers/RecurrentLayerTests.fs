namespace Functional.Core.Tests

open FsCheck.FSharp
open Xunit
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors
open Functional.Testing

/// What recurrent layers are: their cells step after step, and each other.
type RecurrentLayerTests() =

    static let features = 3
    static let units = "units", ConfigValue.Int 2L

    static let make className config =
        LayerRegistry.create className None config

    static let both = [
        "return_sequences", ConfigValue.Bool true
        "return_state", ConfigValue.Bool true
    ]

    static let context weights = {
        Cell.shapesOnly weights with
            Floating = ElementType.Float64
    }

    /// Leaves for weights, and values for them and for the sequence x.
    static let withWeights (specifications: WeightSpecification list) (sequence: Literal) =
        gen {
            let! values =
                specifications
                |> List.map (fun weight -> LayerGradient.values weight.Dimensions)
                |> Gen.sequenceToList

            let leaves =
                specifications
                |> List.mapi (fun index weight -> FiniteDifferences.leaf $"w{index}" weight.Dimensions)

            return leaves, Map.ofList (("x", sequence) :: List.mapi (fun index value -> $"w{index}", value) values)
        }

    static let specification (node: Node) =
        InnerLayer.specification (Value.ofNode node)

    static let call (layer: Layer) weights (inputs: Value list) : Node list =
        (InnerLayer.call (context weights) layer inputs).Outputs |> List.map _.Node

    static let areEqual values (expected: Node list) (found: Node list) : bool =
        let graph = Graph.create (expected @ found)
        let expected, found = Interpreter.run values graph |> List.splitAt expected.Length

        List.forall2
            (fun (left: Literal) (right: Literal) ->
                List.ofSeq left.Dimensions = List.ofSeq right.Dimensions
                && Seq.forall2 (Tolerance.isClose 1e-12 1e-12) left.Values right.Values)
            expected
            found

    /// Two ways to the same nodes, over random sequences and weights.
    static let agree (layer: Layer) (law: Node list -> Node -> Node list * Node list) =
        let cases =
            gen {
                let! batch = Gen.choose (1, 3)
                let! steps = Gen.choose (1, 4)
                let! sequence = LayerGradient.values [ batch; steps; features ]
                let x = FiniteDifferences.leaf "x" [ batch; steps; features ]

                let! weights, values =
                    withWeights (InnerLayer.weights layer [ specification x ]) sequence

                return x, weights, values
            }

        Law.holds 50 (Arb.fromGen cases) (fun (x, weights, values) ->
            let expected, found = law weights x
            areEqual values expected found)

    /// A cell, step after step without a loop: the outputs and the last states.
    static let unrolled (cell: Cell) weights (x: Node) =
        let step = Cell.stepShape 2 x.Shape
        let zeros shape = Ops.broadcastTo shape (x.Number 0.0)
        let start = cell.Start (context weights) step

        let outputs, states =
            (cell.StateShapes step |> List.map zeros, Shape.known x.Shape |> List.item 1 |> Seq.init <| id |> List.ofSeq)
            ||> List.mapFold (fun states time ->
                let input =
                    Ops.sliceAxis 1 (Dimension.known time) (Dimension.known (time + 1)) x
                    |> Ops.squeeze [ 1 ]

                start input states)

        Ops.concatenate 1 (outputs |> List.map (Ops.expandDimensions [ 1 ])) :: states

    [<Fact>]
    member _.``a layer is its cell, step after step``() =
        for className, others in
            [
                "SimpleRNN", []
                "LSTM", []
                "GRU", []
                "GRU", [ "reset_after", ConfigValue.Bool false ]
            ] do
            let cell = CellRegistry.create $"{className}Cell" None (units :: others)
            let layer = make className (units :: others @ both)
            agree layer (fun weights x -> unrolled cell weights x, call layer weights [ Value.ofNode x ])

    [<Fact>]
    member _.``cells in a row are layers in a row``() =
        let layer className = make className (units :: both)
        let first, second = layer "LSTM", layer "GRU"

        let stacked =
            StackedRNNCells.cell None [
                CellRegistry.create "LSTMCell" None [ units ]
                CellRegistry.create "GRUCell" None [ units ]
            ]
            |> RNN.layer None (RecurrentLoop.ofConfig both)

        agree stacked (fun weights x ->
            let early, late = List.splitAt 3 weights
            let between = call first early [ Value.ofNode x ]
            let last = call second late [ Value.ofNode between.Head ]
            last.Head :: between.Tail @ last.Tail, call stacked weights [ Value.ofNode x ])

    [<Fact>]
    member _.``Bidirectional is two layers``() =
        let backward =
            make "LSTM" (units :: ("go_backwards", ConfigValue.Bool true) :: both)

        let forward = make "LSTM" (units :: both)
        let layer = Bidirectional.layer LayerRegistry.create None None forward None

        agree layer (fun weights x ->
            let early, late = List.splitAt 3 weights
            let first = call forward early [ Value.ofNode x ]
            let second = call backward late [ Value.ofNode x ]

            first.Head :: Ops.reverse [ 1 ] second.Head :: first.Tail @ second.Tail,
            call layer weights [ Value.ofNode x ])

    [<Fact>]
    member _.``masked steps at the end change nothing``() =
        for className in [ "SimpleRNN"; "LSTM"; "GRU" ] do
            let layer = make className [ units; "return_state", ConfigValue.Bool true ]

            agree layer (fun weights x ->
                let padding = Ops.broadcastTo x.Shape (x.Number 3.0)

                let isData =
                    let flag value =
                        Ops.broadcastTo (Shape.remove [ 2 ] x.Shape) (x.Number value)

                    Ops.concatenate 1 [ flag 1.0; flag 0.0 ] |> Ops.cast ElementType.Bool

                let padded = {
                    Value.ofNode (Ops.concatenate 1 [ x; padding ]) with
                        Mask = Some isData
                }

                call layer weights [ Value.ofNode x ], call layer weights [ padded ])

    [<Fact>]
    member _.``two halves of a sequence, the second from the first's states, are the whole``() =
        for className in [ "SimpleRNN"; "LSTM"; "GRU" ] do
            let layer = make className [ units; "return_state", ConfigValue.Bool true ]

            agree layer (fun weights x ->
                let first = call layer weights [ Value.ofNode x ]
                let second = call layer weights (Value.ofNode x :: List.map Value.ofNode first.Tail)
                second, call layer weights [ Value.ofNode (Ops.concatenate 1 [ x; x ]) ])

    [<Fact>]
    member _.``a stateful layer begins where it ended, and tells where it ends``() =
        for className in [ "SimpleRNN"; "LSTM"; "GRU" ] do
            let stateful = make className [ units; "stateful", ConfigValue.Bool true ]
            let layer = make className [ units; "return_state", ConfigValue.Bool true ]

            agree layer (fun weights x ->
                let expected = call layer weights [ Value.ofNode (Ops.concatenate 1 [ x; x ]) ]

                let kept =
                    InnerLayer.weights stateful [ specification x ]
                    |> List.skip weights.Length
                    |> List.map (fun weight -> Ops.broadcastTo (Shape.ofInts weight.Dimensions) (x.Number 0.0))

                let next states =
                    InnerLayer.call (context (weights @ states)) stateful [ Value.ofNode x ]

                let first = next kept
                let second = next (List.map snd first.Updates)

                Assert.Equal<int list>(
                    [ weights.Length .. weights.Length + kept.Length - 1 ],
                    List.map fst first.Updates
                )

                expected, (second.Outputs |> List.map _.Node) @ List.map snd second.Updates)

    [<Fact>]
    member _.``a cell of one's own made of layers is Keras's cell``() =
        let step (input: SymbolicTensor) (states: SymbolicTensor list) =
            let dense name useBias tensor =
                let layer =
                    LayerRegistry.create "Dense" (Some name) [ units; "use_bias", ConfigValue.Bool useBias ]

                (Lowering.apply layer [ tensor ]).Head

            let sum =
                Lowering.apply (make "Add" []) [ dense "x" true input; dense "h" false states.Head ]

            let next =
                (Lowering.apply (make "Activation" [ "activation", ConfigValue.String "tanh" ]) sum).Head

            [ next; next ]

        let own =
            FunctionCell.cell None [ 2 ] (FunctionCell.model [ 2 ] step)
            |> RNN.layer None (RecurrentLoop.ofConfig both)

        let layer = make "SimpleRNN" (units :: both)

        agree own (fun weights x ->
            // Keras's order: kernel, recurrent kernel, bias. The cell's: kernel, bias of one layer, kernel of the other.
            let order = [ weights[0]; weights[2]; weights[1] ]
            call layer order [ Value.ofNode x ], call own weights [ Value.ofNode x ])

    [<Fact>]
    member _.``the forget gate's biases begin at 1``() =
        let shape = Shape.ofInts [ 1; 2; 3 ]

        let bias forget =
            let layer = make "LSTM" [ units; "unit_forget_bias", ConfigValue.Bool forget ]

            let specification =
                InnerLayer.weights layer [
                    {
                        Shape = shape
                        ElementType = ElementType.Float32
                        MaskShape = None
                    }
                ]
                |> List.last

            List.ofArray (specification.Initializer.Values 1 specification.Dimensions)

        Assert.Equal<float list>([ 0.0; 0.0; 1.0; 1.0; 0.0; 0.0; 0.0; 0.0 ], bias true)
        Assert.Equal<float list>(List.replicate 8 0.0, bias false)

    [<Fact>]
    member _.``wrong arguments and inputs are refused with a sentence``() =
        let fails (text: string) (f: unit -> obj) =
            let error = Assert.ThrowsAny<System.ArgumentException>(fun () -> f () |> ignore)
            Assert.Contains(text, error.Message)

        let x =
            Model.input None [ Dimension.known 4; Dimension.known features ] ElementType.Float32

        let flat = Model.input None [ Dimension.known features ] ElementType.Float32
        let wide = Model.input None [ Dimension.known 7 ] ElementType.Float32
        let lstm others = make "LSTM" (units :: others)

        fails "LSTMCell: units must be at least 1, but is 0" (fun () -> make "LSTM" [ "units", ConfigValue.Int 0L ])
        fails "expects at least 3 axes, but input 0 has shape (batch, 3)" (fun () -> Lowering.apply (lstm []) [ flat ])
        fails "has 2 states, but 1 initial states were given" (fun () -> Lowering.apply (lstm []) [ x; wide ])

        fails "expects its initial state 0 to have shape (batch, 2)" (fun () ->
            Lowering.apply (lstm []) [ x; wide; wide ])

        fails "merge_mode must be concat, sum, mul, ave or None" (fun () ->
            Bidirectional.layer LayerRegistry.create None (Some "max") (lstm []) None)

        fails "layer must be a recurrent layer" (fun () ->
            Bidirectional.layer LayerRegistry.create None None (make "Dense" [ units ]) None)

        fails "must go through time in different directions" (fun () ->
            Bidirectional.layer LayerRegistry.create None None (lstm []) (Some(lstm [])))

        fails "must be at least one cell" (fun () -> StackedRNNCells.cell None [])
        fails "stateful" (fun () -> Lowering.apply (lstm [ "stateful", ConfigValue.Bool true ]) [ x ])
