namespace Functional.Core.Optimizers

open Functional.Core.Graph

/// Transformations around a whole optimizer.
[<RequireQualifiedAccess>]
module Wrapping =

    let private split (own: Transformation) (slots: Node list) (changes: Change list) =
        let count = changes |> List.map _.Parameter |> own.Slots |> List.length
        List.splitAt count slots

    let private slotsOf (slot: ParameterDescription -> Slot) =
        Transformation.perParameter {
            SlotGroups = [ [ slot ] ]
            Apply = fun _ slots change -> change, slots
        }

    // What happens within an update counts updates, as Keras does since 3.5: Adam's correction of its first means would
    // otherwise take the third mean to be made of 3 n gradients.
    let private countingUpdates (steps: int) (context: StepContext) : StepContext = {
        context with
            Iteration = context.Iteration / float steps
    }

    /// Steps only every n-th time, with the mean of the last n gradients.
    let accumulating (steps: int) (inner: Transformation) : Transformation =
        let sums = slotsOf (Slot.likeParameter "gradient_accumulator" 0.0)

        {
            Slots = fun parameters -> sums.Slots parameters @ inner.Slots parameters
            Step =
                fun context slots changes ->
                    let isUpdate = StepContext.isMultiple steps context
                    let sums, innerSlots = split sums slots changes

                    let totals =
                        List.map2 (fun (change: Change) sum -> change.Update + sum) changes sums

                    let means =
                        List.map2
                            (fun change (total: Node) -> {
                                change with
                                    Update = total / float steps
                            })
                            changes
                            totals

                    let moved, movedSlots = inner.Step (countingUpdates steps context) innerSlots means
                    let choose (ifUpdate: Node) (otherwise: Node) = Ops.select isUpdate ifUpdate otherwise

                    List.map2
                        (fun (change: Change) (next: Change) -> {
                            next with
                                Value = choose next.Value change.Value
                        })
                        changes
                        moved,
                    List.map (fun (total: Node) -> choose (total.Number 0.0) total) totals
                    @ List.map2 choose movedSlots innerSlots
        }

    /// Keeps an exponential moving average of every weight, which moves at every step, and puts it in the weight's place in
    /// every n-th update.
    let averaging
        (stepsPerUpdate: int)
        (momentum: float)
        (overwriteFrequency: int option)
        (inner: Transformation)
        : Transformation =
        let averages =
            slotsOf (fun parameter -> {
                Slot.likeParameter "average" 0.0 parameter with
                    FollowsValue = true
            })

        {
            Slots = fun parameters -> averages.Slots parameters @ inner.Slots parameters
            Step =
                fun context slots changes ->
                    let averages, innerSlots = split averages slots changes
                    let changes, innerSlots = inner.Step context innerSlots changes

                    let context = countingUpdates stepsPerUpdate context

                    // The average starts at the weight.
                    let isFirst = Ops.equal context.Iteration (context.Iteration.Number 0.0)

                    let next =
                        List.map2
                            (fun change (average: Node) ->
                                average * momentum + change.Value * (1.0 - momentum)
                                |> Ops.select isFirst change.Value)
                            changes
                            averages

                    let overwritten =
                        match overwriteFrequency with
                        | None -> changes
                        | Some frequency ->
                            let isOverwrite = StepContext.isMultiple frequency context

                            List.map2
                                (fun change average -> {
                                    change with
                                        Value = Ops.select isOverwrite average change.Value
                                })
                                changes
                                next

                    overwritten, next @ innerSlots
        }
