namespace Functional.Kernels.Loops;

/// <summary>
/// Keeps the code of compiled loops, so that programs that differ in sizes only are compiled once. It belongs to
/// whoever prepares kernels, may be used from several threads, and forgets the oldest code when it is full; kernels
/// keep theirs.
/// </summary>
/// <param name="capacity">The most programs to keep.</param>
public sealed class LoopCodeCache(int capacity = 1024)
{
    private readonly Dictionary<string, LoopCode> codes = [];
    private readonly Queue<string> order = new();
    private readonly Dictionary<(int, bool), VectorTypes> types = [];

    /// <summary>The number of programs whose code is kept.</summary>
    public int Count
    {
        get
        {
            lock (codes)
                return codes.Count;
        }
    }

    /// <summary>Finds code or makes it.</summary>
    /// <param name="structure">What the code depends on.</param>
    /// <param name="compile">Makes the code.</param>
    /// <param name="bits">The width of its vectors.</param>
    /// <param name="isSingle">Whether their lanes are floats.</param>
    /// <returns>The code.</returns>
    internal LoopCode GetOrAdd(string structure, Func<VectorTypes, LoopCode> compile, int bits, bool isSingle)
    {
        lock (codes)
        {
            if (codes.TryGetValue(structure, out var code))
                return code;
            if (!types.TryGetValue((bits, isSingle), out var ofWidth))
                types[(bits, isSingle)] = ofWidth = VectorTypes.Of(bits, isSingle);
            code = compile(ofWidth);
            if (codes.Count >= capacity && order.TryDequeue(out var oldest))
                codes.Remove(oldest);
            codes[structure] = code;
            order.Enqueue(structure);
            return code;
        }
    }
}
