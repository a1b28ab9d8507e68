using System.Reflection;
using Xunit;

namespace Functional.Architecture.Tests;

/// <summary>
/// What an assembly shows is written down in Api/NAME.txt, so that every change of it is seen in a review. After a wanted
/// change, run the tests once with FUNCTIONAL_UPDATE_API=1 and commit the files.
/// </summary>
public sealed class PublicApiTests
{
    private const BindingFlags DeclaredPublic =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("Functional.Keras")]
    [InlineData("Functional.Hdf5")]
    public void PublicApi_IsTheOneWrittenDown(string name)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "Functional.Architecture.Tests", "Api", name + ".txt");
        var actual = string.Join('\n', Lines(Assembly.Load(name))) + "\n";
        if (Environment.GetEnvironmentVariable("FUNCTIONAL_UPDATE_API") == "1")
            File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static IEnumerable<string> Lines(Assembly assembly) =>
        from type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
        where !type.Name.Contains('<', StringComparison.Ordinal)
        from line in Members(type).Order(StringComparer.Ordinal).Prepend(Kind(type) + " " + type.FullName)
        select line;

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static IEnumerable<string> Members(Type type) =>
        from member in type.GetMembers(DeclaredPublic)
        where member is not MethodInfo { IsSpecialName: true } or MethodInfo { Name: "op_Implicit" or "op_Explicit" }
        where member is not Type && !member.Name.Contains('<', StringComparison.Ordinal) && member.Name != "value__"
        select "    " + Describe(member);

    private static string Describe(MemberInfo member) => member switch
    {
        MethodInfo method => $"{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{Name(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod?.IsPublic == true ? " set;" : "")} }}",
        FieldInfo field => field.DeclaringType!.IsEnum ? field.Name : $"{Name(field.FieldType)} {field.Name}",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) => string.Join(
        ", ",
        method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{Default(parameter)}"));

    private static string Default(ParameterInfo parameter) =>
        !parameter.HasDefaultValue ? ""
        : parameter.DefaultValue is null ? " = default"
        : FormattableString.Invariant($" = {parameter.DefaultValue}");

    private static string Name(Type type) =>
        type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
}
