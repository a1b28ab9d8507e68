using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>A mask has the lengths of the first axes of what it is about.</summary>
public class MaskLengthTests
{
    public static TheoryData<string> MaskedLayers =>
        ["TimeDistributed", "BatchNormalization", "LSTM", "Bidirectional", "Softmax"];

    [Theory]
    [MemberData(nameof(MaskedLayers))]
    public void AMaskOfAnotherLength_IsRefused_WithBothShapes(string className)
    {
        var (x, mask) = (Input([5, 3]), Input(className == "Softmax" ? [7, 3] : [7], dtype: "bool"));

        var error = Assert.Throws<ArgumentException>(() => Masked(className).Call(x, mask: mask));

        Assert.Contains($"Layer 'masked' ({className})", error.Message, StringComparison.Ordinal);
        Assert.Contains("(batch, 5, 3)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(batch, 7", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(MaskedLayers))]
    public void AMaskWithMoreAxesThanTheData_IsRefused(string className)
    {
        var (x, mask) = (Input([5, 3]), Input([5, 3, 1], dtype: "bool"));

        Assert.Throws<ArgumentException>(() => Masked(className).Call(x, mask: mask));
    }

    [Theory]
    [MemberData(nameof(MaskedLayers))]
    public void AMaskOfUnknownLength_IsCheckedWhenDataComes(string className)
    {
        var (x, mask) = (Input([null, 3]), Input(className == "Softmax" ? [null, 3] : [null], dtype: "bool"));
        var model = new Model([x, mask], Masked(className).Call(x, mask: mask).Dense(1));
        model.Compile("sgd", "mse");
        Tensor Mask(int length) => className == "Softmax" ? new bool[2, length, 3] : new bool[2, length];

        model.Fit([new float[2, 5, 3], Mask(5)], new float[2, 5, 1], verbose: 0);
        model.Fit([new float[2, 4, 3], Mask(4)], new float[2, 4, 1], verbose: 0);

        if (className is "Softmax" or "LSTM" or "Bidirectional")
            Assert.Throws<ArgumentException>(() => model.Predict([new float[2, 5, 3], Mask(7)], verbose: 0));
        if (className != "TimeDistributed")
        {
            Assert.Throws<ArgumentException>(
                () => model.Fit([new float[2, 5, 3], Mask(7)], new float[2, 5, 1], verbose: 0));
        }
    }

    [Fact]
    public void OnePlaceForAllSteps_IsAMaskForBatchNormalization()
    {
        var (x, mask) = (Input([5, 3]), Input([1], dtype: "bool"));
        var model = new Model([x, mask], BatchNormalization().Call(x, mask: mask));
        model.Compile("sgd", "mse");

        model.Fit([new float[2, 5, 3], new bool[2, 1]], new float[2, 5, 3], verbose: 0);
    }

    private static Layer Masked(string className) => className switch
    {
        "TimeDistributed" => TimeDistributed(Dense(2), name: "masked"),
        "BatchNormalization" => BatchNormalization(name: "masked"),
        "LSTM" => LSTM(2, returnSequences: true, name: "masked"),
        "Bidirectional" => Bidirectional(LSTM(2, returnSequences: true), name: "masked"),
        _ => Softmax(name: "masked"),
    };
}
