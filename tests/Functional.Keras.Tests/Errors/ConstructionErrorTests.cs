using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Errors;

/// <summary>What is said when a model cannot be built or compiled: layer, argument, expectation, finding.</summary>
public class ConstructionErrorTests
{
    [Fact]
    public void UnknownActivation_ListsTheNearest() => AssertSays(
        "Unknown activation 'rellu'. Did you mean 'relu'",
        () => Dense(8, activation: "rellu"));

    [Fact]
    public void UnknownInputType_ListsTheTypes() => AssertSays(
        "Input: dtype must be one of 'float32', 'float64', 'int32', 'bool', but is 'int8'",
        () => Input(shape: [3], dtype: "int8"));

    [Fact]
    public void InputType_MayBeNamedAsInKeras() =>
        Assert.Equal(Functional.Kernels.Memory.ElementKind.Int32, Input(shape: [3], dtype: "int32").ElementType);

    [Fact]
    public void ALayerThatCannotPassAMask_IsNamedWhenTheModelIsBuilt()
    {
        var tokens = Input(shape: [5], dtype: "int32");
        var embedded = Embedding(7, 2, maskZero: true)(tokens);

        var lost = new Model(tokens, Dense(1)(Flatten(name: "flat")(embedded)));
        Assert.Equal(
            ["Layer 'flat' (Flatten) gets a mask and cannot pass it on: what follows sees every step. Use the mask before this layer, or make none."],
            lost.Warnings);

        var used = new Model(tokens, Dense(1)(LSTM(3)(Dropout(0.5)(embedded))));
        Assert.Empty(used.Warnings);
    }

    [Fact]
    public void UnknownInitializer_ListsTheNearest() => AssertSays(
        "Unknown initializer 'he_normall'. Did you mean 'he_normal'",
        () => Dense(8, kernelInitializer: "he_normall"));

    [Fact]
    public void UnknownRegularizer_ListsTheNearest() => AssertSays(
        "Unknown regularizer 'l3'. Did you mean 'l1' or 'l2'",
        () => Dense(8, kernelRegularizer: "l3"));

    [Fact]
    public void UnknownConstraint_ListsTheNearest() => AssertSays(
        "Unknown constraint 'max_nrm'. Did you mean 'max_norm'",
        () => Dense(8, kernelConstraint: "max_nrm"));

    [Fact]
    public void UnknownLoss_ListsTheNearest() => AssertSays(
        "Unknown loss 'msee'. Did you mean 'mse'",
        () => Line().Compile(loss: "msee"));

    [Fact]
    public void UnknownMetric_ListsTheNearest() => AssertSays(
        "Unknown metric 'acuracy'. Did you mean 'accuracy'",
        () => Line().Compile(loss: "mse", metrics: ["acuracy"]));

    [Fact]
    public void UnknownOptimizer_ListsTheNearest() => AssertSays(
        "Unknown optimizer 'adamm'. Did you mean 'Adam'",
        () => Line().Compile(optimizer: "adamm", loss: "mse"));

    [Fact]
    public void UnknownLayerName_ListsTheNearest()
    {
        var x = Input(shape: [2]);
        var model = new Model(x, x.Dense(1, name: "answer"));
        AssertSays("Unknown layer 'anser'. Did you mean 'answer'", () => model.GetLayer("anser"));
    }

