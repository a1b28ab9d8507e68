using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>Models whose lengths are known only when data arrives are trained, evaluated and asked like all others.</summary>
public class UnknownLengthTests
{
    [Fact]
    public void SequencesOfAnyLength_AreTrained()
    {
        var input = Input([null, 3]);
        var model = new Model(input, Dense(1, kernelInitializer: "ones")(input));
        model.Compile(Optimizers.SGD(0.01), "mse");

        var history = model.Fit(Filled(4, 5, 3), new float[4, 5, 1], verbose: 0);

        Assert.Equal(9.0, history["loss"][0], 5);
        Assert.Equal(4, model.Predict(Filled(4, 7, 3), verbose: 0).Single().Shape[0]);
        Assert.True(model.Evaluate(Filled(2, 9, 3), new float[2, 9, 1], verbose: 0).Loss < 9.0);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("binary_crossentropy")]
    public void AStepOnAnyLength_IsTheStepOnThatLength(string loss)
    {
        float[][] Weights(int? length)
        {
            RandomSeed.Set(3);
            var input = Input([length, 3]);
            var x = input.Conv1D(4, 3, padding: "same", activation: "tanh");
            x = LSTM(5, returnSequences: true)(x + x.Dense(4, "relu"));
            var model = new Model(input, x.Dense(1, "sigmoid"));
            model.Compile(Optimizers.Adam(0.1), loss, weightedMetrics: ["mae"]);
            model.Fit(
                Random(6, 7, 3), Random(6, 7, 1), sampleWeight: Random(6, 7), batchSize: 2, epochs: 2, shuffle: false, verbose: 0);
            return [.. model.GetWeights().Select(weight => weight.ToArray<float>())];
        }

        Assert.Equal(Weights(7), Weights(null));
    }

    [Fact]
    public void ImagesOfAnySize_AreTrained()
    {
        var input = Input([null, null, 1]);
        var model = new Model(input, input.Conv2D(2, 3, padding: "same", activation: "relu").Conv2D(1, 1, activation: "sigmoid"));
        model.Compile("adam", "binary_crossentropy", metrics: ["accuracy"]);

        model.Fit(Random(4, 6, 5, 1), Filled(4, 6, 5, 1), verbose: 0);
        model.Fit(Random(4, 3, 8, 1), Filled(4, 3, 8, 1), verbose: 0);

        Assert.Equal(new int?[] { null, null, null, 1 }, model.Outputs[0].Shape);
    }

    [Fact]
    public void ClassNumbersPerStep_AreTargets_AndWeightsPerStepCount()
    {
        var input = Input([null], dtype: "int32");
        var output = input.Embedding(11, 4).LSTM(6, returnSequences: true).Dense(3, "softmax");
        var model = new Model(input, output);
        model.Compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var weights = new float[4, 5];
        weights[0, 0] = 1;

        var history = model.Fit(new int[4, 5], new int[4, 5], sampleWeight: weights, epochs: 2, verbose: 0);

        Assert.True(history["loss"][1] < history["loss"][0]);
        Assert.Throws<ArgumentException>(
            () => model.Fit(new int[4, 5], new int[4, 5], sampleWeight: new float[4, 3], verbose: 0));
    }

    [Fact]
    public void BatchesOfDifferentLengths_FollowEachOther()
    {
        var input = Input([null, 2]);
        var model = new Model(input, input.Dense(1));
        model.Compile(Optimizers.SGD(0.1), "mse");
        Batch[] batches = [new(Random(3, 4, 2), Random(3, 4, 1)), new(Random(3, 9, 2), Random(3, 9, 1))];

        model.Fit(batches, epochs: 3, verbose: 0);

        Assert.Equal(6, model.Optimizer.Iterations);
    }

