using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Image layers in a model: random while training, nothing else when it predicts.</summary>
public class AugmentationTests
{
    private static readonly Tensor Images = Tensor.Create<float>(
        [6, 5, 4, 2], [.. Enumerable.Range(0, 240).Select(index => (float)((index * 37) % 101))]);

    public static TheoryData<string> Augmentations =>
        ["flip", "rotation", "rotation nearest", "translation", "zoom", "crop", "contrast", "brightness", "all"];

    [Theory]
    [MemberData(nameof(Augmentations))]
    public void Augmentation_ChangesWhatTrainingSees_AndNotWhatPredictionDoes(string name)
    {
        RandomSeed.Set(11);
        var x = Input(shape: [5, 4, 2]);
        var changed = Augment(name, x);
        var model = new Model(x, changed);
        model.Compile(Optimizers.SGD(0.0), "mse");

        Assert.Equal(Images.ToArray<float>(), model.Predict(Images).ToArray<float>());
        var first = model.TrainOnBatch(Images, Images).Loss;
        var second = model.TrainOnBatch(Images, Images).Loss;
        Assert.True(double.IsFinite(first) && first > 0 && first < 20_000, $"The loss is {first}.");
        Assert.NotEqual(first, second);
        Assert.Equal(0, model.Evaluate(Images, Images, verbose: 0).Loss);
    }

    [Fact]
    public void SpectralNormalization_TrainsAKernelWhoseLargestSingularValueIsNearOne()
    {
        RandomSeed.Set(3);
        var x = Input(shape: [2]);
        var layer = SpectralNormalization(Dense(2, useBias: false), powerIterations: 20);
        var model = new Model(x, layer(x));
        layer.SetWeights(new float[,] { { 3, 0 }, { 0, 1 } }, new float[,] { { 0.6f, 0.8f } });
        model.Compile(Optimizers.SGD(0.0), "mse");
        model.TrainOnBatch(new float[,] { { 1, 2 } }, new float[,] { { 0, 0 } });
        var kernel = layer.GetWeights()[0].ToArray<float>();
        Assert.Equal(1, kernel[0], 1e-5);
        Assert.Equal(1f / 3, kernel[3], 1e-5);
        Assert.Equal(["dense/kernel", "vector_u"], layer.Weights.Select(weight => weight.Path[(weight.Path.IndexOf('/', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public void TablesAndImages_GoThroughTheirLayers()
    {
        var numbers = Input(shape: [3], dtype: Functional.Kernels.Memory.ElementKind.Int32);
        var weights = Input(shape: [3]);
        var counts = CategoryEncoding(4, "count");
        var weighed = new Model([numbers, weights], counts(numbers, weights));
        int[,] categories = { { 0, 2, 2 } };
        float[,] by = { { 0.5f, 1, 2 } };
        Assert.Equal([0.5f, 0, 3, 0], weighed.Predict([categories, by]).ToArray<float>());
        Assert.Equal([0.5f, 0, 3, 0], Model.FromJson(weighed.ToJson()).Predict([categories, by]).ToArray<float>());

        var hashed = new Model(numbers, numbers.Hashing(3, salt: [133, 137]));
        int[,] few = { { 0, 1, 2 }, { 3, 4, 0 } };
        Assert.Equal([1, 1, 2, 0, 1, 1], hashed.Predict(few).ToArray<int>());
        Assert.Equal([1, 1, 2, 0, 1, 1], Model.FromJson(hashed.ToJson()).Predict(few).ToArray<int>());

        var x = Input(shape: [5, 4, 2]);
        var small = x.CenterCrop(4, 4).Resizing(2, 2, interpolation: "bicubic").RMSNormalization();
        Assert.Equal([6, 2, 2, 2], new Model(x, small).Predict(Images)[0].Shape.Select(length => length!.Value));
    }

    private static SymbolicTensor Augment(string name, SymbolicTensor x) => name switch
    {
        "flip" => x.RandomFlip(),
        "rotation" => x.RandomRotation(0.2),
        "rotation nearest" => x.RandomRotation((-0.5, 0.1), fillMode: "constant", interpolation: "nearest", fillValue: 3),
        "translation" => x.RandomTranslation(0.3, (-0.1, 0.4), fillMode: "wrap"),
        "zoom" => x.RandomZoom(0.3, fillMode: "nearest"),
        "crop" => x.ZeroPadding2D(1).CenterCrop(5, 4).RandomZoom((0.2, 0.3)).RandomCrop(5, 4),
        "contrast" => x.RandomContrast(0.5),
        "brightness" => x.RandomBrightness(0.2),
        _ => x.RandomFlip("horizontal").RandomRotation(0.1).RandomTranslation(0.1, 0.1).RandomZoom(0.1, 0.2)
            .RandomContrast(0.2).RandomBrightness((-0.1, 0.1)),
    };
}
