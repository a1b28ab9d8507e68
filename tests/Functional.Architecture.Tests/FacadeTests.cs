using System.Reflection;
using Xunit;

namespace Functional.Architecture.Tests;

/// <summary>What C# users see: types of the base library and our own, no F#.</summary>
public sealed class FacadeTests
{
    private const BindingFlags DeclaredPublic =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Facade = Assembly.Load("Functional.Keras");

    [Fact]
    public void Facade_ShowsNoFSharpType()
    {
        var leaks =
            from type in Facade.GetExportedTypes()
            from part in Shown(type).SelectMany(Parts).Distinct()
            where IsFSharp(part)
            select $"{type.Name} shows {part.FullName}";

        Assert.Empty(leaks);
    }

    [Fact]
    public void Facade_ClassesAreSealedAbstractOrStatic()
    {
        var open =
            from type in Facade.GetExportedTypes()
            where type.IsClass && !type.IsSealed && !type.IsAbstract
            where !type.IsSubclassOf(typeof(Exception))
            // Model and Callback are there to be derived from: Keras users subclass them.
            where type.Name is not ("Model" or "Callback")
            select type.FullName;

        Assert.Empty(open);
    }

    private static bool IsFSharp(Type type) =>
        type.Assembly.GetName().Name
            is "FSharp.Core" or "Functional.Core" or "Functional.Compiler" or "Functional.Runtime";

    private static IEnumerable<Type> Shown(Type type) =>
        type.GetMembers(DeclaredPublic).SelectMany(Signature)
            .Concat(type.GetInterfaces())
            .Concat(type.BaseType is { } baseType ? [baseType] : [])
            .Concat(type.GetGenericArguments().Where(argument => argument.IsGenericParameter)
                .SelectMany(argument => argument.GetGenericParameterConstraints()));

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type.GetGenericTypeDefinition())
        : [type];

    private static IEnumerable<Type> Signature(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        EventInfo @event => [@event.EventHandlerType!],
        _ => [],
    };
}