    [Fact]
    public void LengthsThatComeBack_AreNotCompiledAgain()
    {
        var input = Input([null, 2]);
        var model = new Model(input, input.Dense(4, "relu").Dense(1));
        model.Compile(Optimizers.SGD(0.1), "mse");
        (Tensor X, Tensor Y)[] data = [(Random(3, 4, 2), Random(3, 4, 1)), (Random(3, 9, 2), Random(3, 9, 1))];
        void Alternate(int count)
        {
            for (var step = 0; step < count; step++)
                model.TrainOnBatch(data[step % 2].X, data[step % 2].Y);
        }

        Alternate(8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Alternate(20);

        // Compiling one step makes hundreds of kilobytes of garbage.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20, 0, 60_000);
    }

    [Fact]
    public void TargetsOfAnotherLength_AreRefused_WithWhatWasExpected()
    {
        var input = Input([null, 3]);
        var model = new Model(input, Dense(1, name: "answer")(input));
        model.Compile("adam", "mse");

        var error = Assert.Throws<ArgumentException>(() => model.Fit(new float[4, 5, 3], new float[4, 6, 1], verbose: 0));

        Assert.Contains("'answer'", error.Message);
        Assert.Contains("(None, 5, 1)", error.Message);
        Assert.Contains("(4, 6, 1)", error.Message);
    }

    [Fact]
    public void TwoFreeLengths_AndSeveralOutputs_AreTrained()
    {
        var source = Input([null, 2]);
        var target = Input([null, 3]);
        var context = source.GlobalAveragePooling1D().Dense(4);
        var steps = target.LSTM(4, returnSequences: true);
        var model = new Model([source, target], [steps.Dense(1), context.Dense(2)]);
        model.Compile("adam", "mse");

        model.Fit([Random(4, 5, 2), Random(4, 8, 3)], [Random(4, 8, 1), Random(4, 2)], verbose: 0);

        Assert.Equal(1, model.Optimizer.Iterations);
    }

    [Fact]
    public void LengthsOfTwoInputs_Meet_AndAreCheckedWhenDataComes()
    {
        var (a, b) = (Input([null, 3], name: "a"), Input([null, 3], name: "b"));
        var sum = Add(name: "sum")(a, b);
        var model = new Model([a, b], Concatenate()(sum, a * b).Dense(1));
        model.Compile("adam", "mse");

        model.Fit([Random(4, 5, 3), Random(4, 5, 3)], Random(4, 5, 1), verbose: 0);
        var error = Assert.Throws<ArgumentException>(() => model.Predict([Random(4, 5, 3), Random(4, 6, 3)], verbose: 0));

        Assert.Contains("'sum'", error.Message);
        Assert.Contains("'b' (4, 6, 3)", error.Message);
        Assert.DoesNotContain("axis1", error.Message);
    }

    [Fact]
    public void AnUnknownLength_MeetsAKnownOne()
    {
        var (a, b) = (Input([null, 3]), Input([5, 3]));
        var model = new Model([a, b], a + b);

        Assert.Equal(new int?[] { null, 5, 3 }, model.Outputs[0].Shape);
        Assert.Equal(2f, model.Predict([Filled(2, 5, 3), Filled(2, 5, 3)], verbose: 0).Single().ToArray<float>()[0]);
        Assert.Throws<ArgumentException>(() => model.Predict([Filled(2, 4, 3), Filled(2, 5, 3)], verbose: 0));
    }

    [Fact]
    public void AUNet_TakesImagesOfEverySizeThatItsPoolsDivide()
    {
        var input = Input([null, null, 1], name: "image");
        var skip = input.Conv2D(2, 3, padding: "same", activation: "relu");
        var up = UpSampling2D(2)(skip.MaxPooling2D(2).Conv2D(3, 3, padding: "same"));
        var joined = Concatenate(name: "joined")(up, skip);
        var model = new Model(input, joined.Conv2D(1, 1, activation: "sigmoid"));
        model.Compile("adam", "binary_crossentropy");

        model.Fit(Random(2, 6, 8, 1), Filled(2, 6, 8, 1), verbose: 0);
        var error = Assert.Throws<ArgumentException>(() => model.Predict(Random(2, 5, 8, 1), verbose: 0));

        Assert.Contains("'joined'", error.Message);
        Assert.Contains("'image'", error.Message);
    }

    [Fact]
    public void AStridedConvolution_MeetsItsTranspose()
    {
        var input = Input([null, null, 2]);
        var down = input.Conv2D(4, 3, strides: 2, padding: "same");
        var model = new Model(input, input + down.Conv2DTranspose(2, 3, strides: 2, padding: "same"));
        model.Compile("sgd", "mse");

        model.Fit(Random(2, 6, 4, 2), Random(2, 6, 4, 2), verbose: 0);
    }

    [Fact]
    public void DataTooShortForAWindow_NamesLayerInputAndLengths()
    {
        var input = Input([null, 3], name: "series");
        var model = new Model(input, Conv1D(4, 5, name: "window")(input));

        var error = Assert.Throws<ArgumentException>(() => model.Predict(Random(2, 3, 3), verbose: 0));

        Assert.Contains("'window'", error.Message);
        Assert.Contains("'series' (2, 3, 3)", error.Message);
    }

    [Fact]
    public void AModelOfAnyLength_TrainsAfterLoading()
    {
        var input = Input([null, 3]);
        var model = new Model(input, (input + input.Dense(3, "tanh")).Dense(1));
        model.Compile("adam", "mse");
        var loaded = Model.FromJson(model.ToJson());
        loaded.Compile("adam", "mse");

        loaded.Fit(Random(4, 5, 3), Random(4, 5, 1), verbose: 0);
        loaded.Fit(Random(4, 2, 3), Random(4, 2, 1), verbose: 0);
    }

    private static Tensor Filled(params int[] shape) => Tensor.Ones(Shape.FromInts(shape));

    private static Tensor Random(params int[] shape)
    {
        var random = new System.Random(shape.Aggregate((sum, length) => (31 * sum) + length));
        var values = new float[shape.Aggregate((product, length) => product * length)];
        for (var index = 0; index < values.Length; index++)
            values[index] = random.NextSingle();
        return Tensor.FromArray(values).Reshape(shape);
    }
}
