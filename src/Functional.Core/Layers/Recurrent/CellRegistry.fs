namespace Functional.Core.Layers

open Functional.Core.Configuration
open Functional.Core.Naming

/// Every cell that can be made from Keras's class name and arguments.
[<RequireQualifiedAccess>]
module CellRegistry =

    /// The class names that can be made.
    let classNames: string list = [ "SimpleRNNCell"; "LSTMCell"; "GRUCell"; "StackedRNNCells" ]

    /// The cell of a Keras class with Keras's arguments; missing ones take Keras's defaults. A name in the configuration
    /// counts when none is given. Raises ArgumentException when the class is unknown, with the nearest names, or when an
    /// argument is not allowed.
    let rec create (className: string) (name: string option) (config: Config) : Cell =
        let name = name |> Option.orElse (Config.tryString "name" config)

        match className with
        | "SimpleRNNCell" -> SimpleRNNCell.cell name (SimpleRNNCell.ofConfig config)
        | "LSTMCell" -> LSTMCell.cell name (LSTMCell.ofConfig config)
        | "GRUCell" -> GRUCell.cell name (GRUCell.ofConfig config)
        | "StackedRNNCells" ->
            match Config.tryFind "cells" config with
            | Some(ConfigValue.List cells) -> StackedRNNCells.cell name (List.map ofConfig cells)
            | _ -> invalidArg "cells" "StackedRNNCells: cells must be a list of cells."
        | _ -> invalidArg (nameof className) (Names.unknown "cell" className classNames)

    /// The cell that a saved object stands for: {"class_name", "config"}; a list of such is one cell after another.
    and ofConfig (value: ConfigValue) : Cell =
        match value with
        | ConfigValue.List cells -> StackedRNNCells.cell None (List.map ofConfig cells)
        | ConfigValue.Object content ->
            let config =
                match Config.tryFind "config" content with
                | Some(ConfigValue.Object config) -> config
                | _ -> []

            create (Arguments.string "class_name" content) None config
        | _ -> invalidArg (nameof value) $"A saved cell is an object, but here it is {value}."

    /// The layer RNN from Keras's arguments, its cell saved under "cell".
    let rnn (name: string option) (config: Config) : Layer =
        match Config.tryFind "cell" config with
        | Some cell -> RNN.layer name (RecurrentLoop.ofConfig config) (ofConfig cell)
        | None -> invalidArg "cell" "RNN: cell has no default: it must be given."
