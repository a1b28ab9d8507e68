namespace Functional.Core.Layers

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// A layer or model inside a layer, whose weights are weights of the outer one.
[<RequireQualifiedAccess>]
module InnerLayer =

    /// The weights of a model's layers, each layer once, in Keras's order, with their layers and names.
    let rec private modelWeights (seen: HashSet<Layer>) (prefix: string) (model: Model) =
        model.Layers
        |> List.collect (fun (layer, name) ->
            match layer.Body with
            | _ when not (seen.Add layer) -> []
            | LayerBody.Input _ -> []
            | LayerBody.Nested nested -> modelWeights seen $"{prefix}{name}/" nested
            | LayerBody.Function _ ->
                let call =
                    model.Calls |> List.find (fun call -> obj.ReferenceEquals(call.Layer, layer))

                Lowering.callWeights call
                |> List.mapi (fun index weight ->
                    layer,
                    index,
                    {
                        weight with
                            Name = $"{prefix}{name}/{weight.Name}"
                    }))

    let private weightsOfModel (model: Model) =
        modelWeights (HashSet<Layer>(HashIdentity.Reference)) "" model

    /// A layer's weights for inputs, without its name in front. Those of a layer that is not trained are not trained.
    let weights (layer: Layer) (inputs: InputSpecification list) : WeightSpecification list =
        let own =
            match layer.Body with
            | LayerBody.Nested model -> weightsOfModel model |> List.map (fun (_, _, weight) -> weight)
            | LayerBody.Input _
            | LayerBody.Function _ -> Lowering.weightSpecifications layer inputs

        if Layer.isTrainable layer then
            own
        else
            own |> List.map (fun weight -> { weight with Trainable = false })

    /// The weights under the layer's name.
    let namedWeights (layer: Layer) (inputs: InputSpecification list) : WeightSpecification list =
        weights layer inputs
        |> List.map (fun weight -> {
            weight with
                Name = $"{Layer.displayName layer}/{weight.Name}"
        })

    let private callModel (context: CallContext) (layer: Layer) (model: Model) (inputs: Value list) : CallResult =
        let places =
            weightsOfModel model
            |> List.mapi (fun position (layer, index, _) -> struct (layer, index), position)

        let table = Dictionary<Layer, List<Node>>(HashIdentity.Reference)

        for struct (layer, _), position in places do
            match table.TryGetValue layer with
            | true, nodes -> nodes.Add context.Weights[position]
            | false, _ -> table[layer] <- List [ context.Weights[position] ]

        let lowered =
            Lowering.inside
                context
                {
                    Mode = context.Mode
                    Floating = context.Floating
                    Weights =
                        fun layer ->
                            match table.TryGetValue layer with
                            | true, nodes -> List.ofSeq nodes
                            | false, _ -> []
                    Trainable = fun inner -> context.Trainable && Layer.isTrainable layer && Layer.isTrainable inner
                    Key = context.Key
                }
                model
                inputs

        let positionOf (layer: Layer) index =
            places
            |> List.find (fun (struct (candidate, place), _) -> obj.ReferenceEquals(candidate, layer) && place = index)
            |> snd

        {
            Outputs = lowered.Outputs
            Updates =
                lowered.Updates
                |> List.map (fun (layer, index, next) -> positionOf layer index, next)
            Losses = lowered.Losses
        }

    /// A call of the layer with the weights of the context, which are those of `weights`.
    let call (context: CallContext) (layer: Layer) (inputs: Value list) : CallResult =
        let context = {
            context with
                Trainable = context.Trainable && Layer.isTrainable layer
        }

        Layer.naming layer (fun () ->
            match layer.Body with
            | LayerBody.Function(_, call) -> call context inputs
            | LayerBody.Nested model -> callModel context layer model inputs
            | LayerBody.Input _ -> invalidArg (nameof layer) "A model input cannot be inside a layer.")

    /// What a value is to a layer that says which weights it wants.
    let specification (value: Value) : InputSpecification = {
        Shape = value.Node.Shape
        ElementType = value.Node.ElementType
        MaskShape = value.Mask |> Option.map _.Shape
    }
