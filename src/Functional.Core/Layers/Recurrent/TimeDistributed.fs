namespace Functional.Core.Layers

open Functional.Core.Graph
open Functional.Core.Tensors

/// A layer or model at every step of a sequence: (batch, time, ...) becomes (batch, time, ...) with what the layer makes of
/// (batch, ...). Passes the mask on, and gives the layer each step's part of it. Weights: the layer's, under its name.
/// keras/src/layers/rnn/time_distributed.py
[<RequireQualifiedAccess>]
module TimeDistributed =

    let private stepSpecification (inputs: InputSpecification list) : InputSpecification =
        match inputs with
        | [ input ] ->
            Expect.minimumRank 3 0 input.Shape

            {
                input with
                    Shape = Shape.remove [ 1 ] input.Shape
                    MaskShape = input.MaskShape |> Option.map (Shape.remove [ 1 ])
            }
        | _ -> invalidArg (nameof inputs) $"expects one input, but got {inputs.Length}"

    let private build (inner: Layer) (inputs: InputSpecification list) : WeightSpecification list =
        InnerLayer.namedWeights inner [ stepSpecification inputs ]

    /// The first two axes as one.
    let private folded (node: Node) : Node =
        match Shape.dimensions node.Shape with
        | batch :: time :: others -> Ops.reshape (Shape.create (batch * time :: others)) node
        | _ -> node

    let private single (inner: Layer) (result: CallResult) : Value =
        match result.Outputs with
        | [ output ] -> output
        | outputs ->
            invalidArg
                (nameof inner)
                $"needs a layer with one output, but '{Layer.displayName inner}' ({inner.ClassName}) gives {outputs.Length}"

    /// All steps as one batch: what a step becomes does not depend on others.
    let private atOnce (context: CallContext) (inner: Layer) (value: Value) : CallResult =
        InnerLayer.call context inner [
            {
                Node = folded value.Node
                Mask = Option.map folded value.Mask
                Logits = None
            }
        ]

    /// Step after step, as the layer keeps statistics: each step sees those that the step before left. Random choices of
    /// the layer are the same at all steps.
    let private inTurn (context: CallContext) (inner: Layer) (kept: int list) (value: Value) : CallResult =
        let sequences =
            RecurrentLoop.exchange value.Node
            :: (Option.toList value.Mask |> List.map RecurrentLoop.exchange)

        let last, stacks =
            Scanning.scan
                false
                (kept |> List.map (fun index -> context.Weights[index]))
                sequences
                (fun carries current ->
                    let weights =
                        context.Weights
                        |> List.mapi (fun index weight ->
                            match List.tryFindIndex ((=) index) kept with
                            | Some position -> carries[position]
                            | None -> weight)

                    let result =
                        InnerLayer.call { context with Weights = weights } inner [
                            {
                                Node = current.Head
                                Mask = List.tryItem 1 current
                                Logits = None
                            }
                        ]

                    let next =
                        kept
                        |> List.map (fun index -> List.find (fst >> (=) index) result.Updates |> snd)

                    next, (single inner result).Node :: result.Losses)

        {
            Outputs = [ Value.ofNode (RecurrentLoop.exchange stacks.Head) ]
            Updates = List.zip kept last
            Losses = stacks.Tail |> List.map (Ops.sum [ 0 ] false)
        }

    let private call (inner: Layer) (context: CallContext) (inputs: Value list) : CallResult =
        let value = Expect.single inputs
        Expect.minimumRank 3 0 value.Node.Shape

        let context = {
            Cell.part 0 context with
                Arguments = []
        }

        let result = atOnce context inner value

        let result =
            if result.Updates.IsEmpty then
                let output = (single inner result).Node
                let leading = Shape.dimensions value.Node.Shape |> List.take 2
                let shape = Shape.create (leading @ List.tail (Shape.dimensions output.Shape))

                {
                    result with
                        Outputs = [ Value.ofNode (Ops.reshape shape output) ]
                }
            else
                inTurn context inner (result.Updates |> List.map fst |> List.distinct) value

        {
            result with
                Outputs = result.Outputs |> List.map (fun output -> { output with Mask = value.Mask })
        }

    /// The layer; `saved` is what Keras saves of the inner one.
    let layer (name: string option) (saved: Functional.Core.Configuration.ConfigValue) (inner: Layer) : Layer =
        Layer.create "TimeDistributed" name [ "layer", saved ] (build inner) (call inner)
