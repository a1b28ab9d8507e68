namespace Functional.Kernels.Execution;

/// <summary>Remembers that a kernel met an index that names no place, until the kernel has ended.</summary>
internal sealed unsafe class IndexFault
{
    private const int None = int.MaxValue;

    private int _position = None;

    /// <summary>Takes what one part reports; the smallest position wins, whatever the order of the parts.</summary>
    /// <param name="position">The position of the part's first bad index, or -1.</param>
    public void Report(int position)
    {
        if (position < 0)
            return;
        var known = Volatile.Read(ref _position);
        while (position < known)
        {
            var found = Interlocked.CompareExchange(ref _position, position, known);
            if (found == known)
                return;
            known = found;
        }
    }

    /// <summary>Refuses the bad index, if there was one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index was out of range.</exception>
    public void Check(string kernel, int axis, int* indices)
    {
        var position = Volatile.Read(ref _position);
        if (position == None)
            return;
        Volatile.Write(ref _position, None);
        throw new ArgumentOutOfRangeException(
            nameof(indices),
            $"{kernel}: index {indices[position]} at position {position} is out of range; expected 0 to {axis - 1}.");
    }
}
