namespace Functional.Core.Optimizers

open Functional.Core.Graph

/// Adaptive updates with less memory (Shazeer & Stern 2018): the mean squares of a matrix are kept as those of its rows and
/// columns.
[<RequireQualifiedAccess>]
module Adafactor =

    let private rootMeanSquare (node: Node) : Node =
        Ops.sqrt (Ops.mean (Ops.allAxes node) false (Ops.square node))

    // Keras names these after the weight alone; a weight without rows and columns has a number that is not used.
    let private factor (shape: int list -> int list) (parameter: ParameterDescription) : Slot =
        let dimensions =
            if parameter.Dimensions.Length < 2 then
                []
            else
                shape parameter.Dimensions

        {
            Name = Array.last (parameter.Name.Split '/')
            Dimensions = dimensions
            ElementType = parameter.ElementType
            InitialValue = 0.0
            Owner = Some parameter
            FollowsValue = false
        }

    let private rows =
        factor (fun dimensions -> List.removeAt (dimensions.Length - 1) dimensions)

    let private columns =
        factor (fun dimensions -> List.removeAt (dimensions.Length - 2) dimensions)

    /// The whole update, learning rate included. The rate is relative to the size of the weight, and at most 1 / sqrt(step).
    let scale (beta2Decay: float) (epsilon1: float) (epsilon2: float) (clipThreshold: float) : Transformation =
        Transformation.perParameter {
            SlotGroups = [ [ rows; columns; Slot.likeParameter "velocity" 0.0 ] ]
            Apply =
                fun context slots change ->
                    let step = StepContext.step context change
                    let gradient = change.Update
                    let rate = Ops.minimum (StepContext.learningRate context change) (Ops.rsqrt step)
                    let size = rootMeanSquare change.Value
                    let relative = Ops.maximum size (size.Number epsilon2) * rate
                    let square = Ops.square gradient + epsilon1
                    let fresh = Ops.power step (step.Number beta2Decay)
                    let blend before value = before * (1.0 - fresh) + value * fresh

                    let factors, velocity =
                        if change.Parameter.Dimensions.Length < 2 then
                            [ slots[0]; slots[1] ], blend slots[2] square
                        else
                            let rows = blend slots[0] (Ops.mean [ -1 ] false square)
                            let columns = blend slots[1] (Ops.mean [ -2 ] false square)
                            let shares = rows / Ops.mean [ -1 ] true rows
                            [ rows; columns ], Ops.expandDimensions [ -1 ] shares * Ops.expandDimensions [ -2 ] columns

                    let update = gradient / Ops.sqrt velocity
                    let excess = rootMeanSquare update / clipThreshold
                    let limited = update / Ops.maximum excess (excess.Number 1.0)

                    {
                        change with
                            Update = limited * relative
                    },
                    factors @ [ velocity ]
        }
