namespace Functional.Core.Layers

open System
open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// What a resized image does when its sides have another ratio than the wanted ones.
[<RequireQualifiedAccess>]
type AspectRatio =
    /// It is distorted.
    | Free
    /// Its largest part of the wanted ratio, in the middle, is taken.
    | Cropped
    /// It is put in the middle of a larger image of the wanted ratio, filled with a number.
    | Padded of fill: float

/// Images in another size: (batch, height, width, channels), or one without a batch; whole numbers become floating.
/// Height and width of the input must be known. keras/src/layers/preprocessing/image_preprocessing/resizing.py
type Resizing = {
    Height: int
    Width: int
    Interpolation: Interpolation
    AspectRatio: AspectRatio
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module Resizing =

    /// Bilinear, distorted where needed.
    let defaults (height: int) (width: int) : Resizing = {
        Height = height
        Width = width
        Interpolation = Interpolation.Bilinear
        AspectRatio = AspectRatio.Free
        DataFormat = DataFormat.ChannelsLast
    }

    /// Keras's arguments. Those about padding, which Keras 3.3.3 does not know, come only when it is wanted.
    let toConfig (settings: Resizing) : Config = [
        "height", Arguments.ofInt settings.Height
        "width", Arguments.ofInt settings.Width
        "interpolation", ConfigValue.String(Interpolation.name settings.Interpolation)
        "crop_to_aspect_ratio", ConfigValue.Bool(settings.AspectRatio = AspectRatio.Cropped)
        match settings.AspectRatio with
        | AspectRatio.Padded fill ->
            "pad_to_aspect_ratio", ConfigValue.Bool true
            "fill_mode", ConfigValue.String "constant"
            "fill_value", ConfigValue.Float fill
        | AspectRatio.Free
        | AspectRatio.Cropped -> ()
        "data_format", DataFormat.toConfig settings.DataFormat
    ]

    /// Settings from Keras's arguments. Raises ArgumentException when an image is to be both cropped and padded, or filled
    /// otherwise than with a number.
    let ofConfig (config: Config) : Resizing =
        let crops = Config.bool "crop_to_aspect_ratio" false config
        let pads = Config.bool "pad_to_aspect_ratio" false config
        let fillMode = Config.string "fill_mode" "constant" config
        Expect.argument "Resizing" "fill_mode" fillMode "'constant'" (fillMode = "constant")

        Expect.argument
            "Resizing"
            "pad_to_aspect_ratio"
            "true"
            "false where crop_to_aspect_ratio is true"
            (not (crops && pads))

        {
            Height = Arguments.int "height" config
            Width = Arguments.int "width" config
            Interpolation = Config.string "interpolation" "bilinear" config |> Interpolation.ofName
            AspectRatio =
                if crops then
                    AspectRatio.Cropped
                elif pads then
                    AspectRatio.Padded(Config.float "fill_value" 0.0 config)
                else
                    AspectRatio.Free
            DataFormat = DataFormat.ofConfig config
        }

    /// A side so that two sides have a ratio: length * numerator / denominator, cut to a whole number as Keras does.
    let private proportional (length: int) (numerator: int) (denominator: int) : int =
        min (float length * float numerator / float denominator) (float Int32.MaxValue)
        |> int

    /// The largest part, in the middle, whose sides have the ratio of the wanted ones
    /// (keras/src/utils/image_utils.py, smart_resize).
    let private cropToRatio (height: int, width: int) (images: Node) : Node =
        let given, givenWidth = ImageAxes.size images
        let part = Math.Clamp(proportional givenWidth height width, 1, given)
        let partWidth = Math.Clamp(proportional given width height, 1, givenWidth)
        ImageAxes.crop ((given - part) / 2, (givenWidth - partWidth) / 2) (part, partWidth) images

    /// As much on both sides as makes the ratio that of the wanted sides.
    let private padToRatio (fill: float) (height: int, width: int) (images: Node) : Node =
        let given, givenWidth = ImageAxes.size images
        let rows = (max given (proportional givenWidth height width) - given) / 2
        let columns = (max givenWidth (proportional given width height) - givenWidth) / 2

        let both count = {
            Low = Dimension.known count
            High = Dimension.known count
            Interior = 0
        }

        Ops.pad [ both 0; both rows; both columns; both 0 ] fill images

    /// Images (batch, height, width, channels): the largest part of the wanted ratio, bilinearly brought to the size.
    let smartResize (size: int * int) (images: Node) : Node =
        images |> cropToRatio size |> Interpolation.resize Interpolation.Bilinear size

    let private resize (settings: Resizing) (images: Node) : Node =
        let size = settings.Height, settings.Width

        match settings.AspectRatio with
        | AspectRatio.Free -> images
        | AspectRatio.Cropped -> cropToRatio size images
        | AspectRatio.Padded fill -> padToRatio fill size images
        |> Interpolation.resize settings.Interpolation size

    /// The layer. Raises ArgumentException when height or width is not positive.
    let layer (name: string option) (settings: Resizing) : Layer =
        Expect.positive "Resizing" "height" settings.Height
        Expect.positive "Resizing" "width" settings.Width

        Layer.ofUnmaskedFunction "Resizing" name (toConfig settings) (fun context ->
            ImageAxes.map settings.DataFormat context.Floating (resize settings))

/// The middle part of images; images that are smaller are resized so that nothing is distorted. Height and width of the
/// input must be known. keras/src/layers/preprocessing/image_preprocessing/center_crop.py
type CenterCrop = {
    Height: int
    Width: int
    DataFormat: DataFormat
}

[<RequireQualifiedAccess>]
module CenterCrop =

    /// Channels last.
    let defaults (height: int) (width: int) : CenterCrop = {
        Height = height
        Width = width
        DataFormat = DataFormat.ChannelsLast
    }

    /// Keras's arguments.
    let toConfig (settings: CenterCrop) : Config = [
        "height", Arguments.ofInt settings.Height
        "width", Arguments.ofInt settings.Width
        "data_format", DataFormat.toConfig settings.DataFormat
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : CenterCrop = {
        Height = Arguments.int "height" config
        Width = Arguments.int "width" config
        DataFormat = DataFormat.ofConfig config
    }

    let private crop (settings: CenterCrop) (images: Node) : Node =
        let given, givenWidth = ImageAxes.size images
        let size = settings.Height, settings.Width
        let rows = given - settings.Height
        let columns = givenWidth - settings.Width

        if rows >= 0 && columns >= 0 then
            ImageAxes.crop (rows / 2, columns / 2) size images
        else
            Resizing.smartResize size images

    /// The layer. Raises ArgumentException when height or width is not positive.
    let layer (name: string option) (settings: CenterCrop) : Layer =
        Expect.positive "CenterCrop" "height" settings.Height
        Expect.positive "CenterCrop" "width" settings.Width

        Layer.ofUnmaskedFunction "CenterCrop" name (toConfig settings) (fun context ->
            ImageAxes.map settings.DataFormat context.Floating (crop settings))
