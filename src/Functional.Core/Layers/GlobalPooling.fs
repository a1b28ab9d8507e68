namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// The mean or the maximum over all spatial axes: (batch, ...spatial, channels) becomes (batch, channels), or
/// (batch, 1..., channels) when dimensions are kept. GlobalAveragePooling1D counts only the steps of the mask.
/// Drops the mask. keras/src/layers/pooling/global_average_pooling1d.py
type GlobalPooling = {
    DataFormat: DataFormat
    KeepDimensions: bool
}

[<RequireQualifiedAccess>]
module GlobalPooling =

    /// Channels last, without the spatial axes.
    let defaults: GlobalPooling = {
        DataFormat = DataFormat.ChannelsLast
        KeepDimensions = false
    }

    /// Keras's arguments.
    let toConfig (settings: GlobalPooling) : Config = [
        "data_format", DataFormat.toConfig settings.DataFormat
        "keepdims", ConfigValue.Bool settings.KeepDimensions
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : GlobalPooling = {
        DataFormat = DataFormat.ofConfig config
        KeepDimensions = Config.bool "keepdims" false config
    }

    let private create className spatialRank name (settings: GlobalPooling) pool : Layer =
        let rank = spatialRank + 2
        let axes = DataFormat.spatialAxes rank settings.DataFormat

        Layer.create className name (toConfig settings) (fun _ -> []) (fun _ inputs ->
            let value = Expect.single inputs
            Expect.rank rank 0 value.Node.Shape
            Layer.output (Value.ofNode (pool axes settings.KeepDimensions value)))

    let private meanOver (axes: int list) keepDimensions (value: Value) : Node =
        match axes, value.Mask with
        | [ axis ], Some mask ->
            // A mean over the steps that count.
            let featureAxis = if axis = 1 then 2 else 1

            let weights =
                Ops.cast value.Node.ElementType mask |> Ops.expandDimensions [ featureAxis ]

            Ops.sum axes keepDimensions (value.Node * weights)
            / Ops.sum axes keepDimensions weights
        | _ -> Ops.mean axes keepDimensions value.Node

    /// GlobalAveragePooling1D, 2D or 3D.
    let average (spatialRank: int) (name: string option) (settings: GlobalPooling) : Layer =
        create $"GlobalAveragePooling{spatialRank}D" spatialRank name settings meanOver

    /// GlobalMaxPooling1D, 2D or 3D.
    let maximum (spatialRank: int) (name: string option) (settings: GlobalPooling) : Layer =
        create $"GlobalMaxPooling{spatialRank}D" spatialRank name settings (fun axes keepDimensions value ->
            Ops.max axes keepDimensions value.Node)
