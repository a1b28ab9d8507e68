namespace Functional.Compiler.Planning

open System.Collections.Immutable
open Functional.Core.Graph
open Functional.Core.Tensors

/// Copies between strided places, as calls whose operands name values.
[<RequireQualifiedAccess>]
module internal Movement =

    /// A copy with as few extents as possible: axes that move as one in source and destination are merged.
    let copy
        (elementType: ElementType)
        (extents: int array)
        (source: Operand<value>, sourceStrides: int array)
        (destination: Operand<value>, destinationStrides: int array)
        : KernelCall<value> =
        let merge (extent, from, into) inner =
            match inner with
            | _ when extent = 1 -> inner
            | (nextExtent, nextFrom, nextInto) :: rest when from = nextFrom * nextExtent && into = nextInto * nextExtent ->
                (extent * nextExtent, nextFrom, nextInto) :: rest
            | _ -> (extent, from, into) :: inner

        let axes =
            match List.foldBack merge (List.ofArray (Array.zip3 extents sourceStrides destinationStrides)) [] with
            | [] -> [ 1, 0, 0 ]
            | axes -> axes

        let kernel =
            Kernel.Copy {
                Extents = axes |> Seq.map (fun (extent, _, _) -> extent) |> ImmutableArray.CreateRange
                ElementType = elementType
                SourceStrides = axes |> Seq.map (fun (_, from, _) -> from) |> ImmutableArray.CreateRange
                DestinationStrides = axes |> Seq.map (fun (_, _, into) -> into) |> ImmutableArray.CreateRange
            }

        KernelCall.create kernel [ source ] [ destination ]

    let private fill (destination: int) (count: int) (number: float) : KernelCall<value> =
        KernelCall.create (Kernel.Fill(count, number)) [] [ Operand.ofValue destination ]

    /// Writes a view, row-major, to a value's own memory.
    let materialize (table: ValueTable) (extents: int array) (view: View) (destination: int) : KernelCall<value> =
        match table.Nodes[view.Root].Operation with
        | Operation.Constant literal when table.Sizes[view.Root] = 1 ->
            fill destination (Array.fold (*) 1 extents) (Literal.item literal)
        | _ ->
            copy
                table.Nodes[view.Root].ElementType
                extents
                (View.start view, view.Strides)
                (Operand.ofValue destination, Layout.contiguous extents)

    /// Where the parts of a concatenation begin in it.
    let starts (table: ValueTable) (axis: int) (parts: (int array * View) list) (result: int) : int list =
        let stride = (Layout.contiguous table.Dimensions[result])[axis]

        parts
        |> List.scan (fun position (extents, _) -> position + extents[axis] * stride) 0
        |> List.take parts.Length

    /// Joins views along an axis, but those that lie there already.
    let concatenate
        (table: ValueTable)
        (isPlaced: int -> bool)
        (axis: int)
        (parts: (int array * View) list)
        (result: int)
        : KernelCall<value> list =
        let strides = Layout.contiguous table.Dimensions[result]

        [
            for (extents, view), position in List.zip parts (starts table axis parts result) do
                if not (isPlaced view.Root) then
                    let destination = {
                        Operand.ofValue result with
                            OffsetInElements = position
                    }

                    copy table.Nodes[result].ElementType extents (View.start view, view.Strides) (destination, strides)
        ]

    /// Writes a view into a larger (or, where padding is negative, smaller) value.
    let pad
        (table: ValueTable)
        (axes: PadAxis list)
        (value: float)
        (extents: int array)
        (view: View)
        (result: int)
        : KernelCall<value> list =
        let known (length: Dimension) =
            Option.defaultValue 0 (Dimension.tryKnown length)

        let lengths = table.Dimensions[result]
        let strides = Layout.contiguous lengths
        let axes = Array.ofList axes

        // The part of each input axis that lands inside the result.
        let inside =
            Array.init lengths.Length (fun axis ->
                let low = known axes[axis].Low
                let step = 1 + axes[axis].Interior
                let first = max 0 ((-low + step - 1) / step)
                let last = min (extents[axis] - 1) ((lengths[axis] - 1 - low) / step)

                if lengths[axis] - 1 - low < 0 then
                    first, -1
                else
                    first, last)

        let counts = inside |> Array.map (fun (first, last) -> last - first + 1)

        let fill = fill result table.Sizes[result] value

        if Array.exists (fun count -> count <= 0) counts then
            [ fill ]
        else
            let source = {
                View.start view with
                    OffsetInElements =
                        view.Offset
                        + Array.sum (Array.map2 (fun (first, _) stride -> first * stride) inside view.Strides)
            }

            let places =
                Array.init lengths.Length (fun axis ->
                    known axes[axis].Low + fst inside[axis] * (1 + axes[axis].Interior))

            let destination = {
                Operand.ofValue result with
                    OffsetInElements = Array.sum (Array.map2 (*) places strides)
            }

            let steps =
                Array.map2 (fun (axis: PadAxis) stride -> (1 + axis.Interior) * stride) axes strides

            let part =
                copy table.Nodes[result].ElementType counts (source, view.Strides) (destination, steps)

            if Array.fold (*) 1 counts = table.Sizes[result] then
                [ part ]
            else
                [ fill; part ]
