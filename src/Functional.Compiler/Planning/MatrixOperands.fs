namespace Functional.Compiler.Planning

open Functional.Compiler.Fusion

/// A factor of a product as it lies in memory, over any batch axes.
type internal MatrixFactor = {
    Operand: Operand
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
                Operand = {
                    Buffer = view.Root
                    OffsetInElements = view.Offset
                }
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

    /// The lengths of the batch axes over which both factors move evenly, or None when there are none, or so many that
    /// copies cost less than calls. The last one is the batch of a call, the others count calls.
    let tryBatch (table: ValueTable) (left: MatrixFactor) (right: MatrixFactor) (result: int) : int array option =
        let dimensions = table.Dimensions[result]
        let count = dimensions |> Array.take (dimensions.Length - 2) |> Array.fold (*) 1

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
            let calls = count / Array.last extents
            calls = 1 || calls * elementsPerCall <= table.Sizes[result])

    /// The product of two factors, in as few calls and batch entries as possible.
    let products
        (table: ValueTable)
        (batch: int array)
        (left: MatrixFactor)
        (right: MatrixFactor)
        (inner: int)
        (result: int)
        : KernelCall list =
        let dimensions = table.Dimensions[result]
        let rank = dimensions.Length
        let rows, columns = dimensions[rank - 2], dimensions[rank - 1]
        let last = batch.Length - 1
        let calls = Array.fold (*) 1 batch / batch[last]

        let strides (factor: MatrixFactor) =
            Layout.tryStrides batch factor.Batch
            |> Option.defaultValue (Array.zeroCreate batch.Length)

        let leftStrides, rightStrides = strides left, strides right

        /// The element at which the batch of a call begins.
        let start (strides: int array) call =
            let mutable rest = call
            let mutable offset = 0

            for axis in last - 1 .. -1 .. 0 do
                offset <- offset + rest % batch[axis] * strides[axis]
                rest <- rest / batch[axis]

            offset

        let operand (factor: MatrixFactor) (strides: int array) call : MatrixOperand = {
            Operand = {
                factor.Operand with
                    OffsetInElements = factor.Operand.OffsetInElements + start strides call
            }
            IsTransposed = factor.IsTransposed
            LeadingDimension = factor.LeadingDimension
            BatchStride = strides[last]
        }

        [
            for call in 0 .. calls - 1 do
                let left = operand left leftStrides call
                let right = operand right rightStrides call

                // One right factor for all: the rows of the whole batch are one matrix.
                let isOneMatrix =
                    batch[last] > 1
                    && right.BatchStride = 0
                    && not left.IsTransposed
                    && left.BatchStride = rows * left.LeadingDimension

                KernelCall.MatrixProduct {
                    Batch = (if isOneMatrix then 1 else batch[last])
                    Rows = (if isOneMatrix then batch[last] * rows else rows)
                    Columns = columns
                    Inner = inner
                    Left = (if isOneMatrix then { left with BatchStride = 0 } else left)
                    Right = right
                    Result = {
                        Buffer = result
                        OffsetInElements = call * batch[last] * rows * columns
                    }
                    Accumulate = false
                    Epilogue = None
                }
        ]
