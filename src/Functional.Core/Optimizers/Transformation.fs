namespace Functional.Core.Optimizers

open Functional.Core.Graph
open Functional.Core.Tensors

/// What an optimizer knows of a weight before it runs.
type ParameterDescription = {
    /// The path: "dense/kernel".
    Name: string
    Dimensions: int list
    ElementType: ElementType
}

/// A variable that an optimizer keeps between steps.
type Slot = {
    /// Keras's name without the optimizer's: "dense_kernel_momentum".
    Name: string
    Dimensions: int list
    ElementType: ElementType
    InitialValue: float
    /// The weight that it is kept for; None where it is kept for all.
    Owner: ParameterDescription option
    /// Whether it takes the weight's value while the weight has no gradient, as averages of weights do; others stay.
    FollowsValue: bool
}

/// What a step is given besides gradients: numbers without axes.
type StepContext = {
    LearningRate: Node
    /// How many updates are finished: 0 at the first. Around an accumulation of gradients, how many steps.
    Iteration: Node
}

/// A weight on its way through one step: its value, and what is to be subtracted from it. The update starts as the
/// gradient.
type Change = {
    Parameter: ParameterDescription
    Value: Node
    Update: Node
}

/// A pure step from changes to changes, and the variables that it keeps. Optimizers are made of these.
[<ReferenceEquality>]
type Transformation = {
    Slots: ParameterDescription list -> Slot list
    /// From slots and changes to new changes and new slots, each list in the order it has.
    Step: StepContext -> Node list -> Change list -> Change list * Node list
}

/// A transformation that treats every weight alike, alone. Slots are groups: Keras keeps the first group of all weights,
/// then the second...
[<ReferenceEquality>]
type ParameterTransformation = {
    SlotGroups: (ParameterDescription -> Slot) list list
    Apply: StepContext -> Node list -> Change -> Change * Node list
}

[<RequireQualifiedAccess>]
module Slot =

    /// A variable shaped like a weight, named after it: "dense_kernel_" and the suffix.
    let likeParameter (suffix: string) (initialValue: float) (parameter: ParameterDescription) : Slot = {
        Name = parameter.Name.Replace('/', '_') + "_" + suffix
        Dimensions = parameter.Dimensions
        ElementType = parameter.ElementType
        InitialValue = initialValue
        Owner = Some parameter
        FollowsValue = false
    }

[<RequireQualifiedAccess>]
module StepContext =

    /// The learning rate in a weight's element type.
    let learningRate (context: StepContext) (change: Change) : Node =
        Ops.cast change.Value.ElementType context.LearningRate

    /// The number of this step, 1 at the first, in a weight's element type.
    let step (context: StepContext) (change: Change) : Node =
        Ops.cast change.Value.ElementType context.Iteration + 1.0

    /// Whether this step's number is a multiple of a frequency.
    let isMultiple (frequency: int) (context: StepContext) : Node =
        let step = Ops.cast ElementType.Int32 context.Iteration + 1.0
        Ops.equal (Ops.remainder step (step.Number(float frequency))) (step.Number 0.0)

[<RequireQualifiedAccess>]
module Transformation =

    /// Changes nothing.
    let identity: Transformation = {
        Slots = fun _ -> []
        Step = fun _ _ changes -> changes, []
    }

    /// One transformation, then the next on its result.
    let andThen (next: Transformation) (first: Transformation) : Transformation = {
        Slots = fun parameters -> first.Slots parameters @ next.Slots parameters
        Step =
            fun context slots changes ->
                let count = changes |> List.map _.Parameter |> first.Slots |> List.length
                let changes, firstSlots = first.Step context (List.take count slots) changes
                let changes, nextSlots = next.Step context (List.skip count slots) changes
                changes, firstSlots @ nextSlots
    }

    /// The same for every weight.
    let perParameter (transformation: ParameterTransformation) : Transformation =
        let groups = transformation.SlotGroups

        // Positions of one weight's slots, in the order in which Keras keeps all.
        let positions parameterCount parameter =
            let starts =
                groups
                |> List.scan (fun start group -> start + parameterCount * List.length group) 0

            List.zip groups (List.take groups.Length starts)
            |> List.collect (fun (group, start) ->
                group |> List.mapi (fun index _ -> start + parameter * group.Length + index))

        {
            Slots =
                fun parameters -> [
                    for group in groups do
                        for parameter in parameters do
                            for slot in group -> slot parameter
                ]
            Step =
                fun context slots changes ->
                    let slots = Array.ofList slots
                    let next = Array.copy slots
                    let places = positions changes.Length

                    let changes =
                        changes
                        |> List.mapi (fun index change ->
                            let places = places index
                            let own = places |> List.map (fun place -> slots[place])
                            let change, updated = transformation.Apply context own change
                            List.iter2 (fun place slot -> next[place] <- slot) places updated
                            change)

                    changes, List.ofArray next
        }

    /// Another update for every weight, without memory.
    let mapUpdate (f: StepContext -> Change -> Node) : Transformation =
        perParameter {
            SlotGroups = []
            Apply =
                fun context _ change ->
                    {
                        change with
                            Update = f context change
                    },
                    []
        }

    /// Multiplies updates by the learning rate.
    let scaleByLearningRate: Transformation =
        mapUpdate (fun context change -> change.Update * StepContext.learningRate context change)

    /// Subtracts updates from values: the last block of a recipe.
    let descend: Transformation =
        perParameter {
            SlotGroups = []
            Apply =
                fun _ _ change ->
                    {
                        change with
                            Value = change.Value - change.Update
                    },
                    []
        }
