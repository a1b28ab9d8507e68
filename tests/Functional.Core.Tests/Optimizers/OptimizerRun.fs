namespace Functional.Core.Tests.Optimizers

open Functional.Core.Graph
open Functional.Core.Optimizers
open Functional.Core.Tensors

/// A few steps of an optimizer on given gradients, through the interpreter.
[<RequireQualifiedAccess>]
module OptimizerRun =

    /// The step as outputs of one graph: new values, then new slots.
    let graph (optimizer: Optimizer) (parameters: ParameterDescription list) : Graph * Slot list =
        let slots = Optimizer.slots parameters optimizer

        let leaf kind (name: string) dimensions elementType =
            Node.Create(Operation.Leaf(kind, name, Shape.ofInts dimensions, elementType))

        let context = {
            LearningRate = leaf LeafKind.Input "learning_rate" [] ElementType.Float32
            Iteration = leaf LeafKind.Variable "iteration" [] ElementType.Int32
        }

        let weights =
            parameters
            |> List.map (fun (parameter: ParameterDescription) ->
                parameter,
                leaf LeafKind.Parameter parameter.Name parameter.Dimensions parameter.ElementType,
                leaf LeafKind.Input ("gradient of " + parameter.Name) parameter.Dimensions parameter.ElementType)

        let slotNodes =
            slots
            |> List.mapi (fun index slot -> leaf LeafKind.Variable $"slot {index}" slot.Dimensions slot.ElementType)

        let values, next = Optimizer.step context weights slotNodes optimizer
        Graph.create (values @ next), slots

    /// The weights after every step and the slots after the last.
    let steps
        (optimizer: Optimizer)
        (parameters: (ParameterDescription * Literal) list)
        (gradients: Literal list list)
        : Literal list list * (Slot * Literal) list =
        let descriptions = List.map fst parameters
        let graph, slots = graph optimizer descriptions

        let initial =
            slots
            |> List.map (fun slot ->
                let size = List.fold (*) 1 slot.Dimensions
                Literal.create slot.ElementType slot.Dimensions (Seq.replicate size slot.InitialValue))

        let folder (values, slotValues, history) (iteration: int, gradients) =
            let leaves =
                Map [
                    "learning_rate", Literal.scalar ElementType.Float32 (optimizer.LearningRate.Rate(int64 iteration))
                    "iteration", Literal.scalar ElementType.Int32 (float iteration)
                    for description, value in List.zip descriptions values do
                        description.Name, value
                    for description, gradient in List.zip descriptions gradients do
                        "gradient of " + description.Name, gradient
                    for index, value in List.indexed slotValues do
                        $"slot {index}", value
                ]

            let values, slotValues =
                Interpreter.run leaves graph |> List.splitAt descriptions.Length

            values, slotValues, values :: history

        let _, slotValues, history =
            ((List.map snd parameters, initial, []), List.indexed gradients)
            ||> List.fold folder

        List.rev history, List.zip slots slotValues
