using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>
/// A Sequential model without an input shape takes the lengths from its first data that its layers have to know, and no
/// others: what real Keras 3.3.3 answers.
/// </summary>
public class OpenLengthTests
{
    [Fact]
    public void LengthsThatNoLayerHasToKnow_StayOpen()
    {
        var model = new Sequential([Dense(1)]);
        model.Compile("adam", "mse");

        model.Fit(new float[4, 5, 3], new float[4, 5, 1], verbose: 0);
        model.Fit(new float[2, 9, 3], new float[2, 9, 1], verbose: 0);

        Assert.Equal(Shape.Create(4, 7, 1), model.Predict(new float[4, 7, 3], verbose: 0)[0].Shape);
        Assert.Throws<ArgumentException>(() => model.Predict(new float[2, 3], verbose: 0));
        Assert.Throws<ArgumentException>(() => model.Predict(new float[4, 7, 2], verbose: 0));
    }

    [Fact]
    public void LengthsThatALayerHasToKnow_AreThoseOfTheFirstData()
    {
        var model = new Sequential([Conv1D(2, 3), Flatten(), Dense(1)]);
        model.Predict(new float[4, 5, 3], verbose: 0);

        Assert.Equal(Shape.Create(null, 5, 3), model.Inputs[0].Shape);
        Assert.Throws<ArgumentException>(() => model.Predict(new float[4, 7, 3], verbose: 0));
    }

    [Fact]
    public void WordsOfTextsOfAnyLength_AreLookedUp()
    {
        var model = new Sequential([Embedding(11, 4), LSTM(3), Dense(1)]);
        model.Compile("adam", "mse");

        model.Fit(new int[4, 5], new float[4, 1], verbose: 0);

        Assert.Equal(Shape.Create(2, 1), model.Predict(new int[2, 8], verbose: 0)[0].Shape);
    }

    [Fact]
    public void ImagesOfAnySize_GoThroughABlockInFront()
    {
        var block = new Sequential([RandomFlip(), Rescaling(2)]);
        var model = new Sequential([block, Conv2D(2, 3), GlobalAveragePooling2D()]);
        model.Compile("adam", "mse");

        model.Fit(new float[4, 6, 5, 3], new float[4, 2], verbose: 0);
        model.Fit(new float[4, 9, 8, 3], new float[4, 2], verbose: 0);

        Assert.Equal(Shape.Create(null, null, null, 3), model.Inputs[0].Shape);
        Assert.Equal(Shape.Create(null, null, null, 3), block.Outputs[0].Shape);
    }

    [Fact]
    public void TheSamePredictions_AsWithTheShapeGiven()
    {
        float[] Trained(bool isGiven)
        {
            RandomSeed.Set(7);
            Layer[] layers = [Conv1D(4, 3, padding: "same", activation: "tanh"), LSTM(3, returnSequences: true), Dense(1)];
            var model = new Sequential(isGiven ? [Input([6, 2]), .. layers] : layers);
            model.Compile(Optimizers.Adam(0.1), "mse");
            model.Fit(Tensor.Ones([4, 6, 2]), Tensor.Ones([4, 6, 1]), epochs: 3, verbose: 0);
            return model.Predict(Tensor.Ones([2, 6, 2]), verbose: 0)[0].ToArray<float>();
        }

        Assert.Equal(Trained(true), Trained(false));
    }

    [Fact]
    public void EmptySamples_AreRefused_WithTheInputsName()
    {
        var series = Input([null, 3], name: "series");
        var model = new Model(series, series.GlobalAveragePooling1D());

        var ofData = Assert.Throws<ArgumentException>(() => model.Predict(new float[4, 0, 3], verbose: 0));
        var ofInput = Assert.Throws<ArgumentException>(() => Input([5, 0], name: "none"));

        Assert.Contains("Input 'series'", ofData.Message, StringComparison.Ordinal);
        Assert.Contains("its axis 1 has a length of 0", ofData.Message, StringComparison.Ordinal);
        Assert.Contains("Input 'none'", ofInput.Message, StringComparison.Ordinal);
    }
}
