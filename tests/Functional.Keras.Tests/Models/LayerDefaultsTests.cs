using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Functional.Keras.Tests.Models;

/// <summary>
/// The default of every argument of every layer method is the one that the core takes when Keras's argument is missing,
/// which is checked against real Keras elsewhere.
/// </summary>
public partial class LayerDefaultsTests
{
    public static TheoryData<string> LayerMethods => [.. Methods().Select(method => method.Name).Distinct()];

    [Theory]
    [MemberData(nameof(LayerMethods))]
    public void Defaults_AreThoseOfTheCore(string className)
    {
        var method = Methods().Single(candidate => candidate.Name == className);
        var parameters = method.GetParameters();
        var required = parameters.Where(IsRequired).ToArray();
        var layer = (Layer)method.Invoke(
            null, [.. parameters.Select(parameter => IsRequired(parameter) ? Sample(parameter) : parameter.DefaultValue)])!;

        var config = new JsonObject();
        foreach (var parameter in required)
            config[KerasName(parameter.Name!)] = Json(Sample(parameter));
        var core = LayerInstance.Create(className, null, config).Config;
        Assert.Equal(core.ToJsonString(), layer.Config.ToJsonString());
    }

    [Fact]
    public void FluentMethods_TakeTheSameArgumentsAndDefaults()
    {
        var layers = Methods().ToDictionary(method => method.Name);
        foreach (var fluent in typeof(FluentLayers).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            if (!layers.TryGetValue(fluent.Name, out var layer))
                continue;
            Assert.Equal(
                layer.GetParameters().Where(parameter => parameter.Name != "inputShape").Select(Describe),
                fluent.GetParameters().Skip(1).Where(parameter => parameter.Name != "initialState").Select(Describe));
        }
    }

    /// <summary>Discretization needs one of two arguments.</summary>
    private static bool IsRequired(ParameterInfo parameter) =>
        !parameter.HasDefaultValue || parameter is { Name: "numBins", Member.Name: "Discretization" };

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(Layers).GetMethods(BindingFlags.Public | BindingFlags.Static)
            // A Lambda is made of a function: the core has no arguments of it.
            .Where(method => method.ReturnType == typeof(Layer) && method.Name != "Lambda");

    private static string Describe(ParameterInfo parameter) =>
        $"{parameter.ParameterType} {parameter.Name} {(parameter.HasDefaultValue ? parameter.DefaultValue : "required")}";

    private static object Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(int) || type == typeof(int?) => 2,
        var type when type == typeof(double) => 0.25,
        var type when type == typeof(Activation) => Functional.Keras.Activation.Relu,
        var type when type == typeof(Axes) => (Axes)new[] { 1 },
        var type when type == typeof(Factor) => (Factor)0.25,
        var type when type == typeof(Layer) && parameter.Member.Name == "Bidirectional" => Layers.LSTM(2),
        var type when type == typeof(Layer) => Layers.Dense(2),
        var type when type == typeof(Cell) => Layers.GRUCell(2),
        var type when type == typeof(string) && parameter.Name == "equation" => "abc,cd->abd",
        var type when type == typeof(Shape) => Shape.Create(null, 4),
        var type => throw new NotSupportedException($"There is no sample of {type} for '{parameter.Name}'."),
    };

    private static JsonNode Json(object sample) => sample switch
    {
        int whole => whole,
        double real => real,
        ConfiguredValue value => value.Json,
        Axes axes => axes.Json,
        Factor factor => factor.Json,
        Layer layer => LayerInstance.Of(layer).Saved,
        Cell cell => new JsonObject { ["class_name"] = cell.ClassName, ["config"] = cell.Config },
        string text => text,
        Shape shape => new JsonArray([.. shape.Select(length => (JsonNode?)length)]),
        _ => throw new NotSupportedException($"{sample} is no argument."),
    };

    private static string KerasName(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
