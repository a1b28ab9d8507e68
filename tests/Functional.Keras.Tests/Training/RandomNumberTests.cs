using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>Random numbers of layers: anew for every batch and call, and the same again from the same seed.</summary>
public sealed class RandomNumberTests
{
    private static readonly Tensor Ones = Tensor.Create<float>([64, 8], [.. Enumerable.Repeat(1f, 512)]);

    public static TheoryData<int?> Seeds => [null, 1];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EvaluationsDrawAnew_ForEveryBatchAndCall(int? seed)
    {
        RandomSeed.Set(1);
        var model = Noisy(seed);
        var batches = new BatchLosses();
        var first = model.Evaluate(Ones, Ones, batchSize: 16, verbose: 0, callbacks: [batches]).Loss;
        var second = model.Evaluate(Ones, Ones, batchSize: 16, verbose: 0).Loss;

        Assert.NotEqual(first, second);
        // The logs are means so far: equal batches would leave them as they are.
        Assert.Equal(4, batches.Losses.Distinct().Count());
        Assert.Equal(3, Enumerable.Range(0, 3).Select(_ => model.TestOnBatch(Ones, Ones).Loss).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ValidationDrawsOtherNumbersThanTraining_AndOthersInEveryEpoch(int? seed)
    {
        RandomSeed.Set(1);
        var history = Noisy(seed).Fit(
            Ones, Ones, batchSize: 64, epochs: 3, verbose: 0, shuffle: false, validationData: (Ones, Ones));
        Assert.Equal(6, history["loss"].Concat(history["val_loss"]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheSameSeed_GivesTheSameNumbersAgain(int? seed)
    {
        Assert.Equal(Run(5), Run(5));
        if (seed is null)
            Assert.NotEqual(Run(5), Run(6));

        float[] Run(int global)
        {
            RandomSeed.Set(global);
            var model = Noisy(seed);
            return
            [
                .. model.Predict(Ones)[0].ToArray<float>(),
                .. model.Fit(Ones, Ones, epochs: 2, verbose: 0, validationSplit: 0.5)["val_loss"].Select(loss => (float)loss),
                (float)model.Evaluate(Ones, Ones, verbose: 0).Loss,
                (float)model.TestOnBatch(Ones, Ones).Loss,
                .. model.Predict(Ones)[0].ToArray<float>(),
            ];
        }
    }

    [Fact]
    public void PredictionsFollowTheSeedThatWasSetLast()
    {
        RandomSeed.Set(1);
        var model = Noisy(null);
        float[] Predicted(int seed)
        {
            RandomSeed.Set(seed);
            return model.Predict(Ones)[0].ToArray<float>();
        }

        var first = Predicted(1);
        Assert.NotEqual(first, model.Predict(Ones)[0].ToArray<float>());
        Assert.Equal(first, Predicted(1));
        Assert.NotEqual(first, Predicted(2));
    }

    [Fact]
    public void MembersOfAnEnsemble_HaveMasksOfTheirOwn()
    {
        RandomSeed.Set(1);
        float[][] masks = [.. Enumerable.Range(0, 3).Select(_ => Noisy(null).Predict(Ones)[0].ToArray<float>())];
        Assert.NotEqual(masks[0], masks[1]);
        Assert.NotEqual(masks[0], masks[2]);
        Assert.NotEqual(masks[1], masks[2]);

        // Nor has a layer without a seed the numbers of one whose seed is 0.
        Assert.DoesNotContain(Noisy(0).Predict(Ones)[0].ToArray<float>(), masks);
    }

    [Fact]
    public void AProfileOfPredictions_LeavesTheNextOnesAsTheyWouldHaveBeen()
    {
        float[] Predicted(bool profiles)
        {
            RandomSeed.Set(1);
            var model = Noisy(null);
            if (profiles)
                model.ProfilePredict(Ones, runs: 2);
            return model.Predict(Ones)[0].ToArray<float>();
        }

        Assert.Equal(Predicted(false), Predicted(true));
    }

    [Fact]
    public void LayersWithEqualSeeds_ChangePictureAndMaskAlike()
    {
        var pictures = Tensor.Create<float>([64, 4, 4, 1], [.. Enumerable.Range(0, 1024).Select(index => (float)index)]);
        var picture = Input(shape: [4, 4, 1]);
        var mask = Input(shape: [4, 4, 1]);
        var model = new Model(
            [picture, mask],
            [
                RandomFlip(seed: 1).Call(picture * 1.0, training: true),
                RandomFlip(seed: 1).Call(Dense(1, kernelInitializer: Initializers.Ones())(mask), training: true),
                RandomFlip(seed: 2).Call(mask, training: true),
            ]);
        var outputs = model.Predict([pictures, pictures]);

        Assert.Equal(outputs[0].ToArray<float>(), outputs[1].ToArray<float>());
        Assert.NotEqual(outputs[0].ToArray<float>(), outputs[2].ToArray<float>());
    }

    [Fact]
    public void CallsOfOneLayerDiffer_AndEqualSeedsAgreeCallByCall()
    {
        var x = Input(shape: [8]);
        Layer[] layers = [Dropout(0.5, seed: 3), Dropout(0.5, seed: 3), Dropout(0.5)];
        var model = new Model(x, [.. layers.SelectMany(layer => new[] { layer, layer }).Select(layer => layer.Call(x, training: true))]);
        float[][] outputs = [.. model.Predict(Ones).Select(output => output.ToArray<float>())];

        Assert.NotEqual(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
        Assert.Equal(outputs[1], outputs[3]);
        Assert.NotEqual(outputs[4], outputs[5]);
        Assert.NotEqual(outputs[0], outputs[4]);
    }

    [Fact]
    public void EqualSeedsAgree_InNestedModelsAndInsideOtherLayersToo()
    {
        var inner = Input(shape: [8]);
        var nested = new Model(inner, Dropout(0.5, seed: 3).Call(inner, training: true));
        var sequence = Input(shape: [1, 8]);
        var wrapped = TimeDistributed(Dropout(0.5, seed: 3));
        var model = new Model(
            sequence,
            [
                nested.Call(sequence.Reshape([8]))[0],
                wrapped.Call(sequence, training: true).Reshape([8]),
                nested.Call(sequence.Reshape([8]))[0],
                wrapped.Call(sequence, training: true).Reshape([8]),
            ]);
        float[][] outputs = [.. model.Predict(Ones.Reshape(64, 1, 8)).Select(output => output.ToArray<float>())];

        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[2], outputs[3]);
        Assert.NotEqual(outputs[0], outputs[2]);
    }

    [Fact]
    public void AFileGoesOnWithTheNumbersThatWouldHaveComeNext()
    {
        using var folder = new TemporaryFolder();
        RandomSeed.Set(1);
        var model = Noisy(null);
        model.Fit(Ones, Ones, epochs: 2, verbose: 0, validationSplit: 0.5);
        model.Save(folder.File("model.keras"));
        var loaded = Model.Load(folder.File("model.keras"));

        Assert.Equal(Continued(model), Continued(loaded));

        double[] Continued(Model model)
        {
            RandomSeed.Set(2);
            var history = model.Fit(Ones, Ones, epochs: 2, verbose: 0, validationSplit: 0.5);
            return [.. history["loss"], .. history["val_loss"], model.Evaluate(Ones, Ones, verbose: 0).Loss];
        }
    }

    /// <summary>The identity times a weight, with dropout in whatever the model does.</summary>
    private static Model Noisy(int? seed)
    {
        var x = Input(shape: [8]);
        var model = new Model(
            x, Dropout(0.3, seed: seed).Call(Dense(8, kernelInitializer: Initializers.Identity())(x), training: true));
        model.Compile(Optimizers.SGD(0.0), "mse");
        return model;
    }

    private sealed class BatchLosses : Callback
    {
        internal List<double> Losses { get; } = [];

        public override void OnTestBatchEnd(int batch, Logs logs) => Losses.Add(logs["loss"]);
    }
}
