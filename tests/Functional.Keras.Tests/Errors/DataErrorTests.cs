using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Errors;

/// <summary>What is said when data does not fit a model.</summary>
public class DataErrorTests
{
    [Fact]
    public void DataOfAnotherShape_NamesInputExpectationAndFinding() => AssertSays(
        "Input 'left' expects data of shape (None, 2), but found shape (4, 3).",
        () => TwoByTwo().Predict([new float[4, 3], new float[4, 2]]));

    [Fact]
    public void TooFewInputs_AreCountedAndNamed() => AssertSays(
        "'x' has 1 tensors, but the model has 2 inputs: 'left', 'right'.",
        () => TwoByTwo().Predict(new float[4, 2]));

    [Fact]
    public void InputsOfDifferentLength_AreBothNamed() => AssertSays(
        "All data must have one number of samples, but input 'left' has 4 and input 'right' has 5.",
        () => TwoByTwo().Predict([new float[4, 2], new float[5, 2]]));

    [Fact]
    public void TargetsOfDifferentLength_AreCounted() => AssertSays(
        "All data must have one number of samples, but the inputs have 4 and the target of output 'price' has 3.",
        () => TwoByTwo().Fit(Inputs(), [new float[3, 1], new float[4, 1]], verbose: 0));

    [Fact]
    public void UnknownInputName_ListsTheNearest() => AssertSays(
        "'x': Unknown input 'lft'. Did you mean 'left'",
        () => TwoByTwo().Predict(Tensors.Named(("lft", new float[4, 2]), ("right", new float[4, 2]))));

    [Fact]
    public void MissingTarget_IsNamed() => AssertSays(
        "'y' has nothing for output 'sold': given are 'price'.",
        () => TwoByTwo().Fit(Inputs(), Tensors.Named(("price", new float[4, 1])), verbose: 0));

    [Fact]
    public void ExtraTarget_ListsTheNearest() => AssertSays(
        "'y': Unknown output 'prices'. Did you mean 'price'",
        () => TwoByTwo().Fit(
            Inputs(),
            Tensors.Named(("price", new float[4, 1]), ("prices", new float[4, 1]), ("sold", new float[4, 1])),
            verbose: 0));

    [Fact]
    public void TooManyTargets_AreCounted() => AssertSays(
        "'y' has 3 tensors, but the model has 2 outputs: 'price', 'sold'.",
        () => TwoByTwo().Fit(Inputs(), [new float[4, 1], new float[4, 1], new float[4, 1]], verbose: 0));

    [Fact]
    public void TargetsOfAnotherWidth_NameOutputLossAndBothShapes() => AssertSays(
        "Output 'price': targets for MeanSquaredError are expected to have shape (None, 1), but have shape (4, 2).",
        () => TwoByTwo().Fit(Inputs(), [new float[4, 2], new float[4, 1]], verbose: 0));

    [Fact]
    public void ClassNumbersForOneHotTargets_SayWhatToDo() => AssertSays(
        "Output 'dense': targets for CategoricalCrossentropy are expected to have shape (None, 3), but have shape (4,). "
        + "ToCategorical makes such targets from class numbers; SparseCategoricalCrossentropy takes class numbers.",
        () => Classifier("categorical_crossentropy").Fit(new float[4, 2], new[] { 0, 1, 2, 0 }, verbose: 0));

    [Fact]
    public void ClassNumberOutOfRange_IsShown() => AssertSays(
        "Output 'dense': class numbers are expected to be 0 to 2, but element 1 of the targets is 3.",
        () => Classifier("sparse_categorical_crossentropy").Fit(new float[2, 2], new[] { 0, 3 }, verbose: 0));

    [Fact]
    public void NaNInInputs_NamesTheSample() => AssertSays(
        "Input 'left' must be numbers, but sample 1 contains NaN.",
        () => TwoByTwo().Predict([new float[,] { { 0, 1 }, { 2, float.NaN } }, new float[2, 2]]));

    [Fact]
    public void NaNInTargets_NamesOutputAndSample() => AssertSays(
        "The target of output 'dense' must be numbers, but sample 0 contains NaN.",
        () => Classifier("mse").Fit(new float[1, 2], new float[,] { { 0, float.NaN, 0 } }, verbose: 0));

    [Fact]
    public void IndexBeyondAnEmbedding_NamesLayerRangeAndSample()
    {
        var model = new Sequential([Embedding(10, 4, inputShape: 2, name: "words")]);
        AssertSays(
            "Layer 'words' (Embedding) expects whole numbers 0 to 9 (inputDim is 10), but input 'input_layer' has 10 in "
            + "sample 1.",
            () => model.Predict(new[,] { { 0, 1 }, { 2, 10 } }));
    }

    [Fact]
    public void SampleWeightsOfAnotherLength_AreShown() => AssertSays(
        "Output 'dense': sample weights are expected for 4 samples, but have shape (3,).",
        () => Classifier("mse").Fit(new float[4, 2], new float[4, 3], sampleWeight: new float[3], verbose: 0));

    [Fact]
    public void ClassAndSampleWeights_AreNotTakenTogether() => AssertSays(
        "'classWeight' and 'sampleWeight' cannot be given together",
        () => Classifier("mse").Fit(
            new float[4, 2], new float[4, 3], sampleWeight: new float[4], classWeight: new() { [0] = 2 }, verbose: 0));

    [Fact]
    public void ClassWeightsOfSeveralOutputs_NameTheOutput() => AssertSays(
        "'classWeight' must name the output it is about: one of 'price', 'sold'.",
        () => TwoByTwo().Fit(
            Inputs(), [new float[4, 1], new float[4, 1]], classWeight: new() { [0] = 2 }, verbose: 0));

    [Fact]
    public void ValidationSplitOfEverything_IsRefused() => AssertSays(
        "A validationSplit of 1 of 4 samples leaves nothing for training",
        () => Classifier("mse").Fit(new float[4, 2], new float[4, 3], validationSplit: 1.0, verbose: 0));

    [Fact]
    public void NoSamples_AreRefused() => AssertSays(
        "There are no samples: the first axis of the data is empty.",
        () => Classifier("mse").Predict(new float[0, 2]));

    [Fact]
    public void RowsOfDifferentLength_AreShown() => AssertSays(
        "All rows must have one length, but row 0 has 2 elements and row 1 has 3.",
        () => Tensor.FromRows<float>([[1, 2], [3, 4, 5]]));

    private static Tensors Inputs() => [new float[4, 2], new float[4, 2]];

    private static Model TwoByTwo()
    {
        var left = Input(shape: [2], name: "left");
        var right = Input(shape: [2], name: "right");
        var x = Concatenate()(left, right);
        var model = new Model([left, right], [x.Dense(1, name: "price"), x.Dense(1, "sigmoid", name: "sold")]);
        model.Compile(loss: ["mse", "binary_crossentropy"]);
        return model;
    }

    private static Sequential Classifier(string loss)
    {
        var model = new Sequential([Dense(3, "softmax", inputShape: 2)]);
        model.Compile(loss: loss);
        return model;
    }

    private static void AssertSays(string sentence, Action act) => Assert.StartsWith(
        sentence, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
