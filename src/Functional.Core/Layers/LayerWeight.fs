namespace Functional.Core.Layers

open Functional.Core.Constraints
open Functional.Core.Initializers
open Functional.Core.Regularizers
open Functional.Core.Tensors

/// The weights that layers ask for.
[<RequireQualifiedAccess>]
module LayerWeight =

    /// A weight that is trained.
    let trained
        (name: string)
        (dimensions: int list)
        (initializer: Initializer)
        (regularizer: Regularizer option)
        (limit: Constraint option)
        : WeightSpecification = {
        Name = name
        Dimensions = dimensions
        ElementType = ElementType.Float32
        Initializer = initializer
        Regularizer = regularizer
        Constraint = limit
        Trainable = true
    }

    /// A statistic that the layer keeps itself.
    let statistic (name: string) (dimensions: int list) (initializer: Initializer) : WeightSpecification = {
        trained name dimensions initializer None None with
            Trainable = false
    }

    /// Adds a penalty on every output to the layer's losses: Keras's argument "activity_regularizer".
    let withActivityPenalty (regularizer: Regularizer option) (layer: Layer) : Layer =
        match regularizer, layer.Body with
        | Some regularizer, LayerBody.Function(build, call) ->
            let withPenalty context inputs =
                let result = call context inputs

                {
                    result with
                        Losses =
                            result.Losses
                            @ (result.Outputs |> List.map (fun output -> regularizer.Penalty output.Node))
                }

            {
                layer with
                    Body = LayerBody.Function(build, withPenalty)
            }
        | _ -> layer
