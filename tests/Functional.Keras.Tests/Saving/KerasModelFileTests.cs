using System.Text.Json;
using Xunit;

namespace Functional.Keras.Tests;

/// <summary>Models that Keras 3.3.3 saved (Files/Keras3/make.py) answer here as there, also when they are saved again.</summary>
public sealed class KerasModelFileTests
{
    private static readonly JsonElement Answers =
        JsonDocument.Parse(SavingFiles.Bytes(Path.Combine("Keras3", "answers.json"))).RootElement;

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var model in Answers.EnumerateObject())
        {
            foreach (var ending in new[] { "keras", "h5", "json" })
                files.Add(model.Name, ending);
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void AModelOfKeras_AnswersAsInKeras_AndSoDoesWhatIsSavedOfIt(string name, string ending)
    {
        using var folder = new TemporaryFolder();
        var model = Load(name, ending);
        AssertAnswers(name, model);
        foreach (var file in new[] { "again.keras", "again.h5" })
        {
            model.Save(folder.File(file));
            AssertAnswers(name, Model.Load(folder.File(file)));
        }

        var fresh = Model.FromJson(model.ToJson());
        fresh.SetWeights([.. model.GetWeights()]);
        AssertAnswers(name, fresh);
    }

    private static Model Load(string name, string ending)
    {
        var path = SavingFiles.Path("Keras3", $"{name}.{ending}");
        if (ending != "json")
            return Model.Load(path);
        var model = Model.FromJson(File.ReadAllText(path));
        model.LoadWeights(SavingFiles.Path("Keras3", $"{name}.keras"));
        return model;
    }

    private static void AssertAnswers(string name, Model model)
    {
        var numbers = Enumerable.Range(0, 15).Select(i => (float)(-1 + (i / 7.0))).ToArray();
        if (model.Inputs[0].Shape.Count == 3)
            numbers[4] = 0;
        int[] shape = model.Inputs[0].Shape.Count == 3 ? [5, 3, 1] : [5, 3];
        var found = model.Predict(Tensor.Create<float>(shape, numbers));
        var expected = Answers.GetProperty(name).EnumerateArray().ToArray();
        Assert.Equal(expected.Length, found.Count);
        for (var output = 0; output < expected.Length; output++)
        {
            var values = found[output].ToArray<float>();
            Assert.Equal(expected[output].GetArrayLength(), values.Length);
            foreach (var (wanted, value) in expected[output].EnumerateArray().Zip(values))
                Assert.Equal(wanted.GetDouble(), value, 1e-5);
        }
    }
}
