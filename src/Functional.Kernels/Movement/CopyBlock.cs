namespace Functional.Kernels.Movement;

/// <summary>Copies a block of rows and columns.</summary>
internal static unsafe class CopyBlock
{
    /// <summary>Copies a block in the way its strides suggest.</summary>
    /// <typeparam name="TElement">An unsigned integer of the size of an element.</typeparam>
    /// <param name="source">The first element of the source.</param>
    /// <param name="target">The first element of the target.</param>
    /// <param name="rows">The outer dimension of the block.</param>
    /// <param name="columns">The inner dimension of the block.</param>
    public static void Run<TElement>(TElement* source, TElement* target, CopyDimension rows, CopyDimension columns)
        where TElement : unmanaged
    {
        if (columns.Target == 1 && rows.Source == 1 && columns.Source != 1 && columns.Source != 0)
            TransposeBlock.Run(source, target, rows, columns);
        else
        {
            for (long row = 0; row < rows.Extent; row++)
                CopyRow(source + (row * rows.Source), target + (row * rows.Target), columns);
        }
    }

    private static void CopyRow<TElement>(TElement* source, TElement* target, CopyDimension columns)
        where TElement : unmanaged
    {
        if (columns.Target == 1 && columns.Source == 1)
            new Span<TElement>(source, columns.Extent).CopyTo(new Span<TElement>(target, columns.Extent));
        else if (columns.Target == 1 && columns.Source == 0)
            new Span<TElement>(target, columns.Extent).Fill(*source);
        else if (columns.Target == 1 && columns.Source == -1)
        {
            var reversed = new Span<TElement>(target, columns.Extent);
            new Span<TElement>(source - (columns.Extent - 1), columns.Extent).CopyTo(reversed);
            reversed.Reverse();
        }
        else
        {
            long sourceStride = columns.Source;
            long targetStride = columns.Target;
            for (var column = 0; column < columns.Extent; column++)
            {
                *target = *source;
                source += sourceStride;
                target += targetStride;
            }
        }
    }
}
