using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Functional.Architecture.Tests;

/// <summary>
/// Every layer method of the facade takes Keras's arguments under Keras's names. The arguments are those that Keras 3.3.3
/// saved with its layers (KerasLayerArguments.json, made from the conformance cases).
/// </summary>
public sealed class KerasParityTests
{
    // Keras saves these, but its constructors do not take them, or only for old files.
    private static readonly string[] NotConstructorArguments = ["synchronized", "input_length", "activity_regularizer"];

    public static TheoryData<string> LayerClasses => [.. Arguments().Keys.Where(name => Method(name) is not null)];

    [Theory]
    [MemberData(nameof(LayerClasses))]
    public void LayerMethod_TakesEveryArgumentOfKeras(string className)
    {
        var taken = Method(className)!.GetParameters().Select(parameter => parameter.Name!).ToHashSet();
        var missing =
            from argument in Arguments()[className]
            where !NotConstructorArguments.Contains(argument) && !taken.Contains(CamelCase(argument))
            select CamelCase(argument);

        Assert.Empty(missing);
    }

    [Fact]
    public void LayersOfTheFoundation_AllHaveMethods()
    {
        string[] wanted =
        [
            "Dense", "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "Flatten", "Reshape", "Permute",
            "RepeatVector", "Dropout", "GaussianNoise", "BatchNormalization", "LayerNormalization", "Embedding",
            "Concatenate", "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Dot",
        ];

        Assert.DoesNotContain(wanted, name => Method(name) is null);
    }

    [Fact]
    public void SpatialLayers_AllHaveMethods()
    {
        string[] wanted =
        [
            "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "DepthwiseConv1D",
            "DepthwiseConv2D", "SeparableConv1D", "SeparableConv2D", "MaxPooling1D", "MaxPooling2D", "MaxPooling3D",
            "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "GlobalMaxPooling1D", "GlobalMaxPooling2D",
            "GlobalMaxPooling3D", "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
        ];

        Assert.DoesNotContain(wanted, name => Method(name) is null);
    }

    private static MethodInfo? Method(string className) =>
        Assembly.Load("Functional.Keras").GetType("Functional.Keras.Layers")!
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.Name == className)
            .MaxBy(method => method.GetParameters().Length);

    private static Dictionary<string, string[]> Arguments()
    {
        var assembly = typeof(KerasParityTests).Assembly;
        using var stream = assembly.GetManifestResourceStream("Functional.Architecture.Tests.KerasLayerArguments.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream)!;
    }

    private static string CamelCase(string snakeCase)
    {
        var words = snakeCase.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(CultureInfo.InvariantCulture.TextInfo.ToTitleCase));
    }
}
