namespace Functional.Core.Optimizers

open Functional.Core.Graph
open Functional.Core.Tensors

/// Updates from moving means of gradients and of their sizes: Adam's family.
[<RequireQualifiedAccess>]
module AdaptiveMoments =

    let private momentum = Slot.likeParameter "momentum" 0.0
    let private velocity = Slot.likeParameter "velocity" 0.0

    /// A mean that moves towards a value by 1 - beta.
    let private towards (value: Node) (beta: float) (mean: Node) : Node = mean + (value - mean) * (1.0 - beta)

    /// 1 - beta^step: what is missing in a mean that started at 0.
    let private correction (beta: float) (step: Node) : Node = 1.0 - Ops.power (step.Number beta) step

    /// mean / sqrt(mean square) of gradients, both corrected for their start at 0 (Kingma & Ba 2015, section 2, with
    /// epsilon as in the text before 2.1); amsgrad divides by the largest mean square so far (Reddi et al. 2018).
    let scaleByAdam (beta1: float) (beta2: float) (epsilon: float) (isAmsgrad: bool) : Transformation =
        let groups = [ [ momentum; velocity ] ]

        Transformation.perParameter {
            SlotGroups =
                if isAmsgrad then
                    groups @ [ [ Slot.likeParameter "velocity_hat" 0.0 ] ]
                else
                    groups
            Apply =
                fun context slots change ->
                    let step = StepContext.step context change
                    let gradient = change.Update
                    let mean = towards gradient beta1 slots[0]
                    let square = towards (Ops.square gradient) beta2 slots[1]
                    let scale = Ops.sqrt (correction beta2 step) / correction beta1 step

                    let divisor, largest =
                        if isAmsgrad then
                            let largest = Ops.maximum slots[2] square
                            largest, [ largest ]
                        else
                            square, []

                    {
                        change with
                            Update = mean * scale / (Ops.sqrt divisor + epsilon)
                    },
                    mean :: square :: largest
        }

    /// Adam with the largest recent gradient instead of the mean square (Kingma & Ba 2015, section 7.1).
    let scaleByAdamax (beta1: float) (beta2: float) (epsilon: float) : Transformation =
        Transformation.perParameter {
            SlotGroups = [ [ momentum; Slot.likeParameter "norm" 0.0 ] ]
            Apply =
                fun context slots change ->
                    let mean = towards change.Update beta1 slots[0]
                    let norm = Ops.maximum (slots[1] * beta2) (Ops.abs change.Update)
                    let scale = 1.0 / correction beta1 (StepContext.step context change)

                    {
                        change with
                            Update = mean * scale / (norm + epsilon)
                    },
                    [ mean; norm ]
        }

    /// Adam with Nesterov's look ahead (Dozat 2016). All weights share one variable, the product of the momentums so far.
    let scaleByNadam (beta1: float) (beta2: float) (epsilon: float) : Transformation =
        let momentumAt (step: Node) =
            (1.0 - Ops.power (step.Number 0.96) step * 0.5) * beta1

        let update (product: Node) =
            Transformation.perParameter {
                SlotGroups = [ [ momentum; velocity ] ]
                Apply =
                    fun context slots change ->
                        let step = StepContext.step context change
                        let gradient = change.Update
                        let product = Ops.cast gradient.ElementType product
                        let next = momentumAt (step + 1.0)
                        let mean = towards gradient beta1 slots[0]
                        let square = towards (Ops.square gradient) beta2 slots[1]
                        let meanScale = next / (1.0 - product * next)
                        let gradientScale = (1.0 - momentumAt step) / (1.0 - product)
                        let direction = mean * meanScale + gradient * gradientScale
                        let size = Ops.sqrt (square * (1.0 / correction beta2 step)) + epsilon

                        {
                            change with
                                Update = direction / size
                        },
                        [ mean; square ]
            }

        let product (parameters: ParameterDescription list) : Slot = {
            Name = "variable"
            Dimensions = []
            ElementType =
                match parameters with
                | first :: _ -> first.ElementType
                | [] -> ElementType.Float32
            InitialValue = 1.0
            Owner = None
            FollowsValue = false
        }

        {
            // Neither names nor number of the per-weight slots depend on the product.
            Slots =
                fun parameters ->
                    product parameters
                    :: (update (Ops.scalar ElementType.Float32 1.0)).Slots parameters
            Step =
                fun context slots changes ->
                    let before = List.head slots
                    let step = Ops.cast before.ElementType context.Iteration + 1.0
                    let after = before * momentumAt step
                    let changes, others = (update after).Step context (List.tail slots) changes
                    changes, after :: others
        }
