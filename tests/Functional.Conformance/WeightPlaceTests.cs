using System.IO.Compression;
using System.Text.Json.Nodes;
using Functional.Hdf5;
using Functional.Keras;
using Functional.Testing;
using Xunit;

namespace Functional.Conformance;

/// <summary>Where Keras's files have the weights of its layers, also of those that are not built yet.</summary>
public sealed class WeightPlaceTests
{
    [Fact]
    public void EveryWeightInEveryFile_IsWhereItsLayerSays()
    {
        var problems = new List<string>();
        var count = 0;
        foreach (var fixture in LayerFixtures.all.Value.Where(IsInFloats))
        {
            using var archive = new ZipArchive(new MemoryStream(FixtureFiles.Layers.Read(fixture.Name, "model.keras")));
            var config = JsonNode.Parse(Part(archive, "config.json"))!["config"]!;
            using var weights = Hdf5File.Open(Part(archive, "model.weights.h5"));
            var position = 0;
            foreach (var (group, layer) in Groups(config["layers"]!.AsArray()))
            {
                var layerName = layer["config"]!["name"]!.ToString();
                var own = fixture.Weights.Skip(position)
                    .TakeWhile(weight => weight.Item1.StartsWith($"{layerName}/", StringComparison.Ordinal))
                    .ToArray();
                var names = own.Select(weight => weight.Item1[(layerName.Length + 1)..]).ToArray();
                var places = LayerWeightPlaces.Of(layer["class_name"]!.ToString(), layer["config"]!.AsObject(), names);
                foreach (var ((path, shape), index) in own.Select((weight, index) => (weight, index)))
                {
                    foreach (var place in places[index].Select(place => $"layers/{group}/{place}"))
                    {
                        var expected = fixture.Arrays[$"w_before_{position + index}"].Values;
                        if (weights.Root.Find(place) is not Hdf5Dataset dataset)
                            problems.Add($"{fixture.Name}: '{path}' is not at '{place}'");
                        else if (!dataset.ReadAs<double>().SequenceEqual(expected))
                            problems.Add($"{fixture.Name}: '{place}' is not '{path}'");
                        count++;
                    }
                }

                position += own.Length;
            }

        }

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(40)));
        Assert.True(count > 1000, $"Only {count} weights were compared.");
    }

    private static bool IsInFloats(LayerFixture fixture) => !LayerConformanceTests.Quantized.Contains(fixture.Name);

    private static IEnumerable<(string Group, JsonObject Layer)> Groups(JsonArray layers)
    {
        var counts = new Dictionary<string, int>();
        foreach (var layer in layers.Select(layer => layer!.AsObject()))
        {
            if (layer["module"]?.ToString() != "keras.layers")
                continue;
            var stem = Functional.Core.Layers.LayerModule.snakeCase(layer["class_name"]!.ToString());
            var count = counts.GetValueOrDefault(stem);
            counts[stem] = count + 1;
            yield return (count == 0 ? stem : $"{stem}_{count}", layer);
        }
    }

    private static byte[] Part(ZipArchive archive, string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
