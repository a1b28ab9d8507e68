namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// In training, mirrors every image with probability one half along its width, its height, or each of both on its own;
/// in inference changes nothing. Channels are last. keras/src/layers/preprocessing/image_preprocessing/random_flip.py
type RandomFlip = {
    Horizontal: bool
    Vertical: bool
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
}

[<RequireQualifiedAccess>]
module RandomFlip =

    let private modes = [
        "horizontal_and_vertical", (true, true)
        "horizontal", (true, false)
        "vertical", (false, true)
    ]

    /// Keras's arguments.
    let toConfig (settings: RandomFlip) : Config = [
        "seed", RandomImages.ofSeed settings.Seed
        "mode",
        modes
        |> List.find (fun (_, mode) -> mode = (settings.Horizontal, settings.Vertical))
        |> fst
        |> ConfigValue.String
    ]

    /// Settings from Keras's arguments. Raises ArgumentException for another mode, with the nearest ones.
    let ofConfig (config: Config) : RandomFlip =
        let text = Config.string "mode" "horizontal_and_vertical" config

        match List.tryFind (fst >> (=) text) modes with
        | Some(_, (horizontal, vertical)) -> {
            Horizontal = horizontal
            Vertical = vertical
            Seed = Config.tryInt "seed" config
          }
        | None -> invalidArg "mode" (Names.unknown "mode" text (List.map fst modes))

    /// In both directions.
    let defaults: RandomFlip = ofConfig []

    let private flip (settings: RandomFlip) (context: CallContext) (images: Node) : Node =
        let along index axis isWanted node =
            if isWanted then
                let chance = RandomImages.perImage index 4 (0.0, 1.0) context images
                Ops.select (Ops.less chance (chance.Number 0.5)) (Ops.reverse [ axis ] node) node
            else
                node

        images |> along 0 2 settings.Horizontal |> along 1 1 settings.Vertical

    /// The layer. Raises ArgumentException when it is to mirror in no direction.
    let layer (name: string option) (settings: RandomFlip) : Layer =
        Expect.argument "RandomFlip" "mode" "none" "at least one direction" (settings.Horizontal || settings.Vertical)
        RandomImages.layer "RandomFlip" name (toConfig settings) DataFormat.ChannelsLast settings.Seed (flip settings)

/// In training, takes a part of images at a random place, the same for all images of a batch; in inference, and where
/// images are smaller than the part, the largest part of its ratio in the middle, resized. Height and width of the input
/// must be known. keras/src/layers/preprocessing/image_preprocessing/random_crop.py
type RandomCrop = {
    Height: int
    Width: int
    /// A seed of this layer's own; without one, the run's.
    Seed: int option
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module RandomCrop =

    /// Keras's arguments.
    let toConfig (settings: RandomCrop) : Config = [
        "height", Arguments.ofInt settings.Height
        "width", Arguments.ofInt settings.Width
        "seed", RandomImages.ofSeed settings.Seed
        "data_format", DataFormat.toConfig settings.DataFormat
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : RandomCrop = {
        Height = Arguments.int "height" config
        Width = Arguments.int "width" config
        Seed = Config.tryInt "seed" config
        DataFormat = DataFormat.ofConfig config
    }

    /// Channels last.
    let defaults (height: int) (width: int) : RandomCrop = {
        Height = height
        Width = width
        Seed = None
        DataFormat = DataFormat.ChannelsLast
    }

    /// As many elements of an axis from a random start on.
    let private part (context: CallContext) (index: int) (axis: int) (length: int) (spare: int) (images: Node) : Node =
        let chance =
            Layer.random Distribution.Uniform index (Shape.ofInts [ 1 ]) images.ElementType context

        // A number just below 1 may be rounded up to the number of places.
        let start =
            Ops.minimum (Ops.floor (chance * float (spare + 1))) (chance.Number(float spare))
            |> Ops.cast ElementType.Int32

        Ops.gather axis (start + Ops.iota ElementType.Int32 0 (Shape.ofInts [ length ])) images

    let private crop (settings: RandomCrop) (context: CallContext) (images: Node) : Node =
        let given, givenWidth = ImageAxes.size images
        let rows = given - settings.Height
        let columns = givenWidth - settings.Width

        if rows >= 0 && columns >= 0 then
            images
            |> part context 0 1 settings.Height rows
            |> part context 1 2 settings.Width columns
        else
            Resizing.smartResize (settings.Height, settings.Width) images

    /// The layer. Raises ArgumentException when height or width is not positive.
    let layer (name: string option) (settings: RandomCrop) : Layer =
        Expect.positive "RandomCrop" "height" settings.Height
        Expect.positive "RandomCrop" "width" settings.Width

        Layer.ofUnmaskedFunction "RandomCrop" name (toConfig settings) (fun context ->
            let change =
                match context.Mode with
                | Mode.Training -> crop settings (Noise.seeded settings.Seed context)
                | Mode.Inference -> Resizing.smartResize (settings.Height, settings.Width)

            ImageAxes.map settings.DataFormat context.Floating change)
