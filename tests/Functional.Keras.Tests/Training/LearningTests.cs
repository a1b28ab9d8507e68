using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

public class LearningTests
{
    private static readonly float[,] Corners = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
    private static readonly float[,] ExclusiveOr = { { 0 }, { 1 }, { 1 }, { 0 } };

    [Fact]
    public void Xor_IsLearnt_ByATwoLayerNet()
    {
        RandomSeed.Set(1);
        var x = Input(shape: [2]);
        var model = new Model(inputs: x, outputs: x.Dense(8, "tanh").Dense(1, "sigmoid"));
        model.Compile(optimizer: Optimizers.Adam(learningRate: 0.1), loss: "binary_crossentropy", metrics: ["accuracy"]);
        var history = model.Fit(Corners, ExclusiveOr, epochs: 200, verbose: 0);
        Assert.True(history["loss"][^1] < 0.05, $"loss {history["loss"][^1]}");
        Tensor predicted = model.Predict(Corners);
        Assert.Equal([0, 1, 1, 0], predicted.ToArray<float>().Select(p => (int)MathF.Round(p)));
    }
}
