using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Errors;

public class NumberErrorTests
{
    [Fact]
    public void ArgumentsThatAreNoNumbers_AreRefusedByName()
    {
        Says("optimizer Adam: beta_1 must be a number, but is NaN", () => Optimizers.Adam(beta1: double.NaN));
        Says("optimizer SGD: momentum must be a number", () => Optimizers.SGD(momentum: double.NaN));
        Says("optimizer RMSprop: clipnorm must be a number", () => Optimizers.RMSprop(clipNorm: double.NaN));
        Says("A learning rate must be a number, but is NaN", () => Optimizers.Adam(double.NaN));
        Says("decay_rate must be a number", () => Schedules.ExponentialDecay(0.1, 10, double.NaN));
        Says("loss Huber: delta must be a number", () => Losses.Huber(double.NaN));
        Says("metric BinaryAccuracy: threshold must be a number", () => Metrics.BinaryAccuracy(threshold: double.NaN));
        Says("metric Precision: thresholds must be a number", () => Metrics.Precision([0.5, double.NaN]));
        Says("must be a number", () => Regularizers.L2(double.NaN));
        Says("must be a number", () => Constraints.MaxNorm(double.NaN));
        Says("must be a number", () => Initializers.RandomNormal(double.NaN));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LearningRate_StaysWhenItIsSetToNoNumber(double rate)
    {
        var optimizer = Optimizers.Adam(0.25);
        Says("A learning rate must be a number", () => optimizer.LearningRate = rate);
        Assert.Equal(0.25, optimizer.LearningRate);
    }

    [Fact]
    public void NullTensorsAndCells_AreRefusedByPosition()
    {
        var x = Input(3);
        SymbolicTensor nothing = null!;
        Says("number 0 of 1 is null", () => Dense(2)(nothing));
        Says("number 0 of 1 is null", () => nothing.Dense(2));
        Says("number 1 of 2 is null", () => Add()(x, nothing));
        Says("number 0 of 1 is null", () => new Model(x, nothing));
        Says("number 1 of 2 is null", () => new Model([x, nothing], x));
        Says("one of them is null", () => StackedRNNCells([LSTMCell(2), null!]));
    }

    private static void Says(string text, Func<object> make) => Assert.Contains(
        text, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
