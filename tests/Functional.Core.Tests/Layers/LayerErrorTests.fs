namespace Functional.Core.Tests

open System
open Xunit
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// What layers say when they cannot work.
type LayerErrorTests() =

    static let number value = ConfigValue.Float value

    static let make className (config: Config) =
        LayerRegistry.create className None config

    static let input (lengths: int list) =
        Model.input None (List.map Dimension.known lengths) ElementType.Float32

    static let messageOf (action: unit -> obj) : string =
        Assert.ThrowsAny<ArgumentException>(fun () -> action () |> ignore).Message

    /// The class, its arguments, and what is said about them.
    static let wrongArguments: (string * Config * string) list = [
        "Dense", [ "units", ConfigValue.Int 0L ], "Dense: units must be at least 1, but is 0."
        "Dense", [], "'units' has no default"
        "Embedding",
        [ "input_dim", ConfigValue.Int -1L; "output_dim", ConfigValue.Int 2L ],
        "Embedding: input_dim must be at least 1, but is -1."
        "Dropout", [ "rate", number 1.5 ], "Dropout: rate must be from 0 to 1, but is 1.5."
        "GaussianDropout", [ "rate", number 1.0 ], "GaussianDropout: rate must be at least 0 and below 1, but is 1."
        "AlphaDropout", [ "rate", number -0.1 ], "AlphaDropout: rate must be at least 0 and below 1, but is -0.1."
        "SpatialDropout2D", [ "rate", number 2.0 ], "SpatialDropout2D: rate must be from 0 to 1, but is 2."
        "GaussianNoise", [ "stddev", number -1.0 ], "GaussianNoise: stddev must be from 0 to 1, but is -1."
        "BatchNormalization",
        [ "momentum", number 1.1 ],
        "BatchNormalization: momentum must be from 0 to 1, but is 1.1."
        "BatchNormalization", [ "epsilon", number 0.0 ], "BatchNormalization: epsilon must be more than 0, but is 0."
        "GroupNormalization",
        [ "groups", ConfigValue.Int 0L ],
        "GroupNormalization: groups must be at least 1, or -1, but is 0."
        "ReLU", [ "negative_slope", number -1.0 ], "ReLU: negative_slope must be 0 or more, but is -1."
        "LeakyReLU", [ "negative_slope", number -1.0 ], "LeakyReLU: negative_slope must be 0 or more, but is -1."
        "RepeatVector", [ "n", ConfigValue.Int 0L ], "RepeatVector: n must be at least 1, but is 0."
        "Permute",
        [ "dims", ConfigValue.List [ ConfigValue.Int 2L; ConfigValue.Int 3L ] ],
        "Permute: dims must be the axes 1 .. n, each once, but is [2; 3]."
        "Reshape",
        [
            "target_shape", ConfigValue.List [ ConfigValue.Int -1L; ConfigValue.Int -1L ]
        ],
        "Reshape: target_shape must be positive lengths and at most one -1"
        "UpSampling2D",
        [ "size", ConfigValue.Int 0L ],
        "UpSampling2D: size must be at least 1 on every axis, but is [0; 0]."
        "Cropping1D", [ "cropping", ConfigValue.Int -1L ], "Cropping1D: cropping must be 0 or more on every side"
        "UpSampling2D",
        [ "interpolation", ConfigValue.String "bilinaer" ],
        "Unknown interpolation 'bilinaer'. Did you mean 'bilinear'?"
        "Flatten",
        [ "data_format", ConfigValue.String "channels_fist" ],
        "Unknown data_format 'channels_fist'. Did you mean"
        "Dense",
        [ "units", ConfigValue.Int 2L; "activation", ConfigValue.String "rellu" ],
        "Unknown activation 'rellu'. Did you mean 'relu'"
        "EinsumDense",
        [ "equation", ConfigValue.String "ab->c"; "output_shape", ConfigValue.Int 2L ],
        "EinsumDense: equation must be of the form"
        "MultiHeadAttention",
        [ "num_heads", ConfigValue.Int 0L; "key_dim", ConfigValue.Int 2L ],
        "MultiHeadAttention: num_heads must be at least 1, but is 0."
        "GroupQueryAttention",
        [
            "head_dim", ConfigValue.Int 2L
            "num_query_heads", ConfigValue.Int 3L
            "num_key_value_heads", ConfigValue.Int 2L
        ],
        "num_query_heads must be a multiple of num_key_value_heads, 2, but is 3."
    ]

    /// The class, its arguments, the shapes of its inputs without the batch, and what is said about them.
    static let wrongInputs: (string * Config * int list list * string) list = [
        "Embedding",
        [ "input_dim", ConfigValue.Int 2L; "output_dim", ConfigValue.Int 2L ],
        [ [ 2 ]; [ 2 ] ],
        "expects one input, but got 2"
        "RepeatVector", [ "n", ConfigValue.Int 2L ], [ [ 2; 3 ] ], "expects 2 axes, but input 0 has shape (batch, 2, 3)"
        "GlobalMaxPooling2D", [], [ [ 4; 3 ] ], "expects 4 axes, but input 0 has shape (batch, 4, 3)"
        "Cropping1D",
        [ "cropping", ConfigValue.Int 2L ],
        [ [ 4; 1 ] ],
        "cannot cut 2 and 2 elements off axis 1: input 0 has shape (batch, 4, 1)"
        "Reshape",
        [ "target_shape", ConfigValue.List [ ConfigValue.Int 2L; ConfigValue.Int 2L ] ],
        [ [ 5 ] ],
        "to input 0 of shape (batch, 5)"
        "BatchNormalization",
        [ "axis", ConfigValue.Int 3L ],
        [ [ 5 ] ],
        "expects an axis 3, but input 0 has shape (batch, 5)"
        "GroupNormalization",
        [ "groups", ConfigValue.Int 2L ],
        [ [ 4; 5 ] ],
        "cannot divide 5 channels into 2 groups of one size"
        "Concatenate",
        [],
        [ [ 2; 3 ]; [ 3; 3 ] ],
        "but input 0 has shape (batch, 2, 3) and input 1 has shape (batch, 3, 3)"
        "Subtract", [], [ [ 2 ] ], "expects two inputs, but got 1"
        "Add", [], [ [ 2 ]; [ 3 ] ], "shapes (batch, 2) and (batch, 3) cannot be broadcast together"
        "Dot",
        [ "axes", ConfigValue.Int 1L ],
        [ [ 2 ]; [ 3 ] ],
        "axis 1 of input 0 of shape (batch, 2) has 2 and axis 1 of input 1 of shape (batch, 3) has 3"
        "MultiHeadAttention",
        [ "num_heads", ConfigValue.Int 1L; "key_dim", ConfigValue.Int 2L ],
        [ [ 2; 2 ] ],
        "expects a query, a value, and if wanted a key and a mask (bool), but got 1 inputs"
        "EinsumDense",
        [
            "equation", ConfigValue.String "abc,cd->abd"
            "output_shape", ConfigValue.List [ ConfigValue.Null; ConfigValue.Int 2L ]
        ],
        [ [ 2 ] ],
        "expects the 3 axes of its equation, but input 0 has shape (batch, 2)"
    ]

    [<Fact>]
    member _.``a wrong argument is named with its value and what is allowed``() =
        for className, config, expected in wrongArguments do
            Assert.Contains(expected, messageOf (fun () -> make className config))

    [<Fact>]
    member _.``an input that does not fit is named with its shape, after the layer``() =
        for className, config, shapes, expected in wrongInputs do
            let message =
                messageOf (fun () -> Lowering.apply (make className config) (List.map input shapes))

            let name = Layer.snakeCase className
            Assert.StartsWith($"Layer '{name}' ({className}): ", message)
            Assert.Contains(expected, message)

    [<Fact>]
    member _.``a length that a weight needs must be known``() =
        let unknown = Model.input None [ Dimension.named "steps" ] ElementType.Float32

        Assert.Equal(
            "Layer 'd' (Dense): needs to know the length of axis 1 before data arrives, but input 0 has shape (batch, steps)",
            messageOf (fun () -> Lowering.apply (Dense.layer (Some "d") (Dense.defaults 2)) [ unknown ])
        )

    [<Fact>]
    member _.``a shared layer with inputs of two widths is an error about its kernel``() =
        let layer = Dense.layer (Some "shared") (Dense.defaults 2)
        let first = input [ 3 ]
        let second = input [ 4 ]
        let call x = Lowering.apply layer [ x ]

        let message =
            messageOf (fun () -> Model.create None "Functional" [ first; second ] (call first @ call second))

        Assert.Contains("Layer 'shared' (Dense): its weight 'kernel'", message)
