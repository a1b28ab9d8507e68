namespace Functional.Kernels.Execution;

/// <summary>
/// A kernel made ready for one place in a plan: sizes fixed, scratch allocated, operands named by buffer. Running it
/// allocates nothing. An instance serves one run at a time.
/// </summary>
public abstract class BoundKernel : IDisposable
{
    /// <summary>Takes the addresses of buffers; called again whenever one of them moved.</summary>
    /// <param name="addresses">For each buffer of the plan the address of its first element.</param>
    public abstract void Bind(ReadOnlySpan<nint> addresses);

    /// <summary>Says that a loop begins, whose body the kernel belongs to: what stays the same in it may be new.</summary>
    public virtual void BeginLoop()
    {
    }

    /// <summary>Does the kernel's work on the memory last bound.</summary>
    public abstract void Run();

    /// <summary>Gives scratch memory back.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives scratch memory back.</summary>
    /// <param name="disposing">Whether the caller asked for it, as opposed to the garbage collector.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
