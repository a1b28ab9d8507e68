using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Intrinsics;
using Functional.Kernels.Loops.Vectors;

namespace Functional.Kernels.Loops;

/// <summary>The types and methods that code for one vector width and one floating-point type is made of.</summary>
internal sealed class VectorTypes
{
    private readonly Dictionary<(Type, string, Type?), MethodInfo?> named = [];
    private readonly Dictionary<(string, Type, int), MethodInfo> direct = [];
    private readonly Type library;
    private readonly Type integerLane;
    private readonly Type floatLane;

    // Everything that code is made of is found by name. A trimmed program would lack it.
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Width512<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Width256<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.All, typeof(Width128<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(VectorMemory<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(SymbolicWidth<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(VectorUnary<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(VectorInteger<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(VectorComparison<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(VectorCast<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(VectorReduction<,,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(Vector512))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(Vector256))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicMethods, typeof(Vector128))]
    private VectorTypes(Type width, Type floats, Type integers, Type library, int lanes)
    {
        (Width, Floats, Integers, Lanes, this.library) = (width, floats, integers, lanes, library);
        floatLane = floats.GetGenericArguments()[0];
        integerLane = integers.GetGenericArguments()[0];
        Memory = typeof(VectorMemory<,,>).MakeGenericType(width, floats, integers);
        Symbolic = typeof(SymbolicWidth<,,>).MakeGenericType(width, floats, integers);
        Unary = Describing(typeof(VectorUnary<,,>));
        Integer = Describing(typeof(VectorInteger<,,>));
        Comparison = Describing(typeof(VectorComparison<,,>));
        Cast = Describing(typeof(VectorCast<,,>));
        Reduction = Describing(typeof(VectorReduction<,,>));
    }

    /// <summary>The implementation of <see cref="IVectorWidth{TFloats, TIntegers}"/>.</summary>
    public Type Width { get; }

    /// <summary>The vector of floats or doubles.</summary>
    public Type Floats { get; }

    /// <summary>The vector of integers.</summary>
    public Type Integers { get; }

    /// <summary>The number of lanes.</summary>
    public int Lanes { get; }

    /// <summary>Loads and stores.</summary>
    public Type Memory { get; }

    /// <summary>Describes single operations.</summary>
    public Type Symbolic { get; }

    /// <summary>Describes functions of one argument.</summary>
    public Type Unary { get; }

    /// <summary>Describes Int32 arithmetic.</summary>
    public Type Integer { get; }

    /// <summary>Describes comparisons.</summary>
    public Type Comparison { get; }

    /// <summary>Describes conversions.</summary>
    public Type Cast { get; }

    /// <summary>Describes reductions.</summary>
    public Type Reduction { get; }

    /// <summary>Picks the types for a width.</summary>
    /// <param name="bits">512, 256 or 128.</param>
    /// <param name="isSingle">Whether lanes are floats.</param>
    /// <returns>The types.</returns>
    public static VectorTypes Of(int bits, bool isSingle) => (bits, isSingle) switch
    {
        (512, true) => Make<Width512<float, int>, Vector512<float>, Vector512<int>>(typeof(Vector512)),
        (512, false) => Make<Width512<double, long>, Vector512<double>, Vector512<long>>(typeof(Vector512)),
        (256, true) => Make<Width256<float, int>, Vector256<float>, Vector256<int>>(typeof(Vector256)),
        (256, false) => Make<Width256<double, long>, Vector256<double>, Vector256<long>>(typeof(Vector256)),
        (_, true) => Make<Width128<float, int>, Vector128<float>, Vector128<int>>(typeof(Vector128)),
        _ => Make<Width128<double, long>, Vector128<double>, Vector128<long>>(typeof(Vector128)),
    };

    /// <summary>The vector type of a register.</summary>
    /// <param name="element">The type of its values.</param>
    /// <returns>Integers for Int32, floats otherwise.</returns>
    public Type VectorOf(LoopElement element) => element == LoopElement.Int32 ? Integers : Floats;

    /// <summary>Finds a method by its name.</summary>
    /// <param name="type">The class.</param>
    /// <param name="name">The name.</param>
    /// <param name="first">The type of its first parameter, where overloads differ in it.</param>
    /// <returns>The method, or null.</returns>
    public MethodInfo? Find(Type type, string name, Type? first = null)
    {
        if (!named.TryGetValue((type, name, first), out var method))
        {
            method = Array.Find(type.GetMethods(), candidate =>
                candidate.Name == name
                    && (first is null || candidate.GetParameters()[0].ParameterType.IsAssignableFrom(first)));
            named[(type, name, first)] = method;
        }

        return method;
    }

    /// <summary>Finds a method by its name; there must be one.</summary>
    /// <param name="type">The class.</param>
    /// <param name="name">The name.</param>
    /// <param name="first">The type of its first parameter, where overloads differ in it.</param>
    /// <returns>The method.</returns>
    public MethodInfo Method(Type type, string name, Type? first = null) => Find(type, name, first)
        ?? throw new InvalidOperationException($"Bug in Functional: {type.Name} has no {name}. Please report it.");

    /// <summary>Finds a method of the runtime's class for vectors of this width, Vector512 for instance.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="first">The type of its first parameter.</param>
    /// <param name="parameters">The number of its parameters.</param>
    /// <returns>The method.</returns>
    public MethodInfo OfRuntime(string name, Type first, int parameters)
    {
        if (!direct.TryGetValue((name, first, parameters), out var method))
        {
            method = library.GetMethods()
                .Where(candidate => candidate.Name == name && candidate.GetParameters().Length == parameters)
                .Select(candidate => Close(candidate, first))
                .First(candidate => candidate is not null && Fits(candidate.GetParameters(), first))!;
            direct[(name, first, parameters)] = method;
        }

        return method;
    }

    /// <summary>The method of the width that applies a function lane by lane.</summary>
    /// <param name="function">The enumeration that the function is from.</param>
    /// <returns>The method.</returns>
    public MethodInfo ByLane(Type function) =>
        Array.Find(
            Width.GetMethods(),
            method => method.Name == "ByLane" && method.GetParameters()[^1].ParameterType == function)!;

    /// <summary>Whether the parameters are vectors of one type, or one and a whole number: overloads with scalars do
    /// not count.</summary>
    private static bool Fits(ParameterInfo[] parameters, Type first) =>
        parameters[0].ParameterType == first
        && Array.TrueForAll(
            parameters, parameter => parameter.ParameterType == first || parameter.ParameterType == typeof(int));

    private static VectorTypes Make<TWidth, TFloats, TIntegers>(Type library)
        where TWidth : IVectorWidth<TFloats, TIntegers>
        where TFloats : unmanaged
        where TIntegers : unmanaged => new(typeof(TWidth), typeof(TFloats), typeof(TIntegers), library, TWidth.Count);

    private MethodInfo? Close(MethodInfo method, Type first)
    {
        if (!method.IsGenericMethodDefinition)
            return method;
        var lane = first == Integers ? integerLane : floatLane;
        return method.GetGenericArguments().Length switch
        {
            1 => method.MakeGenericMethod(lane),
            2 => method.MakeGenericMethod(lane, lane == floatLane ? integerLane : floatLane),
            _ => null,
        };
    }

    private Type Describing(Type open) =>
        open.MakeGenericType(Symbolic, typeof(FloatsExpression), typeof(IntegersExpression));
}
