using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Functional.Kernels.Memory;

/// <summary>
/// Concrete row-major data that nobody changes: what the façade and the runtime hand each other. The memory is one
/// managed array that the garbage collector never moves, so that kernels can read it by address.
/// </summary>
public sealed class HostTensor
{
    private readonly Array elements;
    private readonly int start;
    private readonly int[] shape;

    private HostTensor(ElementKind kind, int[] shape, Array elements, int start, int length, nint address)
    {
        Kind = kind;
        this.shape = shape;
        this.elements = elements;
        this.start = start;
        Length = length;
        Address = address;
    }

    /// <summary>The type of one element.</summary>
    public ElementKind Kind { get; }

    /// <summary>The lengths of the axes, outermost first; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The number of axes.</summary>
    public int Rank => shape.Length;

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>The number of bytes of all elements.</summary>
    public long SizeInBytes => (long)Length * Kind.SizeInBytes();

    /// <summary>Where the first element is, for as long as this object lives. Whoever reads there keeps the object alive.</summary>
    public nint Address { get; }

    /// <summary>Copies values into a tensor of a shape.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <param name="shape">The lengths of the axes, outermost first.</param>
    /// <param name="values">As many values as the shape has elements, row-major.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    public static HostTensor Create<T>(ReadOnlySpan<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var tensor = Allocate<T>(shape.ToArray());
        if (values.Length != tensor.Length)
        {
            throw new ArgumentException(
                $"Shape {Describe(shape)} has {tensor.Length} elements, but {values.Length} values were given.",
                nameof(values));
        }

        values.CopyTo(tensor.Unlocked<T>());
        return tensor;
    }

    /// <summary>A tensor whose values are written once, by a function.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <typeparam name="TState">What the function is given.</typeparam>
    /// <param name="shape">The lengths of the axes, outermost first.</param>
    /// <param name="state">Passed to the function.</param>
    /// <param name="fill">Writes every element; what it does not write is undefined.</param>
    /// <returns>The tensor.</returns>
    public static HostTensor Create<T, TState>(ReadOnlySpan<int> shape, TState state, SpanAction<T, TState> fill)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(fill);
        var tensor = Allocate<T>(shape.ToArray());
        fill(tensor.Unlocked<T>(), state);
        return tensor;
    }

    /// <summary>The elements, row-major.</summary>
    /// <typeparam name="T">The type that <see cref="Kind"/> names.</typeparam>
    /// <returns>The elements.</returns>
    /// <exception cref="InvalidOperationException">The elements have another type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged => Unlocked<T>();

    /// <summary>The same elements under another shape; nothing is copied.</summary>
    /// <param name="shape">The lengths of the axes, outermost first.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shapes have different numbers of elements.</exception>
    public HostTensor Reshape(ReadOnlySpan<int> shape)
    {
        if (CountElements(shape) != Length)
        {
            throw new ArgumentException(
                $"Shape {Describe(this.shape)} cannot be reshaped to {Describe(shape)}: the numbers of elements differ.",
                nameof(shape));
        }

        return new HostTensor(Kind, shape.ToArray(), elements, start, Length, Address);
    }

    /// <summary>Memory of undefined content that its creator fills, by address or span, before anyone else sees it.</summary>
    internal static HostTensor Allocate(ElementKind kind, int[] shape) => kind switch
    {
        ElementKind.Float32 => Allocate<float>(shape),
        ElementKind.Float64 => Allocate<double>(shape),
        ElementKind.Int32 => Allocate<int>(shape),
        ElementKind.Bool => Allocate<bool>(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such element type."),
    };

    /// <summary>The elements for writing: only for the code that allocated them and has not given them away yet.</summary>
    internal Span<T> Unlocked<T>()
        where T : unmanaged =>
        elements is T[] typed && KindOf<T>() == Kind
            ? typed.AsSpan(start, Length)
            : throw new InvalidOperationException(
                $"The elements are {Kind.KerasName()}, but {typeof(T).Name} was asked for.");

    private static unsafe HostTensor Allocate<T>(int[] shape)
        where T : unmanaged
    {
        // Elements that fill cache lines begin on one, as in all other memory: a kernel's vectors then never straddle two.
        var kind = KindOf<T>();
        var length = CountElements(shape);
        var spare = (long)length * sizeof(T) < AlignedMemory.Alignment || length > Array.MaxLength - AlignedMemory.Alignment
            ? 0
            : (AlignedMemory.Alignment / sizeof(T)) - 1;
        var elements = GC.AllocateUninitializedArray<T>(length + spare, pinned: true);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(elements));
        var start = spare == 0 ? 0 : (int)(-address & (AlignedMemory.Alignment - 1)) / sizeof(T);
        return new HostTensor(kind, shape, elements, start, length, address + (start * sizeof(T)));
    }

    private static ElementKind KindOf<T>() =>
        typeof(T) == typeof(float) ? ElementKind.Float32
        : typeof(T) == typeof(double) ? ElementKind.Float64
        : typeof(T) == typeof(int) ? ElementKind.Int32
        : typeof(T) == typeof(bool) ? ElementKind.Bool
        : throw new NotSupportedException(
            $"Elements must be float, double, int or bool, but {typeof(T).Name} was asked for.");

    private static int CountElements(ReadOnlySpan<int> shape)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count *= length;
            if (count > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"Shape {Describe(shape)} has more elements than one array can hold ({Array.MaxLength}).",
                    nameof(shape));
            }
        }

        return (int)count;
    }

    private static string Describe(ReadOnlySpan<int> shape) =>
        shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
}
