using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Models;

/// <summary>Layers along time, as a user writes them.</summary>
public sealed class RecurrentTests
{
    [Fact]
    public void A21_NumbersOfWeights_AreThoseOfTheTextbooks()
    {
        var x = Input(shape: [50, 1]);
        var small = new Model(x, x.LSTM(10).Dense(10, "relu").Dense(1, "sigmoid"));
        Assert.Equal([0L, 480L, 110L, 11L], small.Layers.Select(layer => layer.CountParams()));
        Assert.Equal(601, small.CountParams());

        var reviews = new Sequential([Embedding(10_000, 32, inputShape: 200), SimpleRNN(32), Dense(1, "sigmoid")]);
        Assert.Equal([320_000L, 2_080L, 33L], reviews.Layers.Select(layer => layer.CountParams()));
        Assert.Equal(322_113, reviews.CountParams());
    }

    [Theory]
    [InlineData(true, 84)]
    [InlineData(false, 72)]
    public void GruHasTwoBiases_WhenTheStateIsResetAfterItsKernel(bool resetAfter, int count)
    {
        var x = Input(shape: [null, 1]);
        Assert.Equal(count, x.GRU(4, resetAfter: resetAfter).Layer.CountParams());
    }

    [Fact]
    public void Shapes_AreThoseOfKeras()
    {
        var x = Input(shape: [7, 3]);
        Assert.Equal([null, 4], x.LSTM(4).Shape);
        Assert.Equal([null, 7, 4], x.LSTM(4, returnSequences: true).Shape);
        Assert.Equal([null, 8], x.Bidirectional(LSTM(4)).Shape);
        Assert.Equal([null, 7, 4], x.Bidirectional(GRU(4, returnSequences: true), mergeMode: "sum").Shape);
        Assert.Equal([null, 7, 5], x.TimeDistributed(Dense(5)).Shape);
        Assert.Equal(5, x.Bidirectional(LSTM(4, returnState: true)).Siblings.Count);
        var video = Input(shape: [4, 8, 8, 1]);
        Assert.Equal([null, 6, 6, 2], ConvLSTM2D(2, 3)(video).Shape);
    }

    [Fact]
    public void StatesOfOneLayer_BeginAnother()
    {
        var past = Input(shape: [5, 2]);
        var future = Input(shape: [3, 2]);
        var (_, h, c) = past.LSTM(4, returnState: true);
        var (verbatim, _, _) = LSTM(4, returnSequences: true, returnState: true, name: "decoder")(future, h, c);
        var fluent = future.LSTM(4, returnSequences: true, name: "fluent", initialState: [h, c]);
        var model = new Model(inputs: [past, future], outputs: [verbatim, fluent]);
        model.GetLayer("fluent").SetWeights(model.GetLayer("decoder").GetWeights());

        var answers = model.Predict(Tensors.Create(Sample(2, 5, 2), Sample(2, 3, 2)));
        Assert.Equal(answers[0].ToArray<float>(), answers[1].ToArray<float>());
        var others = model.Predict(Tensors.Create(Sample(2, 5, 2, 0.3f), Sample(2, 3, 2)));
        Assert.NotEqual(answers[0].ToArray<float>(), others[0].ToArray<float>());
    }

    [Fact]
    public void ACellOfOnesOwn_IsTrained()
    {
        var cell = Cell.Create([6], (x, states) =>
        {
            var next = Concatenate()(x, states[0]) | Dense(6, "tanh");
            return (next, next);
        });
        var input = Input(shape: [5, 2]);
        var model = new Model(input, input.RNN(cell).Dense(1));
        model.Compile(optimizer: Optimizers.Adam(0.01), loss: "mse");
        Assert.Equal((((2 + 6) * 6) + 6) + 7, model.CountParams());

        var x = Sample(64, 5, 2);
        var y = new float[64, 1];
        for (var row = 0; row < 64; row++)
            y[row, 0] = (float)x[row, 0, 0];
        var history = model.Fit(x, y, epochs: 40, batchSize: 16, verbose: 0);
        Assert.True(history["loss"][^1] < 0.3 * history["loss"][0]);
    }

    [Fact]
    public void StackedCells_SavedAndLoaded_AnswerAlike()
    {
        var input = Input(shape: [null, 2]);
        var stacked = StackedRNNCells([LSTMCell(3), GRUCell(4), LSTMCell(2), SimpleRNNCell(3)]);
        var perStep = new Model(input, input.RNN(stacked, returnSequences: true).TimeDistributed(Dense(2)));
        AssertSavedAlike(perStep, Sample(3, 4, 2));
        Assert.Contains("rnn/stacked_rnn_cells/lstm_cell_1/kernel", perStep.Weights.Select(weight => weight.Path));
    }

