using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests;

/// <summary>A recurrent layer that is called with first states on a masked sequence means the same in every file.</summary>
public sealed class MaskAndStateSavingTests
{
    private static readonly Tensor Sequence = Tensor.Create<float>([1, 3, 1], [1, 0, 2]);

    [Fact]
    public void AMaskedStepKeepsTheState_BeforeAndAfterSaving()
    {
        var x = Input(shape: [3, 1]);
        var state = Input(shape: [1]);
        var masked = Masking()(x);
        var rnn = SimpleRNN(
            1, "linear", kernelInitializer: "ones", recurrentInitializer: Initializers.Constant(2), returnSequences: true);
        AssertAnswersInAllFiles(new Model([x, state], rnn(masked, state)), [21, 21, 44]);
    }

    [Fact]
    public void AMaskOfAnEmbedding_AndOneThatPassesOtherLayers_IsKept()
    {
        using var folder = new TemporaryFolder();
        var words = Input(shape: [3], dtype: Kernels.Memory.ElementKind.Int32);
        var state = Input(shape: [2]);
        var one = Embedding(5, 2, maskZero: true)(words);
        var other = Embedding(5, 2, maskZero: true)(words);
        var sum = Dropout(0.5)(Add()(one, other));
        var outputs = new[]
        {
            LSTM(2)(one, state, state),
            GRU(2, returnSequences: true)(sum, state),
            Bidirectional(SimpleRNN(2))(sum, state, state),
        };
        var model = new Model([words, state], SymbolicTensors.Create(outputs));
        Tensors data = [Tensor.Create<int>([2, 3], [1, 0, 2, 3, 4, 0]), Tensor.Create<float>([2, 2], [1, 2, 3, 4])];
        var expected = model.Predict(data).SelectMany(output => output.ToArray<float>()).ToArray();
        foreach (var file in new[] { "model.keras", "model.h5" })
        {
            model.Save(folder.File(file));
            var found = Model.Load(folder.File(file)).Predict(data);
            Assert.Equal(expected, found.SelectMany(output => output.ToArray<float>()));
        }
    }

    [Fact]
    public void AMaskOfOnesOwn_IsNotTakenForTheOneThatTheSequenceBrings()
    {
        var x = Input(shape: [3, 1]);
        var state = Input(shape: [1]);
        var mask = Ops.Squeeze(x > 1.5f, -1);
        var rnn = SimpleRNN(
            1, "linear", kernelInitializer: "ones", recurrentInitializer: Initializers.Constant(2), returnSequences: true);
        AssertAnswersInAllFiles(new Model([x, state], rnn.Call([Masking()(x), state], mask: mask)), [0, 0, 22]);
    }

    [Fact]
    public void AMaskThatNoFileOfKerasCanHold_IsRefused()
    {
        var (x, y, state) = (Input(shape: [3, 1]), Input(shape: [3, 1]), Input(shape: [1]));
        var joined = Concatenate()(Masking()(x), Masking()(y));
        var model = new Model([x, y, state], SimpleRNN(1, name: "rnn")(joined, state));
        var failure = Assert.Throws<ArgumentException>(() => model.ToJson());
        Assert.Contains("Layer 'rnn' (SimpleRNN) is called with first states", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(Concatenate)", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertAnswersInAllFiles(Model model, float[] expected)
    {
        using var folder = new TemporaryFolder();
        Tensors data = [Sequence, Tensor.Create<float>([1, 1], [10])];
        Assert.Equal(expected, model.Predict(data).ToArray<float>());
        foreach (var file in new[] { "model.keras", "model.h5" })
        {
            model.Save(folder.File(file));
            Assert.Equal(expected, Model.Load(folder.File(file)).Predict(data).ToArray<float>());
        }

        var fresh = Model.FromJson(model.ToJson());
        fresh.SetWeights([.. model.GetWeights()]);
        Assert.Equal(expected, fresh.Predict(data).ToArray<float>());
    }
}
