namespace Functional.Compiler.Planning

open System.Collections.Generic
open Functional.Core.Graph
open Functional.Core.Tensors

/// Where a value's elements lie: in the memory of a root, one stride per axis.
type internal View = {
    Root: int
    Offset: int
    Strides: int array
}

[<RequireQualifiedAccess>]
module internal View =

    /// The first element, in the memory of the root.
    let start (view: View) : Operand<value> = {
        Operand.ofValue view.Root with
            OffsetInElements = view.Offset
    }

/// The views of a graph: which values are other ways to look at a value in memory.
type internal Views(table: ValueTable) =
    let views = Dictionary<int, View>()

    let known (length: Dimension) : int =
        Option.defaultValue 0 (Dimension.tryKnown length)

    let own value = {
        Root = value
        Offset = 0
        Strides = Layout.contiguous table.Dimensions[value]
    }

    let step (value: int) (input: View) : View option =
        let before = table.Dimensions[table.Inputs[value][0]]
        let after = table.Dimensions[value]

        match table.Nodes[value].Operation with
        | Operation.Broadcast _ ->
            let added = after.Length - before.Length

            Some {
                input with
                    Strides =
                        Array.init after.Length (fun axis ->
                            if axis < added || before[axis - added] <> after[axis] then
                                0
                            else
                                input.Strides[axis - added])
            }
        | Operation.Transpose permutation ->
            Some {
                input with
                    Strides = permutation |> List.map (fun axis -> input.Strides[axis]) |> Array.ofList
            }
        | Operation.Slice axes ->
            let axes = Array.ofList axes

            let starts =
                Array.map2 (fun axis stride -> known axis.Start * stride) axes input.Strides

            Some {
                input with
                    Offset = input.Offset + Array.sum starts
                    Strides = Array.map2 (fun (axis: SliceAxis) stride -> axis.Stride * stride) axes input.Strides
            }
        | Operation.Reverse axes ->
            let ends = axes |> List.sumBy (fun axis -> (before[axis] - 1) * input.Strides[axis])

            Some {
                input with
                    Offset = input.Offset + ends
                    Strides =
                        input.Strides
                        |> Array.mapi (fun axis stride -> if List.contains axis axes then -stride else stride)
            }
        // StopGradient, Reshape and what else keeps the row-major order.
        | _ ->
            Layout.ofStrides input.Offset before input.Strides
            |> Layout.tryStrides after
            |> Option.map (fun strides -> { input with Strides = strides })

    let rec find (value: int) : View =
        match views.TryGetValue value with
        | true, view -> view
        | false, _ ->
            let view =
                if table.Kinds[value] = ValueKind.View then
                    find (table.Inputs[value][0]) |> step value |> Option.defaultValue (own value)
                else
                    own value

            views[value] <- view
            view

    let layoutOf (value: int) (view: View) : Layout =
        Layout.ofStrides view.Offset table.Dimensions[value] view.Strides

    /// The view of a value. A root is its own view; so is a value that no strides over its input's memory express.
    member _.Find(value: int) : View = find value

    /// The row-major positions of a value as positions in its root's memory.
    member _.Layout(value: int) : Layout = layoutOf value (find value)

    /// Where a copy of a value takes its elements from.
    member _.SourceOfCopy(value: int) : View * int array =
        let view = find value

        if view.Root = value then
            let input = table.Inputs[value][0]
            find input, table.Dimensions[input]
        else
            view, table.Dimensions[value]

    /// The value nearest to the root on the way from a view to it whose layout a condition refuses, and the view of
    /// the value on its memory, were it copied.
    member _.Nearest(isRefused: Layout -> bool, value: int) : int * Layout option =
        let rec nearest value (path: int list) =
            let input = table.Inputs[value][0]

            if
                table.Kinds[input] = ValueKind.View
                && (find input).Root <> input
                && isRefused (layoutOf input (find input))
            then
                nearest input (value :: path)
            else
                value, path

        let target, path = nearest value []

        let view =
            (Some(own target), path)
            ||> List.fold (fun view value -> Option.bind (step value) view)

        target, Option.map (layoutOf value) view

    /// Whether the elements of a value follow each other in its root's memory.
    member _.IsContiguous(value: int) : bool =
        let layout = layoutOf value (find value)
        { layout with Offset = 0 } = Layout.identity table.Sizes[value]
