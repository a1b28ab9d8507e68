namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Graph
open Functional.Core.Tensors

/// Cells one after another at every step: each takes the output of the one before. States and weights are those of the
/// cells in their order, weights under the cells' names. keras/src/layers/rnn/stacked_rnn_cells.py
[<RequireQualifiedAccess>]
module StackedRNNCells =

    /// The cells with names that differ: as they are called, or made of their classes.
    let private named (cells: Cell list) : (string * Cell) list =
        let taken = System.Collections.Generic.HashSet<string>(cells |> List.choose _.Name)

        cells
        |> List.map (fun cell ->
            match cell.Name with
            | Some name -> name, cell
            | None ->
                let stem = Cell.name cell

                Seq.initInfinite (fun index -> if index = 0 then stem else $"{stem}_{index}")
                |> Seq.find taken.Add,
                cell)

    /// Every cell with the shape of its step's input.
    let private withInputs (cells: (string * Cell) list) (step: Shape) : (string * Cell * Shape) list =
        let outputShape (cell: Cell) (input: Shape) =
            let weights =
                cell.Weights input
                |> List.mapi (fun index weight ->
                    Ops.parameter $"{index}" (Shape.ofInts weight.Dimensions) weight.ElementType)

            (fst (Cell.probe (Cell.shapesOnly weights) cell input)).Shape

        (step, cells)
        ||> List.mapFold (fun input (name, cell) -> (name, cell, input), outputShape cell input)
        |> fst

    let private start (cells: (string * Cell) list) (context: CallContext) (shape: Shape) =
        let placed = withInputs cells shape

        let steps, _ =
            ((0, context.Weights), placed)
            ||> List.mapFold (fun (index, weights) (_, cell, input) ->
                let own, others = List.splitAt (cell.Weights input).Length weights

                let context = {
                    Cell.part index context with
                        Weights = own
                }

                (cell.Start context input, (cell.StateShapes input).Length), (index + 1, others))

        fun (input: Node) (states: Node list) ->
            let output, nextStates, _ =
                ((input, [], states), steps)
                ||> List.fold (fun (value, found, states) (step, count) ->
                    let own, others = List.splitAt count states
                    let output, next = step value own
                    output, found @ next, others)

            output, nextStates

    /// The cell. Raises ArgumentException when there are no cells, or two have one name.
    let cell (name: string option) (cells: Cell list) : Cell =
        if cells.IsEmpty then
            invalidArg (nameof cells) "StackedRNNCells: cells must be at least one cell, but there are none."

        let cells = named cells

        match cells |> List.countBy fst |> List.tryFind (fun (_, count) -> count > 1) with
        | Some(twice, _) ->
            invalidArg (nameof cells) $"StackedRNNCells: cells must have different names, but two are named '{twice}'."
        | None -> ()

        {
            ClassName = "StackedRNNCells"
            Name = name
            Config = [
                "cells",
                cells
                |> List.map (fun (name, cell) -> Cell.toConfig name cell)
                |> ConfigValue.List
            ]
            StateShapes =
                fun step ->
                    withInputs cells step
                    |> List.collect (fun (_, cell, input) -> cell.StateShapes input)
            Weights =
                fun step ->
                    withInputs cells step
                    |> List.collect (fun (name, cell, input) ->
                        cell.Weights input
                        |> List.map (fun weight -> {
                            weight with
                                Name = $"{name}/{weight.Name}"
                        }))
            Start = start cells
        }
