namespace Functional.Kernels.Blas;

/// <summary>The sizes and layout of a matrix product <c>C = op(A) op(B) + beta C</c> over row-major memory.</summary>
/// <remarks>
/// op(A) is rows x inner, op(B) inner x columns, C rows x columns. A transposed operand is stored the other way round: A
/// as inner x rows, B as columns x inner. A batch is several products of one shape at regular distances; factors may
/// have two of them, as the heads of attention do, which lie in the rows of each sample. The value is larger than a
/// structure usually is, and always passed by reference.
/// </remarks>
public readonly record struct ProductShape
{
    /// <summary>The shape of one product whose matrices lie in memory without gaps.</summary>
    /// <param name="rows">Rows of op(A) and C; 0 or more.</param>
    /// <param name="columns">Columns of op(B) and C; 0 or more.</param>
    /// <param name="inner">Columns of op(A) and rows of op(B); 0 or more.</param>
    /// <param name="transposeLeft">True when A is stored as inner x rows.</param>
    /// <param name="transposeRight">True when B is stored as columns x inner.</param>
    public ProductShape(int rows, int columns, int inner, bool transposeLeft = false, bool transposeRight = false)
    {
        Rows = rows;
        Columns = columns;
        Inner = inner;
        TransposeLeft = transposeLeft;
        TransposeRight = transposeRight;
        LeftStride = transposeLeft ? rows : inner;
        RightStride = transposeRight ? inner : columns;
        ResultStride = columns;
        BatchCount = 1;
        OuterBatchCount = 1;
        LeftBatchStride = (long)rows * inner;
        RightBatchStride = (long)inner * columns;
        ResultBatchStride = (long)rows * columns;
    }

    /// <summary>Rows of op(A) and of C.</summary>
    public int Rows { get; init; }

    /// <summary>Columns of op(B) and of C.</summary>
    public int Columns { get; init; }

    /// <summary>Columns of op(A) and rows of op(B): the length of the sums.</summary>
    public int Inner { get; init; }

    /// <summary>True when A is stored as inner x rows.</summary>
    public bool TransposeLeft { get; init; }

    /// <summary>True when B is stored as columns x inner.</summary>
    public bool TransposeRight { get; init; }

    /// <summary>Elements from one stored row of A to the next; at least the length of such a row.</summary>
    public int LeftStride { get; init; }

    /// <summary>Elements from one stored row of B to the next; at least the length of such a row.</summary>
    public int RightStride { get; init; }

    /// <summary>Elements from one row of C to the next; at least the number of columns.</summary>
    public int ResultStride { get; init; }

    /// <summary>How many products lie at the batch strides, one after the other.</summary>
    public int BatchCount { get; init; }

    /// <summary>How many such batches there are, at the outer strides; results lie behind each other all the same.</summary>
    public int OuterBatchCount { get; init; }

    /// <summary>Elements from the first A of a batch to the first one of the next batch; 0 when all share them.</summary>
    public long LeftOuterStride { get; init; }

    /// <summary>Elements from the first B of a batch to the first one of the next batch; 0 when all share them.</summary>
    public long RightOuterStride { get; init; }

    /// <summary>Elements from one A of a batch to the next; 0 when all share one.</summary>
    public long LeftBatchStride { get; init; }

    /// <summary>Elements from one B of a batch to the next; 0 when all share one.</summary>
    public long RightBatchStride { get; init; }

    /// <summary>Elements from one C of a batch to the next; the results of a batch must not overlap.</summary>
    public long ResultBatchStride { get; init; }

    /// <summary>True for one of several products that run at the same time: it is a single piece, for the calling thread.</summary>
    public bool IsPiece { get; init; }

    /// <summary>How many products there are.</summary>
    public int ProductCount => OuterBatchCount * BatchCount;

    /// <summary>True when there is nothing to write.</summary>
    internal bool IsEmpty => Rows == 0 || Columns == 0 || ProductCount == 0;

    /// <summary>Multiplications of one product of the batch.</summary>
    internal double Multiplications => (double)Rows * Columns * Inner;

    /// <summary>Where A of one of all products begins.</summary>
    internal long LeftStart(int product) =>
        (product / BatchCount * LeftOuterStride) + (product % BatchCount * LeftBatchStride);

    /// <summary>Where B of one of all products begins.</summary>
    internal long RightStart(int product) =>
        (product / BatchCount * RightOuterStride) + (product % BatchCount * RightBatchStride);

    /// <summary>Refuses a shape that describes no product.</summary>
    /// <exception cref="ArgumentException">A size is negative, or a stride is shorter than what it steps over.</exception>
    internal void Validate()
    {
        if ((Rows | Columns | Inner | BatchCount | OuterBatchCount) < 0)
            throw new ArgumentException($"The sizes of a product must not be negative, but are {this}.");
        if (LeftStride < (TransposeLeft ? Rows : Inner)
            || RightStride < (TransposeRight ? Inner : Columns)
            || ResultStride < Columns)
            throw new ArgumentException($"A stride is shorter than the rows that it steps over: {this}.");
    }
}