    [Fact]
    public void AModelAtEveryStep_KeepsTheWeightsItHad_AndIsSavedWithThem()
    {
        var image = Input(shape: [4]);
        var encoder = new Model(image, image.Dense(3, "relu").Dense(2), name: "encoder");
        var video = Input(shape: [5, 4]);
        var model = new Model(video, video.TimeDistributed(encoder).GRU(3));

        var frames = Sample(2, 5, 4);
        var steps = new Model(video, video.TimeDistributed(encoder));
        Tensor found = steps.Predict(frames);
        Tensor expected = encoder.Predict(frames.Reshape([10, 4]));
        Assert.Equal(expected.ToArray<float>(), found.ToArray<float>());
        AssertSavedAlike(model, frames);
    }

    [Fact]
    public void DropoutOfInputsAndState_IsForTrainingOnly()
    {
        var input = Input(shape: [4, 3]);
        var model = new Model(input, input.LSTM(5, dropout: 0.5, recurrentDropout: 0.5).Dense(1));
        model.Compile(optimizer: "sgd", loss: "mse");
        var x = Sample(8, 4, 3);
        Assert.Equal(((Tensor)model.Predict(x)).ToArray<float>(), ((Tensor)model.Predict(x)).ToArray<float>());
        Assert.NotEqual(0.0, model.TrainOnBatch(x, new float[8, 1]).Loss);
    }

    [Fact]
    public void AStatefulLayer_GoesOnWhereItEnded_InPredictionAndTraining_UntilItIsReset()
    {
        var whole = Input(shape: [6, 2]);
        var reference = new Model(whole, whole.LSTM(3, name: "lstm"));
        var part = Input(shape: [3, 2], batchSize: 2);
        var model = new Model(part, part.LSTM(3, stateful: true, name: "lstm"));
        model.SetWeights([.. reference.GetWeights()]);
        var x = Sample(2, 6, 2);
        Tensor expected = reference.Predict(x);
        var halves = Halves(x);

        Tensor first = model.Predict(halves[0]);
        AssertClose(expected, model.Predict(halves[1]));
        model.GetLayer("lstm").ResetStates();
        AssertClose(first, model.Predict(halves[0]));
        model.GetLayer("lstm").ResetStates();
        Tensor both = model.Predict(Tensor.Create<float>(Shape.FromInts([4, 3, 2]), [.. halves[0].ToArray<float>(), .. halves[1].ToArray<float>()]));
        AssertClose(expected, both[2..]);

        // A rate of 0 leaves the weights, so that only states change.
        model.Compile(optimizer: Optimizers.SGD(0.0), loss: "mse");
        model.GetLayer("lstm").ResetStates();
        model.TrainOnBatch(halves[0], new float[2, 3]);
        AssertClose(expected, model.Predict(halves[1]));
        model.GetLayer("lstm").ResetStates();
        model.Evaluate(halves[0], new float[2, 3], verbose: 0);
        AssertClose(expected, model.Predict(halves[1]));
        AssertSavedAlikeAfterReset(model, halves[0]);
    }

    [Fact]
    public void AStatefulLayer_NeedsABatchSize_AndBatchesOfIt()
    {
        var open = Assert.Throws<ArgumentException>(() => Input(shape: [3, 2]).GRU(4, stateful: true));
        Assert.Contains("give the model's input a batch size", open.Message, StringComparison.Ordinal);
        var input = Input(shape: [3, 2], batchSize: 2);
        var model = new Model(input, input.GRU(4, stateful: true));
        Assert.Throws<ArgumentException>(() => model.Predict(Sample(3, 3, 2)));
    }

    private static void AssertSavedAlikeAfterReset(Model model, Tensor x)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("stateful.keras");
        model.Save(path);
        var loaded = Model.Load(path);
        model.GetLayer("lstm").ResetStates();
        AssertClose(model.Predict(x), loaded.Predict(x));
    }

    private static Tensor[] Halves(Tensor x)
    {
        var values = x.ToArray<float>();
        return [.. Enumerable.Range(0, 2).Select(half => Tensor.Create<float>(
            Shape.FromInts([2, 3, 2]), [.. values[(half * 6)..((half * 6) + 6)], .. values[(12 + (half * 6))..(18 + (half * 6))]]))];
    }

    private static void AssertClose(Tensor expected, Tensor found)
    {
        foreach (var (left, right) in expected.ToArray<float>().Zip(found.ToArray<float>()))
            Assert.Equal(left, right, 1e-6);
    }

    private static void AssertSavedAlike(Model model, Tensor x)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["model.keras", "model.h5"])
        {
            var path = folder.File(name);
            model.Save(path);
            var loaded = Model.Load(path);
            Assert.Equal(((Tensor)model.Predict(x)).ToArray<float>(), ((Tensor)loaded.Predict(x)).ToArray<float>());
        }
    }

    private static Tensor Sample(int batch, int steps, int features, float phase = 0)
    {
        var values = new float[batch, steps, features];
        for (var index = 0; index < values.Length; index++)
            values[index / (steps * features), index / features % steps, index % features] = MathF.Sin((index * 1.7f) + phase);
        return values;
    }
}
