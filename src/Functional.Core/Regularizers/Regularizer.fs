namespace Functional.Core.Regularizers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Naming
open Functional.Core.Tensors

/// A penalty on a weight, a number without axes, added to the loss.
[<ReferenceEquality>]
type Regularizer = {
    ClassName: string
    Config: Config
    Penalty: Node -> Node
}

[<RequireQualifiedAccess>]
module Regularizer =

    let private sumOf (node: Node) : Node = Ops.sum (Ops.allAxes node) false node

    /// factor * sum(|w|).
    let l1 (factor: float) : Regularizer = {
        ClassName = "L1"
        Config = [ "l1", ConfigValue.Float factor ]
        Penalty = fun weight -> sumOf (Ops.abs weight) * factor
    }

    /// factor * sum(w^2), without the one half of some textbooks.
    let l2 (factor: float) : Regularizer = {
        ClassName = "L2"
        Config = [ "l2", ConfigValue.Float factor ]
        Penalty = fun weight -> sumOf (Ops.square weight) * factor
    }

    /// l1Factor * sum(|w|) + l2Factor * sum(w^2).
    let l1L2 (l1Factor: float) (l2Factor: float) : Regularizer = {
        ClassName = "L1L2"
        Config = [ "l1", ConfigValue.Float l1Factor; "l2", ConfigValue.Float l2Factor ]
        Penalty = fun weight -> (l1 l1Factor).Penalty weight + (l2 l2Factor).Penalty weight
    }

    /// Pulls the rows (or the columns) of a matrix towards right angles: factor times the mean of |cosine| over all pairs.
    /// Raises ArgumentException for another mode than "rows" and "columns".
    let orthogonal (factor: float) (mode: string) : Regularizer =
        if mode <> "rows" && mode <> "columns" then
            invalidArg (nameof mode) $"The mode of OrthogonalRegularizer is 'rows' or 'columns', but is '{mode}'."

        let penalty (weight: Node) : Node =
            if Shape.rank weight.Shape <> 2 then
                invalidArg
                    (nameof weight)
                    $"OrthogonalRegularizer needs a weight with 2 axes, but its shape is {weight.Shape}."

            let axis = if mode = "rows" then 1 else 0
            let squares = Ops.sum [ axis ] true (Ops.square weight)
            let unit = weight * Ops.rsqrt (Ops.maximum squares (weight.Number 1e-7))
            let cosines = Ops.matMulWith (axis = 0) (axis = 1) unit unit
            let row = Ops.iota ElementType.Int32 0 cosines.Shape
            let column = Ops.iota ElementType.Int32 1 cosines.Shape

            let offDiagonal =
                Ops.select (Ops.equal row column) (weight.Number 0.0) (Ops.abs cosines)

            let count = Ops.size weight.ElementType (Shape.dimension (1 - axis) weight.Shape)
            sumOf offDiagonal * (0.5 * factor) / (count * (count - 1.0) * 0.5)

        {
            ClassName = "OrthogonalRegularizer"
            Config = [ "factor", ConfigValue.Float factor; "mode", ConfigValue.String mode ]
            Penalty = penalty
        }

    /// Every regularizer by its Keras names.
    let registry: Registry<Regularizer> = {
        Kind = "regularizer"
        Module = "keras.regularizers"
        IgnoresCase = false
        Entries = [
            Registry.entry [ "L1"; "l1" ] (fun config -> l1 (Config.float "l1" 0.01 config))
            Registry.entry [ "L2"; "l2" ] (fun config -> l2 (Config.float "l2" 0.01 config))
            Registry.entry [ "L1L2"; "l1l2"; "l1_l2" ] (fun config ->
                l1L2 (Config.float "l1" 0.0 config) (Config.float "l2" 0.0 config))
            Registry.entry [ "OrthogonalRegularizer"; "orthogonal_regularizer"; "orthogonalregularizer" ] (fun config ->
                orthogonal (Config.float "factor" 0.01 config) (Config.string "mode" "rows" config))
        ]
    }

    /// The regularizer with a Keras name, arguments at their defaults. Raises ArgumentException with the nearest names
    /// when it is unknown.
    let ofName (name: string) : Regularizer = Registry.create name [] registry

    /// The regularizer that a saved value stands for; null is none.
    let ofConfig (value: ConfigValue) : Regularizer option =
        match value with
        | ConfigValue.Null -> None
        | _ -> Some(Registry.ofConfig value registry)

    /// What Keras saves.
    let toConfig (regularizer: Regularizer option) : ConfigValue =
        match regularizer with
        | None -> ConfigValue.Null
        | Some regularizer -> Registry.toConfig regularizer.ClassName regularizer.Config registry