    [Fact]
    public void SumOfDifferentShapes_NamesTheLayerAndBothShapes()
    {
        var a = Input(shape: [2]);
        var b = Input(shape: [3]);
        var error = Assert.Throws<ArgumentException>(() => Add(name: "total")(a, b));
        Assert.StartsWith("Layer 'total' (Add): ", error.Message, StringComparison.Ordinal);
        Assert.Contains("(batch, 2)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(batch, 3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReshapeToAnotherSize_NamesTheLayer() => Assert.StartsWith(
        "Layer 'grid' (Reshape): ",
        Assert.Throws<ArgumentException>(() => Input(shape: [6]).Reshape([4, 2], name: "grid")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void SharedLayerOnAnotherWidth_NamesTheLayerItsWeightAndBothShapes()
    {
        var shared = Dense(3, name: "shared");
        var a = Input(shape: [2]);
        var b = Input(shape: [5]);
        var error = Assert.Throws<ArgumentException>(() => new Model([a, b], [shared(a), shared(b)]));
        Assert.StartsWith("Layer 'shared' (Dense)", error.Message, StringComparison.Ordinal);
        Assert.Contains("kernel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingInput_IsNamed()
    {
        var a = Input(shape: [2], name: "left");
        var b = Input(shape: [2], name: "right");
        AssertSays(
            "The outputs need input 'right', which is not among the model's inputs.",
            () => _ = new Model(a, Add()(a, b)));
    }

    [Fact]
    public void TwoLayersWithOneName_AreRefused()
    {
        var x = Input(shape: [2]);
        AssertSays(
            "All layer names must be different, but two layers are named 'twin'.",
            () => _ = new Model(x, x.Dense(2, name: "twin").Dense(2, name: "twin")));
    }

    [Fact]
    public void SoftmaxWithBinaryCrossentropy_Warns()
    {
        var model = new Sequential([Dense(3, "softmax", inputShape: 2, name: "kind")]);
        model.Compile(loss: "binary_crossentropy");
        Assert.Equal(
            "Output 'kind': loss BinaryCrossentropy treats the 3 numbers of a softmax as independent yes-or-no answers; "
            + "CategoricalCrossentropy is the loss for classes of which one is right.",
            Assert.Single(model.Warnings));
    }

    [Theory]
    [InlineData("categorical_crossentropy", "CategoricalCrossentropy")]
    [InlineData("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy")]
    public void ClassLossOnOneNumber_IsRefused(string loss, string className) => AssertSays(
        $"Output 'dense': loss {className} expects one number for every class, at least 2, but the output has shape "
        + "(None, 1). BinaryCrossentropy is the loss for one probability.",
        () => Line().Compile(loss: loss));

    [Fact]
    public void TooManyLosses_NameTheOutputs() => AssertSays(
        "'loss' has 3 entries, but the model has 2 outputs: 'price', 'sold'.",
        () => TwoHeads().Compile(loss: ["mse", "mse", "mse"]));

    [Fact]
    public void LossForAnUnknownOutput_ListsTheNearest() => AssertSays(
        "'loss': Unknown output 'prize'. Did you mean 'price'",
        () => TwoHeads().Compile(loss: new() { ["prize"] = "mse" }));

    [Fact]
    public void WeightsOfAnotherShape_NameTheWeightAndBothShapes() => AssertSays(
        "Model 'sequential': weight 'dense/kernel' has shape (2, 1), but the given tensor has shape (3, 1).",
        () => Line().SetWeights(new float[3, 1], new float[1]));

    [Fact]
    public void TooFewWeights_AreCounted() => AssertSays(
        "Model 'sequential' has 2 weights, but 1 tensors were given.",
        () => Line().SetWeights(new float[2, 1]));

    [Fact]
    public void ModelWithoutShapes_SaysWhatToDo()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Sequential([Dense(1)]).CountParams());
        Assert.Equal(
            "Model 'sequential' has no shapes yet: give its first layer an inputShape, or call Build or Fit first.",
            error.Message);
    }

    [Fact]
    public void TrainingBeforeCompiling_SaysWhatToDo()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Line().Fit(new float[1, 2], new float[1, 1]));
        Assert.Equal(
            "Model 'sequential' is not compiled: call Compile with an optimizer and a loss first.", error.Message);
    }

    [Fact]
    public void LearningRateUnderASchedule_CannotBeSet()
    {
        var optimizer = Optimizers.SGD(Schedules.ExponentialDecay(0.1, 10, 0.5));
        var error = Assert.Throws<InvalidOperationException>(() => optimizer.LearningRate = 1.0);
        Assert.Equal("The learning rate of SGD follows ExponentialDecay, so it cannot be set to 1.", error.Message);
    }

    private static Sequential Line() => new([Dense(1, inputShape: 2)]);

    private static Model TwoHeads()
    {
        var x = Input(shape: [2]);
        return new Model(x, [x.Dense(1, name: "price"), x.Dense(1, "sigmoid", name: "sold")]);
    }

    private static void AssertSays(string sentence, Action act) => Assert.StartsWith(
        sentence, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
