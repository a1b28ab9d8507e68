namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Puts zeros at both ends of every spatial axis: ZeroPadding1D on (batch, steps, features), ZeroPadding2D and
/// ZeroPadding3D on images and volumes. Drops the mask. keras/src/layers/reshaping/zero_padding2d.py
type ZeroPadding = {
    /// How many zeros come before and after every spatial axis.
    Padding: (int * int) list
    /// ZeroPadding1D is always channels last.
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module ZeroPadding =

    /// One zero at each end of every axis.
    let defaults (spatialRank: int) : ZeroPadding = {
        Padding = List.replicate spatialRank (1, 1)
        DataFormat = DataFormat.ChannelsLast
    }

    /// Keras's arguments.
    let toConfig (settings: ZeroPadding) : Config =
        match settings.Padding with
        | [ first, last ] -> [ "padding", Arguments.ofInts [ first; last ] ]
        | pairs -> [
            "padding", Arguments.ofPairs pairs
            "data_format", DataFormat.toConfig settings.DataFormat
          ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : ZeroPadding = {
        Padding =
            Arguments.tryPairs "padding" spatialRank config
            |> Option.defaultValue (defaults spatialRank).Padding
        DataFormat = DataFormat.ofConfig config
    }

    let private pad (settings: ZeroPadding) (node: Node) : Node =
        let rank = settings.Padding.Length + 2
        Expect.rank rank 0 node.Shape

        let padded =
            List.zip (DataFormat.spatialAxes rank settings.DataFormat) settings.Padding
            |> Map.ofList

        let axes =
            [ 0 .. rank - 1 ]
            |> List.map (fun axis ->
                let low, high = Map.tryFind axis padded |> Option.defaultValue (0, 0)

                {
                    Low = Dimension.known low
                    High = Dimension.known high
                    Interior = 0
                })

        Ops.pad axes 0.0 node

    /// ZeroPadding1D, ZeroPadding2D or ZeroPadding3D. Raises ArgumentException when a number is negative.
    let layer (name: string option) (settings: ZeroPadding) : Layer =
        let className = $"ZeroPadding{settings.Padding.Length}D"

        settings.Padding
        |> List.forall (fun (first, last) -> first >= 0 && last >= 0)
        |> Expect.argument className "padding" settings.Padding "0 or more on every side"

        Layer.ofUnmaskedFunction className name (toConfig settings) (fun _ -> pad settings)
