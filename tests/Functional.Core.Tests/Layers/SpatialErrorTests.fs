namespace Functional.Core.Tests

open System
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// What convolutions and pools say when they cannot work.
type SpatialErrorTests() =

    static let int value = ConfigValue.Int(int64 value)
    static let ints values = ConfigValue.List(List.map int values)
    static let text value = ConfigValue.String value

    static let conv more =
        [ "filters", int 4; "kernel_size", int 3 ] @ more

    static let messageOf (action: unit -> obj) : string =
        Assert.ThrowsAny<ArgumentException>(fun () -> action () |> ignore).Message

    static let make className (config: Config) =
        LayerRegistry.create className None config

    /// The class, its arguments, and what is said about them.
    static let wrongArguments: (string * Config * string) list = [
        "Conv2D", [ "kernel_size", int 3 ], "'filters' has no default"
        "Conv2D", [ "filters", int 3 ], "'kernel_size' has no default"
        "Conv2D", [ "filters", int 0; "kernel_size", int 3 ], "Conv2D: filters must be at least 1, but is 0."
        "Conv2D",
        [ "filters", int 4; "kernel_size", ints [ 3; 0 ] ],
        "Conv2D: kernel_size must be at least 1 on every axis, but is [3; 0]."
        "Conv2D",
        [ "filters", int 4; "kernel_size", ints [ 3; 3; 3 ] ],
        "'kernel_size' must be one whole number or 2, but is [3; 3; 3]."
        "Conv3D", conv [ "strides", int 0 ], "Conv3D: strides must be at least 1 on every axis, but is [0; 0; 0]."
        "Conv1D", conv [ "groups", int 0 ], "Conv1D: groups must be at least 1, but is 0."
        "Conv1D", conv [ "groups", int 3 ], "Conv1D: filters must be a multiple of groups, 3, but is 4."
        "Conv2D",
        conv [ "strides", int 2; "dilation_rate", int 2 ],
        "Conv2D: dilation_rate must be 1 on every axis where strides are [2; 2], but is [2; 2]."
        "Conv2DTranspose",
        conv [ "strides", ints [ 2; 1 ]; "dilation_rate", int 2 ],
        "Conv2DTranspose: dilation_rate must be 1 on every axis where strides are [2; 1], but is [2; 2]."
        "SeparableConv1D",
        conv [ "strides", int 2; "dilation_rate", int 3 ],
        "SeparableConv1D: dilation_rate must be 1 on every axis where strides are [2], but is [3]."
        "Conv1D", conv [ "padding", text "sam" ], "Unknown padding 'sam'. Did you mean 'same'?"
        "Conv2D", conv [ "padding", text "causal" ], "Unknown padding 'causal'."
        "DepthwiseConv1D", conv [ "padding", text "causal" ], "Unknown padding 'causal'."
        "Conv2DTranspose",
        conv [ "strides", int 2; "output_padding", int 2 ],
        "Conv2DTranspose: output_padding must be 0 or more and below strides, [2; 2], on every axis, but is [2; 2]."
        "DepthwiseConv2D",
        [ "kernel_size", int 3; "depth_multiplier", int 0 ],
        "DepthwiseConv2D: depth_multiplier must be at least 1, but is 0."
        "SeparableConv2D",
        conv [ "depth_multiplier", int 0 ],
        "SeparableConv2D: depth_multiplier must be at least 1, but is 0."
        "MaxPooling2D",
        [ "pool_size", int 0 ],
        "MaxPooling2D: pool_size must be at least 1 on every axis, but is [0; 0]."
        "AveragePooling1D", [], "'pool_size' has no default"
        "AveragePooling3D",
        [ "pool_size", int 2; "strides", int -1 ],
        "AveragePooling3D: strides must be at least 1 on every axis, but is [-1; -1; -1]."
        "MaxPooling1D", [ "padding", text "causal" ], "Unknown padding 'causal'."
        "MaxPooling1D", [ "data_format", text "channel_last" ], "Unknown data_format 'channel_last'."
    ]

    /// The class, its arguments, the shape of its input without the batch, and what is said about them.
    static let wrongInputs: (string * Config * int list * string) list = [
        "Conv2D", conv [], [ 8; 8 ], "expects 4 axes, but input 0 has shape (batch, 8, 8)"
        "Conv2D",
        conv [],
        [ 8; 2; 1 ],
        "kernel_size 3 does not fit axis 2 of length 2 with padding 'valid': input 0 has shape (batch, 8, 2, 1)"
        "Conv1D",
        conv [ "dilation_rate", int 4 ],
        [ 8; 1 ],
        "kernel_size 3 with dilation_rate 4 reaches over 9 positions and does not fit axis 1 of length 8 with padding 'valid'"
        "Conv2D",
        conv [ "data_format", text "channels_first" ],
        [ 1; 2; 8 ],
        "kernel_size 3 does not fit axis 2 of length 2 with padding 'valid': input 0 has shape (batch, 1, 2, 8)"
        "SeparableConv1D", conv [], [ 2; 1 ], "kernel_size 3 does not fit axis 1 of length 2 with padding 'valid'"
        "DepthwiseConv2D",
        [ "kernel_size", int 3 ],
        [ 2; 3; 1 ],
        "kernel_size 3 does not fit axis 1 of length 2 with padding 'valid'"
        "MaxPooling2D", [], [ 1; 4; 1 ], "pool_size 2 does not fit axis 1 of length 1 with padding 'valid'"
        "AveragePooling1D",
        [ "pool_size", int 5 ],
        [ 4; 1 ],
        "pool_size 5 does not fit axis 1 of length 4 with padding 'valid'"
        "Conv1D",
        conv [ "groups", int 2 ],
        [ 8; 3 ],
        "cannot divide 3 channels into 2 groups of one size: input 0 has shape (batch, 8, 3)"
        "Conv2DTranspose",
        [
            "filters", int 1
            "kernel_size", int 2
            "strides", int 2
            "padding", text "same"
            "output_padding", int 0
        ],
        [ 1; 1; 1 ],
        "leaves no positions of input 0 of shape (batch, 1, 1, 1)"
    ]

    [<Fact>]
    member _.``a wrong argument is named with its value and what is allowed``() =
        for className, config, expected in wrongArguments do
            Assert.Contains(expected, messageOf (fun () -> make className config))

    [<Fact>]
    member _.``an input that does not fit is named with its shape, after the layer``() =
        for className, config, shape, expected in wrongInputs do
            let input = Model.input None (List.map Dimension.known shape) ElementType.Float32

            let message = messageOf (fun () -> Lowering.apply (make className config) [ input ])

            Assert.StartsWith($"Layer '{Layer.snakeCase className}' ({className}): ", message)
            Assert.Contains(expected, message)

    [<Fact>]
    member _.``channels must be known``() =
        let input =
            Model.input None [ Dimension.known 8; Dimension.named "channels" ] ElementType.Float32

        Assert.Equal(
            "Layer 'c' (Conv1D): needs to know the length of axis 2 before data arrives, but input 0 has shape (batch, 8, channels)",
            messageOf (fun () -> Lowering.apply (Conv.layer (Some "c") (Conv.defaults 2 [ 3 ])) [ input ])
        )
