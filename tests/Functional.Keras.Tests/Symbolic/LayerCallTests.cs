using Functional.Kernels.Memory;
using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Symbolic;

/// <summary>Keras's call arguments: training, masks, and those of attention.</summary>
public class LayerCallTests
{
    [Fact]
    public void ACallInTraining_DropsInInferenceToo()
    {
        var x = Input(shape: [1000]);
        var model = new Model(x, Dropout(0.5).Call(x, training: true));
        var y = model.Predict(Tensor.Ones([1, 1000]))[0].ToArray<float>();
        Assert.InRange(y.Count(value => value == 0), 300, 700);
        Assert.NotEqual(y, model.Predict(Tensor.Ones([1, 1000]))[0].ToArray<float>());
    }

    [Fact]
    public void ACallNotInTraining_KeepsTheStatisticsOfAFrozenModel()
    {
        var inner = Input(shape: [2]);
        var frozen = new Model(inner, BatchNormalization()(inner), name: "base");
        var x = Input(shape: [2]);
        var model = new Model(x, frozen.ToLayer().Call(x, training: false).Dense(1));
        model.Compile("sgd", "mse");
        var before = frozen.GetWeights()[2].ToArray<float>();
        model.Fit(new float[,] { { 10, 20 }, { 30, 40 } }, new float[,] { { 1 }, { 2 } }, verbose: 0);
        Assert.Equal(before, frozen.GetWeights()[2].ToArray<float>());
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
    }

    [Fact]
    public void AMaskThatIsGiven_TakesStepsOut()
    {
        var x = Input(shape: [3, 1]);
        var mask = Input(shape: [3], dtype: ElementKind.Bool);
        var model = new Model([x, mask], GlobalAveragePooling1D().Call(x, mask: mask));
        var y = model.Predict([new float[,,] { { { 2 }, { 4 }, { 100 } } }, new[,] { { true, true, false } }]);
        Assert.Equal([3f], y[0].ToArray<float>());
    }

    [Fact]
    public void CausalAttention_LooksBackOnly_AndReturnsItsScores()
    {
        var x = Input(shape: [3, 2]);
        var (_, scores) = MultiHeadAttention(1, 2).Attend(x, x, returnAttentionScores: true, useCausalMask: true);
        var found = new Model(x, scores).Predict(Tensor.Ones([1, 3, 2]))[0].ToArray<float>();
        Assert.Equal([1, 0, 0, 0.5f, 0.5f, 0, 1 / 3f, 1 / 3f, 1 / 3f], found.Select(score => MathF.Round(score, 6)), Close);
    }

    [Fact]
    public void AttentionMasks_SayWhoLooksAtWhom()
    {
        var x = Input(shape: [2, 1]);
        var mask = Input(shape: [2, 2], dtype: ElementKind.Bool);
        var valueMask = Input(shape: [2], dtype: ElementKind.Bool);
        var (_, scores) = GroupQueryAttention(2, 2, 1).Attend(x, x, attentionMask: mask, returnAttentionScores: true);
        var found = new Model([x, mask], scores).Predict([Tensor.Ones([1, 2, 1]), new[, ,] { { { true, false }, { true, true } } }]);
        Assert.Equal([1, 0, 0.5f, 0.5f, 1, 0, 0.5f, 0.5f], found[0].ToArray<float>(), Close);
        var attended = Attention().Attend(x, x, valueMask: valueMask);
        var y = new Model([x, valueMask], attended).Predict(
            [new float[,,] { { { 1 }, { 7 } } }, new[,] { { false, true } }]);
        Assert.Equal([7f, 7f], y[0].ToArray<float>(), Close);
    }

    [Fact]
    public void ALayerThatTakesNoSuchArgument_SaysSo()
    {
        var x = Input(shape: [3, 2]);
        var mask = Input(shape: [3], dtype: ElementKind.Bool);
        AssertSays("Layer 'd' (Dense): its call takes no argument 'training'", () => Dense(1, name: "d").Call(x, training: true));
        AssertSays("Layer 'd' (Dense): its call takes no argument 'mask'", () => Dense(1, name: "d").Call(x, mask: mask));
        AssertSays("Layer 'd' (Dense) is no attention layer", () => Dense(1, name: "d").Attend(x, x));
        AssertSays("its call takes no argument 'attention_mask'", () => Attention().Attend(x, x, attentionMask: mask));
        AssertSays("a mask of the key is given, but no key", () => Attention().Attend(x, x, keyMask: mask));
    }

    [Fact]
    public void MaxoutAndEinsumDense_HaveMethodsAndFluentForms()
    {
        var x = Input(shape: [4]);
        var y = new Model(x, x.Maxout(2)).Predict(new float[,] { { 1, 5, 3, 2 } });
        Assert.Equal([5f, 3f], y[0].ToArray<float>());
        Assert.Equal([null, 8], x.EinsumDense("ab,bc->ac", [8], "relu", biasAxes: "c").Shape);
    }

    private static bool Close(float first, float second) => MathF.Abs(first - second) < 1e-5f;

    private static void AssertSays(string sentence, Func<SymbolicTensor> call) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
