namespace Functional.Compiler.Planning

/// Matrix products of values as they lie in memory.
[<RequireQualifiedAccess>]
module internal MatrixOperands =

    /// A factor as a view: its last two axes as a matrix with a leading dimension, the others as one batch axis. None
    /// where the strides do not allow that.
    let tryFactor (table: ValueTable) (views: Views) (transposed: bool) (value: int) : MatrixOperand option =
        let dimensions = table.Dimensions[value]
        let view = views.Find value
        let rank = dimensions.Length
        let rows, columns = dimensions[rank - 2], dimensions[rank - 1]
        let rowStride, columnStride = view.Strides[rank - 2], view.Strides[rank - 1]

        let batch =
            Layout.ofStrides 0 (Array.take (rank - 2) dimensions) (Array.take (rank - 2) view.Strides)

        let factor flipped leadingDimension batchStride =
            Some {
                Operand = {
                    Buffer = view.Root
                    OffsetInElements = view.Offset
                }
                IsTransposed = (transposed <> flipped)
                LeadingDimension = leadingDimension
                BatchStride = batchStride
            }

        let batchStride =
            match batch.Digits with
            | [] -> Some 0
            | [ digit ] when digit.Stride >= 0 -> Some digit.Stride
            | _ -> None

        let straight = if rows = 1 then columns else rowStride
        let flipped = if columns = 1 then rows else columnStride

        match batchStride with
        | Some stride when (columnStride = 1 || columns = 1) && straight >= columns -> factor false straight stride
        | Some stride when (rowStride = 1 || rows = 1) && flipped >= rows -> factor true flipped stride
        | _ -> None

    /// The product of two factors, in as few batch entries as possible.
    let product (table: ValueTable) (left: MatrixOperand) (right: MatrixOperand) (inner: int) (result: int) =
        let dimensions = table.Dimensions[result]
        let rank = dimensions.Length
        let batch = dimensions |> Array.take (rank - 2) |> Array.fold (*) 1
        let rows, columns = dimensions[rank - 2], dimensions[rank - 1]

        // One right factor for all: the rows of the whole batch are one matrix.
        let isOneMatrix =
            batch > 1
            && right.BatchStride = 0
            && not left.IsTransposed
            && left.BatchStride = rows * left.LeadingDimension

        {
            Batch = (if isOneMatrix then 1 else batch)
            Rows = (if isOneMatrix then batch * rows else rows)
            Columns = columns
            Inner = inner
            Left = (if isOneMatrix then { left with BatchStride = 0 } else left)
            Right = right
            Result = {
                Buffer = result
                OffsetInElements = 0
            }
            Accumulate = false
            Epilogue = None
        }
