namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Its input, unchanged. Passes the mask on. keras/src/layers/core/identity.py
[<RequireQualifiedAccess>]
module Identity =

    /// The layer.
    let layer (name: string option) : Layer =
        Layer.ofFunction "Identity" name [] (fun _ node -> node)

/// Masks the steps whose features are all equal to a value, and sets them to 0: (batch, steps, ..., features).
/// keras/src/layers/core/masking.py
type Masking = { MaskValue: float }

[<RequireQualifiedAccess>]
module Masking =

    /// Steps of zeros.
    let defaults: Masking = { MaskValue = 0.0 }

    /// Keras's arguments.
    let toConfig (settings: Masking) : Config = [ "mask_value", ConfigValue.Float settings.MaskValue ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Masking = {
        MaskValue = Config.float "mask_value" 0.0 config
    }

    /// The layer.
    let layer (name: string option) (settings: Masking) : Layer =
        Layer.create "Masking" name (toConfig settings) (fun _ -> []) (fun _ inputs ->
            let node = (Expect.single inputs).Node
            Expect.minimumRank 2 0 node.Shape
            let last = Shape.rank node.Shape - 1

            let counts =
                Masks.any [ last ] true (Ops.notEqual node (node.Number settings.MaskValue))

            Layer.output {
                Node = node * Ops.cast node.ElementType counts
                Mask = Some(Ops.squeeze [ last ] counts)
                Logits = None
            })

/// x * scale + offset, with one number each or one for every channel (the last axis). Passes the mask on.
/// keras/src/layers/preprocessing/rescaling.py
type Rescaling = {
    Scale: float list
    Offset: float list
}

[<RequireQualifiedAccess>]
module Rescaling =

    /// No offset.
    let defaults (scale: float) : Rescaling = { Scale = [ scale ]; Offset = [ 0.0 ] }

    let private write (numbers: float list) : ConfigValue =
        match numbers with
        | [ single ] -> ConfigValue.Float single
        | _ -> ConfigValue.List(List.map ConfigValue.Float numbers)

    let private read (key: string) (fallback: float list) (config: Config) : float list =
        match Config.tryFind key config with
        | None -> fallback
        | Some(ConfigValue.List numbers) -> numbers |> List.map (fun number -> Arguments.float key [ key, number ])
        | Some _ -> [ Arguments.float key config ]

    /// Keras's arguments.
    let toConfig (settings: Rescaling) : Config = [ "scale", write settings.Scale; "offset", write settings.Offset ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : Rescaling = {
        Scale =
            match read "scale" [] config with
            | [] -> invalidArg "scale" "'scale' has no default: it must be given."
            | scale -> scale
        Offset = read "offset" [ 0.0 ] config
    }

    let private numbers (elementType: ElementType) (values: float list) : Node =
        match values with
        | [ single ] -> Ops.scalar elementType single
        | _ -> Ops.constant (Literal.create elementType [ values.Length ] values)

    /// The layer.
    let layer (name: string option) (settings: Rescaling) : Layer =
        Layer.ofFunction "Rescaling" name (toConfig settings) (fun context node ->
            let floating =
                if ElementType.isFloating node.ElementType then
                    node
                else
                    Ops.cast context.Floating node

            floating * numbers floating.ElementType settings.Scale
            + numbers floating.ElementType settings.Offset)

/// Its input, unchanged, with the penalty l1 * sum|x| + l2 * sum x^2 on it. Passes the mask on.
/// keras/src/layers/regularization/activity_regularization.py
type ActivityRegularization = { L1: float; L2: float }

[<RequireQualifiedAccess>]
module ActivityRegularization =

    /// No penalty.
    let defaults: ActivityRegularization = { L1 = 0.0; L2 = 0.0 }

    /// Keras's arguments.
    let toConfig (settings: ActivityRegularization) : Config = [
        "l1", ConfigValue.Float settings.L1
        "l2", ConfigValue.Float settings.L2
    ]

    /// Settings from Keras's arguments.
    let ofConfig (config: Config) : ActivityRegularization = {
        L1 = Config.float "l1" 0.0 config
        L2 = Config.float "l2" 0.0 config
    }

    /// The layer. Raises ArgumentException when a factor is negative.
    let layer (name: string option) (settings: ActivityRegularization) : Layer =
        Expect.argument "ActivityRegularization" "l1" settings.L1 "0 or more" (settings.L1 >= 0.0)
        Expect.argument "ActivityRegularization" "l2" settings.L2 "0 or more" (settings.L2 >= 0.0)

        let penalty (node: Node) =
            let axes = Ops.allAxes node

            Ops.sum axes false (Ops.abs node) * settings.L1
            + Ops.sum axes false (Ops.square node) * settings.L2

        Layer.create "ActivityRegularization" name (toConfig settings) (fun _ -> []) (fun _ inputs ->
            let value = Expect.single inputs

            {
                Outputs = [ value ]
                Updates = []
                Losses = [ penalty value.Node ]
            })
