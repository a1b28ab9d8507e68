using System.IO.Compression;
using Functional.Core.Tensors;
using Functional.Keras;
using Functional.Kernels.Memory;
using Functional.Testing;
using Xunit;
using Xunit.Abstractions;
using Shape = Functional.Keras.Shape;

namespace Functional.Conformance;

/// <summary>Every layer case: the file that Keras wrote, its predictions, and its weights after one training step.</summary>
public sealed class LayerConformanceTests(ITestOutputHelper output)
{
    // Predictions of float32 differ from those of float64 by at most 2e-5, and by 5e-7 in 99 of 100 cases.
    private const double Tolerance = 1e-5;

    /// <summary>Weights in eight bits, which Keras computes with: less exactly than floats.</summary>
    internal static readonly string[] Quantized =
        ["kt_dense_dense_05", "kt_embedding_embedding_05", "kt_einsum_dense_einsumdense_25"];

    [Fact]
    public void EveryLayerCaseOfKeras_LoadsPredictsAndTrains_AsInKeras()
    {
        var report = new Report();
        foreach (var fixture in LayerFixtures.all.Value.Where(fixture => !Quantized.Contains(fixture.Name)))
        {
            var missing = Report.MissingClasses(Config(fixture.Name));
            report.Run(fixture.ClassName, fixture.Name, missing, () => Differences(fixture));
        }

        output.WriteLine(report.ToString());
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        Assert.True(report.PassedCount >= 712, $"Only {report.PassedCount} cases ran.");
    }

    [Fact]
    public void WeightsInEightBits_AreReadAsFloats_AndAnswerAsNearlyAsEightBitsCan()
    {
        foreach (var fixture in LayerFixtures.all.Value.Where(fixture => Quantized.Contains(fixture.Name)))
        {
            var model = FixtureFiles.Layers.OnDisk(fixture.Name, "model.keras", path => Model.Load(path));
            Assert.Contains("int8_from_", model.Warnings[0], StringComparison.Ordinal);
            var predicted = model.Predict(Tensors.Create([.. Series("x", fixture)]));
            var expected = Series("y", fixture)[0].ToArray<double>();

            // Keras also rounds what goes into these layers to eight bits.
            var tolerance = 0.02 * expected.Max(Math.Abs);
            foreach (var (wanted, found) in expected.Zip(predicted.ToArray<float>()))
                Assert.Equal(wanted, found, tolerance);
        }
    }

    internal static byte[] Config(string name)
    {
        using var archive = new ZipArchive(new MemoryStream(FixtureFiles.Layers.Read(name, "model.keras")));
        using var content = archive.GetEntry("config.json")!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static IEnumerable<string> Differences(LayerFixture fixture)
    {
        var model = FixtureFiles.Layers.OnDisk(fixture.Name, "model.keras", path => Model.Load(path));
        var inputs = Tensors.Create([.. Series("x", fixture)]);
        var predicted = model.Predict(inputs);
        return
        [
            .. Comparison.Differences("w_before_", Series("w_before_", fixture), model.GetWeights(), 0.0),
            .. Comparison.Differences("y", Series("y", fixture), [.. predicted], Tolerance),
            .. RoundTrip(model),
            .. fixture.IsTrained ? TrainingDifferences(fixture, model, inputs) : [],
        ];
    }

    private static IEnumerable<string> TrainingDifferences(LayerFixture fixture, Model model, Tensors inputs)
    {
        var result = model.TrainOnBatch(inputs, Tensors.Create([.. Series("t", fixture)]));
        var loss = fixture.Arrays["loss"].Values[0];
        if (!Comparison.IsClose(loss, result.Loss, Tolerance))
            yield return $"loss: expected {loss:R}, found {result.Loss:R}";
        var weights = Series("w_after_", fixture);
        foreach (var difference in Comparison.Differences("w_after_", weights, model.GetWeights(), Tolerance))
            yield return difference;
    }

    /// <summary>Saved here and loaded again the model is the same.</summary>
    private static IEnumerable<string> RoundTrip(Model model)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["model.keras", "model.h5"])
        {
            var path = folder.File(file);
            model.Save(path);
            var loaded = Model.Load(path);
            if (loaded.ToJson() != model.ToJson())
                yield return $"{file}: other layers after saving and loading";
            foreach (var difference in Comparison.Differences($"{file} weights", model.GetWeights(), loaded.GetWeights(), 0.0))
                yield return difference;
        }
    }

    private static List<Tensor> Series(string name, LayerFixture fixture)
    {
        var tensors = new List<Tensor>();
        while (fixture.Arrays.TryGetValue($"{name}{tensors.Count}", out var literal))
            tensors.Add(ToTensor(literal));
        return tensors;
    }

    private static Tensor ToTensor(Literal literal)
    {
        var shape = Shape.Create([.. literal.Dimensions.Select(length => (int?)length)]);
        var doubles = Tensor.Create<double>(shape, [.. literal.Values]);
        return literal.ElementType switch
        {
            { IsInt32: true } => doubles.Cast(ElementKind.Int32),
            { IsBool: true } => doubles.Cast(ElementKind.Bool),
            _ => doubles.Cast(ElementKind.Float32),
        };
    }
}
