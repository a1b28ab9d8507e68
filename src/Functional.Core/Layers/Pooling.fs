namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// The greatest element or the mean of every window: MaxPooling1D and AveragePooling1D on (batch, steps, features), 2D
/// on images, 3D on volumes. Padding counts as no elements. Drops the mask. keras/src/layers/pooling/base_pooling.py
[<RequireQualifiedAccess>]
module Pooling =

    /// Keras's arguments.
    let toConfig (window: SpatialWindow) : Config = [
        "pool_size", Arguments.ofInts window.Size
        "padding", WindowPadding.toConfig window.Padding
        "strides", Arguments.ofInts window.Strides
        "data_format", DataFormat.toConfig window.DataFormat
    ]

    /// The window from Keras's arguments; strides are as long as the window unless they are given.
    let ofConfig (spatialRank: int) (config: Config) : SpatialWindow =
        let size =
            Arguments.tryPerAxis "pool_size" spatialRank config
            |> Option.defaultWith (fun () -> Arguments.ints "pool_size" config)

        {
            Size = size
            Strides = Arguments.tryPerAxis "strides" spatialRank config |> Option.defaultValue size
            Padding = WindowPadding.ofConfig [ WindowPadding.Valid; WindowPadding.Same ] config
            DataFormat = DataFormat.ofConfig config
            DilationRate = List.map (fun _ -> 1) size
        }

    /// The window from the arguments of MaxPooling1D, 2D or 3D, whose size is 2 unless it is given.
    let maximumOfConfig (spatialRank: int) (config: Config) : SpatialWindow =
        ofConfig spatialRank (config @ [ "pool_size", Arguments.ofInt 2 ])

    /// Windows beside each other.
    let defaults (poolSize: int list) : SpatialWindow =
        ofConfig poolSize.Length [ "pool_size", Arguments.ofInts poolSize ]

    let private create (kind: string) (name: string option) (window: SpatialWindow) (pool: PoolWindow -> Node -> Node) =
        let className = $"{kind}Pooling{window.Size.Length}D"
        SpatialWindow.check className "pool_size" window

        Layer.ofUnmaskedFunction className name (toConfig window) (fun context node ->
            let floating =
                if ElementType.isFloating node.ElementType then
                    node
                else
                    Ops.cast context.Floating node

            let framed, padding = SpatialWindow.frame "pool_size" window floating

            framed
            |> pool {
                Size = window.Size
                Strides = window.Strides
                Padding = padding
            }
            |> DataFormat.ofChannelsLast window.DataFormat)

    /// MaxPooling1D, MaxPooling2D or MaxPooling3D. Raises ArgumentException when a number is not positive.
    let maximum (name: string option) (window: SpatialWindow) : Layer =
        create "Max" name window WindowOps.maxPool

    /// How many elements of the input every window has: a number, or (1, space.., 1) where windows reach over the ends.
    let private counts (window: PoolWindow) (node: Node) : Node =
        let isInside (low, high) =
            Dimension.isKnown 0 low && Dimension.isKnown 0 high

        if List.forall isInside window.Padding then
            window.Size |> List.fold (*) 1 |> float |> Ops.scalar node.ElementType
        else
            let one = Dimension.known 1

            let shape =
                node.Shape
                |> Shape.withDimension 0 one
                |> Shape.withDimension (Shape.rank node.Shape - 1) one

            Ops.scalar node.ElementType 1.0
            |> Ops.broadcastTo shape
            |> WindowOps.sumPool window

    /// AveragePooling1D, AveragePooling2D or AveragePooling3D. Raises ArgumentException when a number is not positive.
    let average (name: string option) (window: SpatialWindow) : Layer =
        create "Average" name window (fun window node -> WindowOps.sumPool window node / counts window node)
