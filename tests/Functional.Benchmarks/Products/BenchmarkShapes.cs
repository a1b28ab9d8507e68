using Functional.Kernels.Blas;

namespace Functional.Benchmarks.Products;

/// <summary>The products that are measured: squares, and those of the workloads with their backward forms.</summary>
internal static class BenchmarkShapes
{
    public static IEnumerable<(string Name, ProductShape Shape)> All =>
        Squares.Concat(Layers.SelectMany(WithBackwardForms)).Concat(Attention);

    private static IEnumerable<(string Name, ProductShape Shape)> Squares =>
        from size in new[] { 32, 64, 128, 256, 512, 768, 1024, 2048 }
        from entry in WithBackwardForms((size, size, size))
        select entry;

    // The scores and the weighted values of 16 samples with 4 heads, as attention over 64 steps multiplies them.
    private static IEnumerable<(string Name, ProductShape Shape)> Attention =>
    [
        ("64 of 64x32x64 B^T", new ProductShape(64, 64, 32, transposeRight: true) with { BatchCount = 64 }),
        ("64 of 64x64x32", new ProductShape(64, 32, 64) with { BatchCount = 64 }),
        ("64 of 64x64x32 A^T", new ProductShape(64, 32, 64, transposeLeft: true) with { BatchCount = 64 }),
    ];

    // Rows (the batch), inner size (inputs), columns (outputs).
    private static IEnumerable<(int Rows, int Inner, int Columns)> Layers =>
    [
        (4, 2, 4), (32, 20, 64), (32, 64, 64), (32, 64, 1), (1, 784, 512), (32, 784, 128), (128, 784, 512), (128, 512, 10),
        (1024, 784, 512), (256, 1024, 4096), (1600, 288, 64), (64, 128, 512),
    ];

    // dX = dY W^T and dW = X^T dY have the sizes of the layer in another order.
    private static IEnumerable<(string Name, ProductShape Shape)> WithBackwardForms((int M, int K, int N) layer)
    {
        var (m, k, n) = layer;
        yield return ($"{m}x{k}x{n}", new ProductShape(m, n, k));
        yield return ($"{m}x{n}x{k} B^T", new ProductShape(m, k, n, transposeRight: true));
        yield return ($"{k}x{m}x{n} A^T", new ProductShape(k, n, m, transposeLeft: true));
    }
}
