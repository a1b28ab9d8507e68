namespace Functional.Runtime.Interop

open System
open System.Collections.Concurrent
open System.Text.Json.Nodes
open Functional.Core.Configuration
open Functional.Core.Layers
open Functional.Core.Models
open Functional.Core.Tensors

/// How the facade makes cells, and layers around cells, layers and models.
[<AbstractClass; Sealed>]
type internal RecurrentInterop =

    /// The cell of a Keras class with Keras's arguments. Raises ArgumentException when class or arguments are wrong.
    static member Cell(className: string, name: string | null, config: JsonObject) : Cell =
        CellRegistry.create className (Option.ofObj name) (ConfigJson.toConfig config)

    /// Cells one after another. Raises ArgumentException when there are none, or two have one name.
    static member StackedCells(name: string | null, cells: Cell array) : Cell =
        StackedRNNCells.cell (Option.ofObj name) (List.ofArray cells)

    /// A cell of a user's own: from a step's input and states to its output and next states. The function is called once
    /// for every shape of input.
    static member FunctionCell
        (
            name: string | null,
            stateSizes: int array,
            step: Func<SymbolicTensor, SymbolicTensor array, SymbolicTensor array>
        ) : Cell =
        let sizes = List.ofArray stateSizes
        let models = ConcurrentDictionary<Shape, Lazy<Model>>()

        let apply input states =
            step.Invoke(input, Array.ofList states) |> List.ofArray

        let model shape =
            models.GetOrAdd(shape, (fun shape -> lazy (FunctionCell.model sizes apply shape))).Value

        FunctionCell.cell (Option.ofObj name) sizes model

    /// Keras's class name of a cell.
    static member ClassName(cell: Cell) : string = cell.ClassName

    /// Keras's constructor arguments of a cell.
    static member Config(cell: Cell) : JsonObject = ConfigJson.ofConfig cell.Config

    /// The layer RNN around a cell.
    static member RNN(name: string | null, config: JsonObject, cell: Cell) : Layer =
        RNN.layer (Option.ofObj name) (RecurrentLoop.ofConfig (ConfigJson.toConfig config)) cell

    /// The layer Bidirectional around copies of one or two layers. Raises ArgumentException when an argument is wrong.
    static member Bidirectional
        (name: string | null, mode: string | null, layer: Layer, backward: Layer | null)
        : Layer =
        Bidirectional.layer
            LayerRegistry.create
            (Option.ofObj name)
            (Option.ofObj mode)
            layer
            (if isNull (box backward) then
                 None
             else
                 Some(unbox<Layer>(box backward)))

    /// The layer TimeDistributed around a layer or model.
    static member TimeDistributed(name: string | null, layer: Layer) : Layer =
        TimeDistributed.layer (Option.ofObj name) (ConfigValue.Object(ModelConfig.ofLayer layer)) layer

    /// Whether a weight of this name, "lstm_cell/kernel", is a state that a layer keeps between batches.
    static member IsState(name: string) : bool = RNN.isState name

    /// The layer with its weights not trained.
    static member Untrained(layer: Layer) : Layer = {
        layer with
            Config =
                ("trainable", ConfigValue.Bool false)
                :: (layer.Config |> List.filter (fun (key, _) -> key <> "trainable"))
    }
