namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Cuts elements off both ends of every spatial axis: Cropping1D on (batch, steps, features), Cropping2D and Cropping3D
/// on images and volumes. Drops the mask. keras/src/layers/reshaping/cropping2d.py
type Cropping = {
    /// How many elements go at the start and at the end of every spatial axis.
    Cropping: (int * int) list
    /// Cropping1D is always channels last.
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module Cropping =

    /// One element off each end of every axis.
    let defaults (spatialRank: int) : Cropping = {
        Cropping = List.replicate spatialRank (1, 1)
        DataFormat = DataFormat.ChannelsLast
    }

    /// Keras's arguments.
    let toConfig (settings: Cropping) : Config =
        match settings.Cropping with
        | [ first, last ] -> [ "cropping", Arguments.ofInts [ first; last ] ]
        | pairs -> [
            "cropping", Arguments.ofPairs pairs
            "data_format", DataFormat.toConfig settings.DataFormat
          ]

    /// Settings from Keras's arguments.
    let ofConfig (spatialRank: int) (config: Config) : Cropping = {
        Cropping =
            Arguments.tryPairs "cropping" spatialRank config
            |> Option.defaultValue (defaults spatialRank).Cropping
        DataFormat = DataFormat.ofConfig config
    }

    let private crop (settings: Cropping) (node: Node) : Node =
        let rank = settings.Cropping.Length + 2
        Expect.rank rank 0 node.Shape

        (node, List.zip (DataFormat.spatialAxes rank settings.DataFormat) settings.Cropping)
        ||> List.fold (fun node (axis, (first, last)) ->
            let length = Shape.dimension axis node.Shape

            match Dimension.tryKnown length with
            | Some size when size <= first + last ->
                invalidArg
                    "cropping"
                    $"cannot cut {first} and {last} elements off axis {axis}: input 0 has shape {node.Shape}"
            | _ -> Ops.sliceAxis axis (Dimension.known first) (length - Dimension.known last) node)

    /// Cropping1D, Cropping2D or Cropping3D. Raises ArgumentException when a number is negative.
    let layer (name: string option) (settings: Cropping) : Layer =
        let className = $"Cropping{settings.Cropping.Length}D"

        settings.Cropping
        |> List.forall (fun (first, last) -> first >= 0 && last >= 0)
        |> Expect.argument className "cropping" settings.Cropping "0 or more on every side"

        Layer.ofUnmaskedFunction className name (toConfig settings) (fun _ -> crop settings)
