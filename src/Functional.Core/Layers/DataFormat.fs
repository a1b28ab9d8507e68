namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming

/// Where the channels of an image (or a volume, or a series) are: Keras's "data_format".
[<RequireQualifiedAccess>]
type DataFormat =
    /// (batch, ...spatial, channels)
    | ChannelsLast
    /// (batch, channels, ...spatial)
    | ChannelsFirst

[<RequireQualifiedAccess>]
module DataFormat =

    /// Reads "data_format"; missing or null is channels last. Raises ArgumentException for another text.
    let ofConfig (config: Config) : DataFormat =
        match Config.string "data_format" "channels_last" config with
        | "channels_last" -> DataFormat.ChannelsLast
        | "channels_first" -> DataFormat.ChannelsFirst
        | other -> invalidArg "data_format" (Names.unknown "data_format" other [ "channels_last"; "channels_first" ])

    /// Keras's text.
    let toConfig (format: DataFormat) : ConfigValue =
        match format with
        | DataFormat.ChannelsLast -> ConfigValue.String "channels_last"
        | DataFormat.ChannelsFirst -> ConfigValue.String "channels_first"

    /// The axis of the channels in a value with this many axes.
    let channelAxis (rank: int) (format: DataFormat) : int =
        match format with
        | DataFormat.ChannelsLast -> rank - 1
        | DataFormat.ChannelsFirst -> 1

    /// The axes between the batch and the channels, in order.
    let spatialAxes (rank: int) (format: DataFormat) : int list =
        match format with
        | DataFormat.ChannelsLast -> [ 1 .. rank - 2 ]
        | DataFormat.ChannelsFirst -> [ 2 .. rank - 1 ]

    /// The value with its channels on the last axis.
    let toChannelsLast (format: DataFormat) (node: Node) : Node =
        match format with
        | DataFormat.ChannelsLast -> node
        | DataFormat.ChannelsFirst ->
            let rank = (Ops.allAxes node).Length
            Ops.transpose (0 :: [ 2 .. rank - 1 ] @ [ 1 ]) node

    /// A value with its channels on the last axis, back in this format.
    let ofChannelsLast (format: DataFormat) (node: Node) : Node =
        match format with
        | DataFormat.ChannelsLast -> node
        | DataFormat.ChannelsFirst ->
            let rank = (Ops.allAxes node).Length
            Ops.transpose (0 :: rank - 1 :: [ 1 .. rank - 2 ]) node
