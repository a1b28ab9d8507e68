using System.Diagnostics;
using Functional.Keras;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Conformance;

/// <summary>Debian's h5py reads what is written here: every array and attribute.</summary>
public sealed class H5pyTests
{
    private const string Listing = """
        import h5py, io, sys, zipfile
        path = sys.argv[1]
        if path.endswith('.keras'):
            path = io.BytesIO(zipfile.ZipFile(path).read('model.weights.h5'))
        file = h5py.File(path, 'r')
        def attributes(name, item):
            for key, value in item.attrs.items():
                texts = value if hasattr(value, 'shape') else [value]
                print('@' + name + ':' + key, ','.join(str(text) for text in texts), sep='|')
        def show(name, item):
            attributes(name, item)
            if isinstance(item, h5py.Dataset):
                print(name, item.dtype.str, 'x'.join(map(str, item.shape)), item[()].tobytes().hex(), sep='|')
        attributes('', file)
        file.visititems(show)
        """;

    [PythonFact]
    public void H5pyReadsWeightsAndOptimizerState_OfAKerasFile()
    {
        var model = TrainedModel();
        var lines = List(model, "model.keras");
        var weights = model.GetWeights();
        string[] places =
        [
            "layers/dense/vars/0", "layers/dense/vars/1",
            "layers/sequential/layers/dense/vars/0", "layers/sequential/layers/dense/vars/1",
        ];
        foreach (var (place, weight) in places.Zip(weights))
            Assert.Contains(Line(place, weight), lines);
        Assert.Contains("optimizer/vars/0|<i4||03000000", lines);
        Assert.Equal(2 + (2 * weights.Count), lines.Count(line => line.StartsWith("optimizer/vars/", StringComparison.Ordinal)));
    }

    [PythonFact]
    public void H5pyReadsWeightsAndAttributes_OfAWholeModelFile()
    {
        var model = TrainedModel();
        var lines = List(model, "model.h5");
        string[] places = ["first/first/kernel", "first/first/bias", "block/dense/kernel", "block/dense/bias"];
        foreach (var (place, weight) in places.Zip(model.GetWeights()))
            Assert.Contains(Line($"model_weights/{place}", weight), lines);

        Assert.Contains("@:keras_version|3.3.3", lines);
        Assert.Contains("@model_weights:layer_names|x,first,block", lines);
        Assert.Contains("@model_weights/first:weight_names|first/kernel,first/bias", lines);
        Assert.Contains(lines, line => line.StartsWith("@:training_config|{\"loss\":", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("@:model_config|{\"class_name\":\"Functional\"", StringComparison.Ordinal));
    }

    private static Model TrainedModel()
    {
        RandomSeed.Set(2);
        var x = Input(shape: [3], name: "x");
        var block = new Sequential([Input(shape: [4]), Dense(1)], name: "block");
        var model = new Model(x, block.ToLayer()(Dense(4, "relu", name: "first")(x)));
        model.Compile("adam", "mse");
        model.Fit(Tensor.Ones([6, 3]), Tensor.Ones([6, 1]), batchSize: 2, epochs: 1, verbose: 0);
        return model;
    }

    private static string Line(string place, Tensor value) =>
        $"{place}|<f4|{string.Join('x', value.Shape)}|{Convert.ToHexStringLower(System.Runtime.InteropServices.MemoryMarshal.AsBytes(value.AsSpan<float>()))}";

    private static string[] List(Model model, string file)
    {
        using var folder = new TemporaryFolder();
        model.Save(folder.File(file));
        using var process = Process.Start(new ProcessStartInfo(
            PythonFactAttribute.Interpreter, ["-c", Listing, folder.File(file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
