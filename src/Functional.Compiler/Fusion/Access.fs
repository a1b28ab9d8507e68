namespace Functional.Compiler.Fusion

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors
open Functional.Compiler.Planning

/// How a loop gets the elements of a value at the positions that a layout gives.
[<RequireQualifiedAccess>]
type internal Access =
    | Number of value: float
    /// The value is its layout's result: the position along an axis.
    | Position of layout: Layout
    /// Computed anew from the inputs of a value, at the same positions.
    | Inline of value: int * layout: Layout
    /// From memory, or from a register of the same loop.
    | Element of value: int * layout: Layout

/// Which values loops compute anew wherever they are used because that is cheaper than memory, and how loops get at all
/// others.
type internal Accesses(table: ValueTable, views: Views, recomputeCheapValues: bool) =

    let plain = HashSet<int>()

    let isCheap (operation: Operation) =
        match operation with
        | Operation.Unary f ->
            match f with
            | UnaryFunction.Negate
            | UnaryFunction.Abs
            | UnaryFunction.Sign
            | UnaryFunction.Floor
            | UnaryFunction.Ceiling
            | UnaryFunction.Round
            | UnaryFunction.Not -> true
            | _ -> false
        | Operation.Binary f ->
            match f with
            | BinaryFunction.Add
            | BinaryFunction.Subtract
            | BinaryFunction.Multiply
            | BinaryFunction.Maximum
            | BinaryFunction.Minimum
            | BinaryFunction.And
            | BinaryFunction.Or -> true
            | _ -> false
        | Operation.Compare _
        | Operation.Select
        | Operation.Cast _ -> true
        | _ -> false

    // A value read from memory that is this many times smaller costs nothing next to the loop that reads it.
    let negligible = 4
    let largestCost = 6

    /// Operations to compute a value anew, or 0 for "keep it in memory".
    let costs =
        let costs = Array.zeroCreate table.Nodes.Length

        for value in 0 .. table.Nodes.Length - 1 do
            let inputCost input =
                let root = (views.Find input).Root

                match table.Nodes[root].Operation with
                | Operation.Constant _ when table.Sizes[root] = 1 -> Some 0
                | Operation.Iota _ -> Some 1
                | _ when costs[root] > 0 -> Some costs[root]
                | _ when table.Sizes[root] * negligible <= table.Sizes[value] -> Some 0
                | Operation.Leaf _ when table.Sizes[value] = 1 -> Some 0
                | _ -> None

            costs[value] <-
                match table.Nodes[value].Operation with
                | Operation.Iota _ when recomputeCheapValues -> 1
                | operation when recomputeCheapValues && isCheap operation ->
                    let inputs = table.Inputs[value] |> Array.map inputCost
                    let total = 1 + Array.sumBy (Option.defaultValue largestCost) inputs
                    if total <= largestCost then total else 0
                | _ -> 0

        costs

    let isReadable (layout: Layout) =
        match Layout.innermostStride layout with
        | 0
        | 1 -> true
        | _ -> false

    let rec access (value: int) (layout: Layout) : Access =
        match table.Nodes[value].Operation with
        | Operation.Constant literal when table.Sizes[value] = 1 -> Access.Number(Literal.item literal)
        | Operation.Iota(_, axis, _) when costs[value] > 0 ->
            match Layout.tryCompose layout (LoopGroup.alongAxis table.Dimensions[value] axis) with
            | Some position -> Access.Position position
            | None -> Access.Element(value, layout)
        | _ when costs[value] > 0 -> Access.Inline(value, layout)
        | _ when table.Kinds[value] = ValueKind.View && (views.Find value).Root <> value ->
            match Layout.tryCompose layout (views.Layout value) with
            | Some composed when isReadable composed ->
                let root = (views.Find value).Root

                if composed.Offset <> 0 then
                    Access.Element(root, composed)
                else
                    access root composed
            | _ ->
                match views.Nearest(isReadable >> not, value) with
                | target, Some relative ->
                    match Layout.tryCompose layout relative with
                    | Some composed when isReadable composed -> Access.Element(target, composed)
                    | _ -> Access.Element(value, layout)
                | _, None -> Access.Element(value, layout)
        | _ -> Access.Element(value, layout)

    /// Whether loops compute a value anew.
    member _.IsInlined(value: int) : bool =
        costs[value] > 0
        || (table.Kinds[value] = ValueKind.Constant && table.Sizes[value] = 1)

    /// How a loop gets a value at positions.
    member _.Of(value: int, layout: Layout) : Access = access value layout

    /// Makes loops that compute a value read all its inputs from memory, in the value's own order.
    member _.ReadInputsFromMemory(value: int) : unit = plain.Add value |> ignore

    /// How the loop that computes a value gets one of its inputs.
    member _.OfInput(value: int, input: int, layout: Layout) : Access =
        match access input layout with
        | Access.Number number -> Access.Number number
        | _ when plain.Contains value -> Access.Element(input, layout)
        | found -> found

    /// Everything that the loop of a value reads to compute it: values in memory or registers with their layouts, and
    /// the layouts of positions.
    member this.Sources(value: int, layout: Layout) : struct ((int * Layout) list * Layout list) =
        let rec collect (elements, positions) found =
            match found with
            | Access.Number _ -> elements, positions
            | Access.Position position -> elements, position :: positions
            | Access.Element(source, place) -> (source, place) :: elements, positions
            | Access.Inline(inlined, place) ->
                ((elements, positions), table.Inputs[inlined])
                ||> Array.fold (fun state input -> collect state (access input place))

        let own =
            match table.Nodes[value].Operation with
            | Operation.Iota(_, axis, _) -> [ LoopGroup.alongAxis table.Dimensions[value] axis ]
            | _ -> []

        let elements, positions =
            (([], own), table.Inputs[value])
            ||> Array.fold (fun state input -> collect state (this.OfInput(value, input, layout)))

        struct (List.distinct elements, positions)
