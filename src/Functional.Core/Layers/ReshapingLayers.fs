namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Joins all axes but the batch: (batch, a, b, ...) becomes (batch, a*b*...), and (batch,) becomes (batch, 1). With
/// channels first, the channels are moved to the end before. Drops the mask. keras/src/layers/reshaping/flatten.py
type Flatten = { DataFormat: DataFormat }

[<RequireQualifiedAccess>]
module Flatten =

    /// Channels last.
    let defaults: Flatten = { DataFormat = DataFormat.ChannelsLast }

    /// Keras's arguments.
    let toConfig (settings: Flatten) : Config = [ "data_format", DataFormat.toConfig settings.DataFormat ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Flatten = {
        DataFormat = DataFormat.ofConfig config
    }

    let private flatten (format: DataFormat) (node: Node) : Node =
        Expect.minimumRank 1 0 node.Shape

        let ordered =
            if Shape.rank node.Shape > 2 then
                DataFormat.toChannelsLast format node
            else
                node

        match Shape.dimensions ordered.Shape with
        | batch :: others -> Ops.reshape (Shape.create [ batch; List.fold (*) (Dimension.known 1) others ]) ordered
        | [] -> ordered

    /// The layer.
    let layer (name: string option) (settings: Flatten) : Layer =
        Layer.ofUnmaskedFunction "Flatten" name (toConfig settings) (fun _ -> flatten settings.DataFormat)

/// The same elements in another shape: (batch, ...) becomes (batch, ...target), where one target length may be -1 and
/// takes what is left. Drops the mask. keras/src/layers/reshaping/reshape.py
type Reshape = { TargetShape: int list }

[<RequireQualifiedAccess>]
module Reshape =

    /// Keras's arguments.
    let toConfig (settings: Reshape) : Config = [ "target_shape", Arguments.ofInts settings.TargetShape ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Reshape = {
        TargetShape = Arguments.ints "target_shape" config
    }

    let private target (targetShape: int list) (shape: Shape) : Shape =
        let fit () =
            invalidArg "target_shape" $"cannot give shape (batch, ...%A{targetShape}) to input 0 of shape {shape}"

        match Shape.dimensions shape with
        | [] -> fit ()
        | batch :: others ->
            let total = List.fold (*) (Dimension.known 1) others

            let given =
                targetShape
                |> List.filter (fun length -> length <> -1)
                |> List.fold (*) 1
                |> Dimension.known

            let lengths =
                if List.contains -1 targetShape then
                    match Dimension.tryDivide total given with
                    | Some rest ->
                        targetShape
                        |> List.map (fun length -> if length = -1 then rest else Dimension.known length)
                    | None -> fit ()
                elif total = given then
                    List.map Dimension.known targetShape
                else
                    fit ()

            Shape.create (batch :: lengths)

    /// The layer. Raises ArgumentException when a length is neither positive nor -1, or two are -1.
    let layer (name: string option) (settings: Reshape) : Layer =
        let targetShape = settings.TargetShape
        let openLengths = targetShape |> List.filter ((=) -1) |> List.length

        (List.forall (fun length -> length = -1 || length >= 1) targetShape
         && openLengths <= 1)
        |> Expect.argument "Reshape" "target_shape" targetShape "positive lengths and at most one -1"

        Layer.ofUnmaskedFunction "Reshape" name (toConfig settings) (fun _ node ->
            Ops.reshape (target targetShape node.Shape) node)

/// Changes the order of the axes after the batch; they are counted from 1. Drops the mask.
/// keras/src/layers/reshaping/permute.py
type Permute = { Dims: int list }

[<RequireQualifiedAccess>]
module Permute =

    /// Keras's arguments.
    let toConfig (settings: Permute) : Config = [ "dims", Arguments.ofInts settings.Dims ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Permute = { Dims = Arguments.ints "dims" config }

    /// The layer. Raises ArgumentException when the axes are not 1 .. n in some order.
    let layer (name: string option) (settings: Permute) : Layer =
        (List.sort settings.Dims = [ 1 .. settings.Dims.Length ])
        |> Expect.argument "Permute" "dims" settings.Dims "the axes 1 .. n, each once"

        Layer.ofUnmaskedFunction "Permute" name (toConfig settings) (fun _ node ->
            Expect.rank (settings.Dims.Length + 1) 0 node.Shape
            Ops.transpose (0 :: settings.Dims) node)

/// Repeats a vector n times: (batch, features) becomes (batch, n, features). Drops the mask.
/// keras/src/layers/reshaping/repeat_vector.py
type RepeatVector = { N: int }

[<RequireQualifiedAccess>]
module RepeatVector =

    /// Keras's arguments.
    let toConfig (settings: RepeatVector) : Config = [ "n", ConfigValue.Int(int64 settings.N) ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : RepeatVector = { N = Arguments.int "n" config }

    /// The layer. Raises ArgumentException when n is not positive.
    let layer (name: string option) (settings: RepeatVector) : Layer =
        Expect.positive "RepeatVector" "n" settings.N

        Layer.ofUnmaskedFunction "RepeatVector" name (toConfig settings) (fun _ node ->
            Expect.rank 2 0 node.Shape

            match Shape.dimensions node.Shape with
            | [ batch; features ] ->
                Ops.expandDimensions [ 1 ] node
                |> Ops.broadcastTo (Shape.create [ batch; Dimension.known settings.N; features ])
            | _ -> node)
