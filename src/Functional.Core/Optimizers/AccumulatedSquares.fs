namespace Functional.Core.Optimizers

open Functional.Core.Graph

/// Updates divided by the root of sums or means of squared gradients.
[<RequireQualifiedAccess>]
module AccumulatedSquares =

    let private blend (rho: float) (before: Node) (value: Node) : Node = before * rho + value * (1.0 - rho)

    /// Keras's RMSprop: learning rate * gradient / sqrt(mean square + epsilon); centered, of the variance (Graves 2013);
    /// with momentum, summed up as it fades. Its variables stand in Keras's order: mean square, momentum, mean.
    let rmsprop (rho: float) (momentum: float) (epsilon: float) (isCentered: bool) : Transformation =
        let hasMomentum = momentum > 0.0

        Transformation.perParameter {
            SlotGroups = [
                [ Slot.likeParameter "velocity" 0.0 ]
                if hasMomentum then
                    [ Slot.likeParameter "momentum" 0.0 ]
                if isCentered then
                    [ Slot.likeParameter "average_gradient" 0.0 ]
            ]
            Apply =
                fun context slots change ->
                    let gradient = change.Update
                    let square = blend rho (List.head slots) (Ops.square gradient)

                    let mean =
                        if isCentered then
                            Some(blend rho (List.last slots) gradient)
                        else
                            None

                    let spread =
                        match mean with
                        | Some mean -> square - Ops.square mean
                        | None -> square

                    let increment =
                        gradient * StepContext.learningRate context change / Ops.sqrt (spread + epsilon)

                    let update =
                        if hasMomentum then
                            slots[1] * momentum + increment
                        else
                            increment

                    { change with Update = update },
                    [
                        square
                        if hasMomentum then
                            update
                        yield! Option.toList mean
                    ]
        }

    /// Keras names this variable without its weight.
    let private accumulator (initialValue: float) (parameter: ParameterDescription) : Slot = {
        Slot.likeParameter "" initialValue parameter with
            Name = "accumulator"
    }

    /// gradient / sqrt(sum of all squares + epsilon) (Duchi, Hazan & Singer 2011).
    let scaleByAdagrad (initialAccumulator: float) (epsilon: float) : Transformation =
        Transformation.perParameter {
            SlotGroups = [ [ accumulator initialAccumulator ] ]
            Apply =
                fun _ slots change ->
                    let sum = List.head slots + Ops.square change.Update

                    {
                        change with
                            Update = change.Update / Ops.sqrt (sum + epsilon)
                    },
                    [ sum ]
        }

    /// gradient * root mean square of updates / root mean square of gradients (Zeiler 2012).
    let scaleByAdadelta (rho: float) (epsilon: float) : Transformation =
        Transformation.perParameter {
            SlotGroups = [
                [
                    Slot.likeParameter "accumulated_grad" 0.0
                    Slot.likeParameter "accumulated_delta_var" 0.0
                ]
            ]
            Apply =
                fun _ slots change ->
                    let gradients = blend rho slots[0] (Ops.square change.Update)

                    let update =
                        Ops.sqrt (slots[1] + epsilon) * change.Update / Ops.sqrt (gradients + epsilon)

                    { change with Update = update }, [ gradients; blend rho slots[1] (Ops.square update) ]
        }

    /// Follow the regularized leader (McMahan et al. 2013): gives the weight its new value itself, so that nothing is left
    /// to subtract.
    let followTheRegularizedLeader
        (initialAccumulator: float)
        (power: float)
        (l1: float)
        (l2: float)
        (shrinkage: float)
        (beta: float)
        : Transformation =
        Transformation.perParameter {
            SlotGroups = [ [ accumulator initialAccumulator; Slot.likeParameter "linear" 0.0 ] ]
            Apply =
                fun context slots change ->
                    let rate = StepContext.learningRate context change
                    let gradient = change.Update
                    let root (sum: Node) = Ops.power sum (sum.Number -power)
                    let sum = slots[0] + Ops.square gradient
                    let shrunk = gradient + change.Value * (2.0 * shrinkage)
                    let sigma = (root sum - root slots[0]) / rate
                    let linear = slots[1] + (shrunk - sigma * change.Value)
                    let quadratic = root sum / rate + 2.0 * (l2 + beta / (rate * 2.0))

                    {
                        change with
                            Value = (Ops.clip -l1 l1 linear - linear) / quadratic
                    },
                    [ sum; linear ]
        }
