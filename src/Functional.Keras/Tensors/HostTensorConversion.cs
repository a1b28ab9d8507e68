using System.Numerics;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <summary>New concrete data from old: other element types, parts.</summary>
internal static class HostTensorConversion
{
    internal static ElementKind KindOf<T>() =>
        typeof(T) == typeof(float) ? ElementKind.Float32
        : typeof(T) == typeof(double) ? ElementKind.Float64
        : typeof(T) == typeof(int) ? ElementKind.Int32
        : typeof(T) == typeof(bool) ? ElementKind.Bool
        : throw new NotSupportedException($"Elements are float, double, int or bool, but not {typeof(T).Name}.");

    internal static HostTensor Cast(HostTensor data, ElementKind kind)
    {
        if (data.Kind == kind)
            return data;
        var result = HostTensor.Allocate(kind, data.Shape.ToArray());
        switch (data.Kind, kind)
        {
            case (ElementKind.Float32, ElementKind.Float64): Convert<float, double>(data, result); break;
            case (ElementKind.Float32, ElementKind.Int32): Convert<float, int>(data, result); break;
            case (ElementKind.Float64, ElementKind.Float32): Convert<double, float>(data, result); break;
            case (ElementKind.Float64, ElementKind.Int32): Convert<double, int>(data, result); break;
            case (ElementKind.Int32, ElementKind.Float32): Convert<int, float>(data, result); break;
            case (ElementKind.Int32, ElementKind.Float64): Convert<int, double>(data, result); break;
            case (ElementKind.Bool, ElementKind.Float32): FromBool<float>(data, result); break;
            case (ElementKind.Bool, ElementKind.Float64): FromBool<double>(data, result); break;
            case (ElementKind.Bool, ElementKind.Int32): FromBool<int>(data, result); break;
            case (ElementKind.Float32, _): ToBool<float>(data, result); break;
            case (ElementKind.Float64, _): ToBool<double>(data, result); break;
            default: ToBool<int>(data, result); break;
        }

        return result;
    }

    /// <summary>Floating data in a floating type; other data as it is.</summary>
    internal static HostTensor CastFloating(HostTensor data, ElementKind kind) =>
        data.Kind is ElementKind.Float32 or ElementKind.Float64 ? Cast(data, kind) : data;

    /// <summary>Entries of the first axis that follow each other.</summary>
    internal static HostTensor Slice(HostTensor data, int start, int count) => data.Kind switch
    {
        ElementKind.Float32 => Slice<float>(data, start, count),
        ElementKind.Float64 => Slice<double>(data, start, count),
        ElementKind.Int32 => Slice<int>(data, start, count),
        _ => Slice<bool>(data, start, count),
    };

    /// <summary>Entries of the first axis in any order.</summary>
    internal static HostTensor Gather(HostTensor data, ReadOnlySpan<int> rows) => data.Kind switch
    {
        ElementKind.Float32 => Gather<float>(data, rows),
        ElementKind.Float64 => Gather<double>(data, rows),
        ElementKind.Int32 => Gather<int>(data, rows),
        _ => Gather<bool>(data, rows),
    };

    /// <summary>One element by its position in memory.</summary>
    internal static T Element<T>(HostTensor data, int offset)
        where T : unmanaged
    {
        if (data.Kind == KindOf<T>())
            return data.AsSpan<T>()[offset];
        var single = data.Kind switch
        {
            ElementKind.Float32 => HostTensor.Create<float>([], data.AsSpan<float>().Slice(offset, 1)),
            ElementKind.Float64 => HostTensor.Create<double>([], data.AsSpan<double>().Slice(offset, 1)),
            ElementKind.Int32 => HostTensor.Create<int>([], data.AsSpan<int>().Slice(offset, 1)),
            _ => HostTensor.Create<bool>([], data.AsSpan<bool>().Slice(offset, 1)),
        };
        return Cast(single, KindOf<T>()).AsSpan<T>()[0];
    }

    private static void Convert<TFrom, TTo>(HostTensor from, HostTensor to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        var source = from.AsSpan<TFrom>();
        var target = to.Unlocked<TTo>();
        for (var i = 0; i < target.Length; i++)
            target[i] = TTo.CreateSaturating(source[i]);
    }

    private static void FromBool<T>(HostTensor from, HostTensor to)
        where T : unmanaged, INumber<T>
    {
        var source = from.AsSpan<bool>();
        var target = to.Unlocked<T>();
        for (var i = 0; i < target.Length; i++)
            target[i] = source[i] ? T.One : T.Zero;
    }

    private static void ToBool<T>(HostTensor from, HostTensor to)
        where T : unmanaged, INumber<T>
    {
        var source = from.AsSpan<T>();
        var target = to.Unlocked<bool>();
        for (var i = 0; i < target.Length; i++)
            target[i] = source[i] != T.Zero;
    }

    private static int RowSize(HostTensor data)
    {
        var size = 1;
        foreach (var length in data.Shape[1..])
            size *= length;
        return size;
    }

    private static int[] WithRows(HostTensor data, int count)
    {
        var shape = data.Shape.ToArray();
        shape[0] = count;
        return shape;
    }

    private static HostTensor Slice<T>(HostTensor data, int start, int count)
        where T : unmanaged
    {
        var size = RowSize(data);
        return HostTensor.Create(WithRows(data, count), data.AsSpan<T>().Slice(start * size, count * size));
    }

    private static HostTensor Gather<T>(HostTensor data, ReadOnlySpan<int> rows)
        where T : unmanaged
    {
        var size = RowSize(data);
        var result = HostTensor.Allocate(data.Kind, WithRows(data, rows.Length));
        var source = data.AsSpan<T>();
        var target = result.Unlocked<T>();
        for (var row = 0; row < rows.Length; row++)
            source.Slice(rows[row] * size, size).CopyTo(target.Slice(row * size, size));
        return result;
    }
}
