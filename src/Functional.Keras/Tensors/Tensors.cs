using System.Collections;
using System.Runtime.CompilerServices;

namespace Functional.Keras;

/// <summary>
/// One or several tensors: what models take, aim at and answer. One tensor or array converts to it by itself; several are
/// a collection, <c>[a, b]</c>, or a dictionary by the names of inputs or outputs. Where there is one, it converts back.
/// </summary>
[CollectionBuilder(typeof(Tensors), nameof(Create))]
public sealed partial class Tensors : IReadOnlyList<Tensor>
{
    private readonly Tensor[] items;

    private Tensors(Tensor[] items, IReadOnlyList<string>? names = null)
    {
        Position.RequireAll(items, "Tensors");
        this.items = items;
        Names = names;
    }

    /// <summary>The number of tensors.</summary>
    public int Count => items.Length;

    /// <summary>The names that the tensors were given by, in their order; null when they are told apart by position.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>One of the tensors.</summary>
    /// <param name="index">Its position.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Tensor this[int index] => Position.At(items, index, "tensor");

    /// <summary>One of the tensors.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">No tensor has this name.</exception>
    public Tensor this[string name]
    {
        get
        {
            for (var index = 0; index < (Names?.Count ?? 0); index++)
            {
                if (Names![index] == name)
                    return items[index];
            }

            var known = Names is null ? "they have no names" : $"the names are {string.Join(", ", Names)}";
            throw new KeyNotFoundException($"No tensor is named '{name}': {known}.");
        }
    }

    /// <summary>These tensors.</summary>
    /// <param name="items">The tensors in order.</param>
    /// <returns>The tensors.</returns>
    public static Tensors Create(params ReadOnlySpan<Tensor> items) => new(items.ToArray());

    /// <summary>These tensors with the names of the inputs or outputs that they belong to.</summary>
    /// <param name="items">Names and tensors.</param>
    /// <returns>The tensors.</returns>
    public static Tensors Named(params ReadOnlySpan<(string Name, Tensor Tensor)> items)
    {
        var pairs = items.ToArray();
        return new Tensors(Array.ConvertAll(pairs, pair => pair.Tensor), Array.ConvertAll(pairs, pair => pair.Name));
    }

    /// <summary>One tensor among tensors.</summary>
    /// <param name="tensor">The tensor.</param>
    public static implicit operator Tensors(Tensor tensor) => new([tensor]);

    /// <summary>Tensors by position.</summary>
    /// <param name="tensors">The tensors.</param>
    public static implicit operator Tensors(Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new Tensors([.. tensors]);
    }

    /// <summary>Tensors by the names of inputs or outputs.</summary>
    /// <param name="tensors">The tensors.</param>
    public static implicit operator Tensors(Dictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return new Tensors([.. tensors.Values], [.. tensors.Keys]);
    }

    /// <summary>The tensor, where there is one.</summary>
    /// <param name="tensors">One tensor.</param>
    /// <exception cref="InvalidOperationException">There are several, or none.</exception>
    public static implicit operator Tensor(Tensors tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors.Single;
    }

    internal Tensor Single => items.Length == 1
        ? items[0]
        : throw new InvalidOperationException(
            $"One tensor was expected, but there are {items.Length}: choose one by its position.");

    /// <summary>The elements of the only tensor as an array.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <returns>A new array.</returns>
    public T[] ToArray<T>()
        where T : unmanaged => Single.ToArray<T>();

    /// <summary>The elements of the only tensor, which has two axes.</summary>
    /// <typeparam name="T">float, double, int or bool.</typeparam>
    /// <returns>A new array.</returns>
    public T[,] ToArray2D<T>()
        where T : unmanaged => Single.ToArray2D<T>();

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)items).GetEnumerator();

    /// <summary>The tensors as NumPy prints them.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => items.Length == 1
        ? items[0].ToString()
        : $"[{string.Join($",{Environment.NewLine} ", items.Select(item => item.ToString()))}]";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
