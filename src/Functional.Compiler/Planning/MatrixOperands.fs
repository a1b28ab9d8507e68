namespace Functional.Compiler.Planning

open Functional.Compiler.Fusion

/// A factor of a product as it lies in memory, over any batch axes.
type internal MatrixFactor = {
    Operand: Operand<value>
    IsTransposed: bool
    LeadingDimension: int
    /// From positions in the batch to elements.
    Batch: Layout
}

/// Matrix products of values as they lie in memory.
[<RequireQualifiedAccess>]
module internal MatrixOperands =

    /// A factor as a view: its last two axes as a matrix with a leading dimension, the others as a batch. None where the
    /// strides do not allow that.
    let tryFactor (table: ValueTable) (view: View) (transposed: bool) (value: int) : MatrixFactor option =
        let dimensions = table.Dimensions[value]
        let rank = dimensions.Length
        let rows, columns = dimensions[rank - 2], dimensions[rank - 1]
        let rowStride, columnStride = view.Strides[rank - 2], view.Strides[rank - 1]

        let batch =
            Layout.ofStrides 0 (Array.take (rank - 2) dimensions) (Array.take (rank - 2) view.Strides)

        let factor flipped leadingDimension =
            Some {
                Operand = View.start view
                IsTransposed = (transposed <> flipped)
                LeadingDimension = leadingDimension
                Batch = batch
            }

        let straight = if rows = 1 then columns else rowStride
        let flipped = if columns = 1 then rows else columnStride

        if batch.Digits |> List.exists (fun digit -> digit.Stride < 0) then
            None
        elif (columnStride = 1 || columns = 1) && straight >= columns then
            factor false straight
        elif (rowStride = 1 || rows = 1) && flipped >= rows then
            factor true flipped
        else
            None

    // A copy of this many elements takes as long as one more call.
    let private elementsPerCall = 200

    // A call has a batch of batches.
    let private axesPerCall = 2

    let private products: int array -> int = Array.fold (*) 1

    /// The lengths of the batch axes over which both factors move evenly, or None when there are none, or so many that
    /// copies cost less than calls. The last two are the batches of a call, the others count calls.
    let tryBatch (table: ValueTable) (left: MatrixFactor) (right: MatrixFactor) (result: int) : int array option =
        let dimensions = table.Dimensions[result]
        let count = dimensions |> Array.take (dimensions.Length - 2) |> products

        LoopGroup.tryCuts count (Layout.cuts left.Batch) (Layout.cuts right.Batch)
        |> Option.map (fun cuts ->
            LoopGroup.extents {
                Size = count
                RowWidth = 0
                Cuts = cuts
                Level = 0
                Members = []
            })
        |> Option.filter (fun extents ->
            let calls = products extents[.. extents.Length - 1 - axesPerCall]
            calls = 1 || calls * elementsPerCall <= table.Sizes[result])

    /// The product of two factors, in as few calls and batch entries as possible.
    let calls
        (table: ValueTable)
        (batch: int array)
        (left: MatrixFactor)
        (right: MatrixFactor)
        (inner: int)
        (result: int)
        : KernelCall<value> list =
        let dimensions = table.Dimensions[result]
        let rank = dimensions.Length
        let rows, columns = dimensions[rank - 2], dimensions[rank - 1]

        let strides (factor: MatrixFactor) =
            Layout.tryStrides batch factor.Batch
            |> Option.defaultValue (Array.zeroCreate batch.Length)

        let leftStrides, rightStrides = strides left, strides right

        // One right factor for the whole of the last axis: its rows are one matrix.
        let isOneMatrix =
            let last = batch.Length - 1

            batch[last] > 1
            && rightStrides[last] = 0
            && not left.IsTransposed
            && leftStrides[last] = rows * left.LeadingDimension

        let axes = if isOneMatrix then batch.Length - 1 else batch.Length
        let rowsOfOne = if isOneMatrix then batch[axes] * rows else rows
        let outside = max 0 (axes - axesPerCall)

        /// Length or stride of an axis, counted from the last one.
        let fromLast missing (values: int array) position =
            if position < axes then
                values[axes - 1 - position]
            else
                missing

        let outer, entries = fromLast 1 batch 1, fromLast 1 batch 0

        /// The element at which the batches of a call begin.
        let start (strides: int array) call =
            let mutable rest = call
            let mutable offset = 0

            for axis in outside - 1 .. -1 .. 0 do
                offset <- offset + rest % batch[axis] * strides[axis]
                rest <- rest / batch[axis]

            offset

        let operand (factor: MatrixFactor) (strides: int array) call = {
            factor.Operand with
                OffsetInElements = factor.Operand.OffsetInElements + start strides call
        }

        let layout (factor: MatrixFactor) (strides: int array) : MatrixLayout = {
            IsTransposed = factor.IsTransposed
            LeadingDimension = factor.LeadingDimension
            BatchStride = fromLast 0 strides 0
            OuterStride = fromLast 0 strides 1
        }

        let kernel =
            Kernel.MatrixProduct {
                OuterBatch = outer
                Batch = entries
                Rows = rowsOfOne
                Columns = columns
                Inner = inner
                Left = layout left leftStrides
                Right = layout right rightStrides
                Accumulate = false
                RightStays = false
            }

        [
            for call in 0 .. products batch[.. outside - 1] - 1 do
                let destination = {
                    Operand.ofValue result with
                        OffsetInElements = call * outer * entries * rowsOfOne * columns
                }

                KernelCall.create kernel [ operand left leftStrides call; operand right rightStrides call ] [
                    destination
                ]
        ]
