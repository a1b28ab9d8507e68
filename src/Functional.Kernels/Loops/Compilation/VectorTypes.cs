using System.Reflection;
using System.Runtime.Intrinsics;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>The types and methods that code for one vector width and one floating-point type is made of.</summary>
internal sealed class VectorTypes
{
    private readonly Type[] arguments;
    private readonly Dictionary<(Type, string, Type?, int), MethodInfo> methods = [];

    private VectorTypes(Type width, Type floats, Type integers, int lanes)
    {
        (Width, Floats, Integers, Lanes) = (width, floats, integers, lanes);
        arguments = [width, floats, integers];
        Unary = Close(typeof(VectorUnary<,,>));
        Integer = Close(typeof(VectorInteger<,,>));
        Comparison = Close(typeof(VectorComparison<,,>));
        Cast = Close(typeof(VectorCast<,,>));
        Reduction = Close(typeof(VectorReduction<,,>));
        Memory = Close(typeof(VectorMemory<,,>));
        LaneByLane = Close(typeof(LanesInMemory<,,>));
    }

    /// <summary>The implementation of <see cref="IVectorWidth{TFloats, TIntegers}"/>.</summary>
    public Type Width { get; }

    /// <summary>The vector of floats or doubles.</summary>
    public Type Floats { get; }

    /// <summary>The vector of integers.</summary>
    public Type Integers { get; }

    /// <summary>The number of lanes.</summary>
    public int Lanes { get; }

    public Type Unary { get; }

    public Type Integer { get; }

    public Type Comparison { get; }

    public Type Cast { get; }

    public Type Reduction { get; }

    public Type Memory { get; }

    public Type LaneByLane { get; }

    /// <summary>Picks the types for a width.</summary>
    /// <param name="bits">512, 256 or 128.</param>
    /// <param name="isSingle">Whether lanes are floats.</param>
    /// <returns>The types.</returns>
    public static VectorTypes Of(int bits, bool isSingle) => (bits, isSingle) switch
    {
        (512, true) => Make<Width512<float, int>, Vector512<float>, Vector512<int>>(),
        (512, false) => Make<Width512<double, long>, Vector512<double>, Vector512<long>>(),
        (256, true) => Make<Width256<float, int>, Vector256<float>, Vector256<int>>(),
        (256, false) => Make<Width256<double, long>, Vector256<double>, Vector256<long>>(),
        (_, true) => Make<Width128<float, int>, Vector128<float>, Vector128<int>>(),
        _ => Make<Width128<double, long>, Vector128<double>, Vector128<long>>(),
    };

    /// <summary>The vector type of a register.</summary>
    /// <param name="element">The type of its values.</param>
    /// <returns>Integers for Int32, floats otherwise.</returns>
    public Type VectorOf(LoopElement element) => element == LoopElement.Int32 ? Integers : Floats;

    /// <summary>Whether a class has a method of a name.</summary>
    /// <param name="type">The class.</param>
    /// <param name="name">The name.</param>
    /// <returns>True if it has one.</returns>
    public static bool Has(Type type, string name) => type.GetMethod(name) is not null;

    /// <summary>Finds a method; there must be one.</summary>
    /// <param name="type">The class.</param>
    /// <param name="name">Its name.</param>
    /// <param name="first">The type of its first parameter, if overloads differ in it.</param>
    /// <param name="parameters">The number of its parameters, if overloads differ in it.</param>
    /// <returns>The method.</returns>
    public MethodInfo Method(Type type, string name, Type? first = null, int parameters = -1)
    {
        lock (methods)
        {
            if (!methods.TryGetValue((type, name, first, parameters), out var method))
            {
                method = Array.Find(type.GetMethods(), candidate => Fits(candidate, name, first, parameters))
                    ?? throw new InvalidOperationException($"Bug in Functional: {type.Name} has no {name}. Please report it.");
                methods[(type, name, first, parameters)] = method;
            }

            return method;
        }
    }

    private static bool Fits(MethodInfo method, string name, Type? first, int parameters) =>
        method.Name == name
        && (parameters < 0 || method.GetParameters().Length == parameters)
        && (first is null || method.GetParameters()[0].ParameterType == first);

    private static VectorTypes Make<TWidth, TFloats, TIntegers>()
        where TWidth : IVectorWidth<TFloats, TIntegers>
        where TFloats : unmanaged
        where TIntegers : unmanaged => new(typeof(TWidth), typeof(TFloats), typeof(TIntegers), TWidth.Count);

    private Type Close(Type open) => open.MakeGenericType(arguments);
}
