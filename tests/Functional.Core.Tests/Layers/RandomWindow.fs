namespace Functional.Core.Tests

open FsCheck
open FsCheck.FSharp
open Functional.Core.Layers

/// Windows over one to three spatial axes, and inputs that they fit into.
[<RequireQualifiedAccess>]
module RandomWindow =

    /// The paddings that every layer has.
    let common: WindowPadding list = [ WindowPadding.Valid; WindowPadding.Same ]

    /// A window with strides, or with gaps, or with neither; smaller where there are three axes.
    let window (spatialRank: int) (paddings: WindowPadding list) : Gen<SpatialWindow> =
        gen {
            let perAxis most =
                Gen.listOfLength spatialRank (Gen.choose (1, most))

            let ones = List.replicate spatialRank 1
            let! size = perAxis (if spatialRank = 3 then 2 else 3)
            let! strides = perAxis 3
            let! dilations = perAxis 2
            let! hasGaps = Gen.elements [ true; false ]
            let! padding = Gen.elements paddings
            let! format = Gen.elements [ DataFormat.ChannelsLast; DataFormat.ChannelsFirst ]

            return {
                Size = size
                Strides = if hasGaps then ones else strides
                Padding = padding
                DataFormat = format
                DilationRate = if hasGaps then dilations else ones
            }
        }

    /// The shape of an input in a format.
    let shape (format: DataFormat) (batch: int) (lengths: int list) (channels: int) : int list =
        match format with
        | DataFormat.ChannelsLast -> batch :: lengths @ [ channels ]
        | DataFormat.ChannelsFirst -> batch :: channels :: lengths

    /// The shape of an input with as many channels as given, not shorter than the window needs.
    let input (channels: int) (window: SpatialWindow) : Gen<int list> =
        gen {
            let! batch = Gen.choose (1, 2)
            let! more = Gen.listOfLength window.Size.Length (Gen.choose (0, 2))

            let shortest =
                match window.Padding with
                | WindowPadding.Valid -> SpatialWindow.extents window
                | WindowPadding.Same
                | WindowPadding.Causal -> List.map (fun _ -> 1) window.Size

            return shape window.DataFormat batch (List.map2 (+) shortest more) channels
        }
