namespace Functional.Core.Optimizers

open Functional.Core.Graph

/// Updates that remember earlier ones (Polyak 1964; Nesterov 1983). They stand after the learning rate, as in Keras.
[<RequireQualifiedAccess>]
module Momentum =

    let private slot = Slot.likeParameter "momentum" 0.0

    /// Keras's SGD: the variable is what was added to the weight, so it has the opposite sign of the update. Nesterov's form
    /// looks one step ahead.
    let velocity (momentum: float) (isNesterov: bool) : Transformation =
        Transformation.perParameter {
            SlotGroups = [ [ slot ] ]
            Apply =
                fun _ slots change ->
                    let velocity = List.head slots * momentum - change.Update

                    let update =
                        if isNesterov then
                            change.Update - velocity * momentum
                        else
                            -velocity

                    { change with Update = update }, [ velocity ]
        }

    /// Keras's Lion (Chen et al. 2023): the sign of a mean of gradients, which moves by beta2 and is looked at through beta1.
    let lion (beta1: float) (beta2: float) : Transformation =
        Transformation.perParameter {
            SlotGroups = [ [ slot ] ]
            Apply =
                fun _ slots change ->
                    let mean = List.head slots
                    let gradient = change.Update
                    let update = Ops.sign (mean * beta1 + gradient * (1.0 - beta1))
                    { change with Update = update }, [ mean * beta2 + gradient * (1.0 - beta2) ]
        }
