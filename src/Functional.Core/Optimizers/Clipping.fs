namespace Functional.Core.Optimizers

open Functional.Core.Graph

/// Limits on the size of gradients.
[<RequireQualifiedAccess>]
module Clipping =

    let private squares (node: Node) : Node =
        Ops.sum (Ops.allAxes node) false (Ops.square node)

    /// A factor that brings a norm down to a limit, or 1.
    let private factor (limit: float) (norm: Node) : Node =
        let limit = norm.Number limit
        limit / Ops.maximum norm limit

    /// Every gradient's elements stay within [-limit, limit].
    let byValue (limit: float) : Transformation =
        Transformation.mapUpdate (fun _ change -> Ops.clip -limit limit change.Update)

    /// Every gradient's Euclidean norm is at most the limit.
    let byNorm (limit: float) : Transformation =
        Transformation.mapUpdate (fun _ change -> change.Update * factor limit (Ops.sqrt (squares change.Update)))

    /// The Euclidean norm of all gradients together is at most the limit.
    let byGlobalNorm (limit: float) : Transformation = {
        Slots = fun _ -> []
        Step =
            fun _ _ changes ->
                match changes with
                | [] -> [], []
                | first :: _ ->
                    let total =
                        changes
                        |> List.map (fun change -> Ops.cast first.Update.ElementType (squares change.Update))
                        |> List.reduce (+)

                    let scale = factor limit (Ops.sqrt total)

                    changes
                    |> List.map (fun change -> {
                        change with
                            Update = change.Update * Ops.cast change.Update.ElementType scale
                    }),
                    []
    }
