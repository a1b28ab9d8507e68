using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>
/// Golden: models of dense layers, trained beside real Keras 3.3.3 from the same weights on the same batches. Tolerances
/// are those the fixtures state: 1e-5 for predictions, 1e-4 for histories and trained weights, absolute and relative.
/// </summary>
public class KerasRunTests
{
    [Fact]
    public void AdamW_WithClippedGradients()
    {
        var model = new Sequential([Dense(8, "relu", inputShape: 6), Dense(8, "relu"), Dense(1)]);
        model.Compile(Optimizers.AdamW(learningRate: 0.01, weightDecay: 0.02, clipNorm: 0.5), "mae", metrics: ["mse"]);
        Check("mlp_adamw_clipnorm", model);
    }

    [Fact]
    public void ClassWeights_OfClassNumbers()
    {
        var model = new Sequential([Dense(8, "gelu", inputShape: 5), Dense(3, "softmax")]);
        model.Compile(
            Optimizers.Adam(learningRate: 0.02, amsgrad: true),
            "sparse_categorical_crossentropy",
            metrics: ["accuracy"],
            weightedMetrics: ["sparse_categorical_crossentropy"]);
        Check("mlp_class_weight_sparse", model, classWeight: new() { [0] = 1.0, [1] = 2.5, [2] = 0.4 });
    }

    [Fact]
    public void LogisticRegression_WithValidation()
    {
        var model = new Sequential([Dense(1, "sigmoid", inputShape: 6)]);
        model.Compile(
            Optimizers.SGD(learningRate: 0.1, momentum: 0.9),
            "binary_crossentropy",
            metrics: ["accuracy", Metrics.AUC(), "Precision", "Recall"]);
        Check("logistic_regression", model, validate: true);
    }

    [Fact]
    public void SeveralOutputs_WithSampleWeights()
    {
        var x = Input(shape: [5], name: "x");
        var trunk = x.Dense(7, "tanh", name: "trunk");
        var model = new Model(x, [trunk.Dense(1, "sigmoid", name: "flag"), trunk.Dense(2, name: "value")]);
        model.Compile(
            Optimizers.SGD(learningRate: 0.1, momentum: 0.8),
            loss: new() { ["flag"] = "binary_crossentropy", ["value"] = "mse" },
            lossWeights: new() { ["flag"] = 2.0, ["value"] = 0.5 },
            metrics: new() { ["flag"] = "accuracy", ["value"] = "mae" },
            weightedMetrics: new() { ["flag"] = "binary_crossentropy", ["value"] = "mse" });
        Check("multi_output_dict_sample_weight", model, weigh: true);
    }

    [Fact]
    public void ModelsInsideAModel()
    {
        var innerInput = Input(shape: [5], name: "inner_in");
        var inner = new Model(innerInput, innerInput.Dense(4, "relu", name: "inner_dense"), name: "inner");
        var block = new Sequential([Dense(6, "tanh", name: "b1", inputShape: 4), Dense(4, name: "b2")], name: "block");
        var x = Input(shape: [5], name: "x");
        var h = x | inner;
        var model = new Model(x, Dense(2, name: "out")(Add(name: "skip")(h, h | block)));
        model.Compile(Optimizers.Adam(learningRate: 0.01), "mse", metrics: ["mae"]);
        Check("nested_model_as_layer", model);
    }

    [Fact]
    public void EarlyStopping_StopsWhereKerasDoes()
    {
        var model = new Sequential([Dense(6, "relu", inputShape: 5), Dense(1)]);
        model.Compile(Optimizers.SGD(0.25), "mse");
        Check("callback_early_stopping", model, new EarlyStopping(patience: 2, restoreBestWeights: true), validate: true);
    }

    [Fact]
    public void ReduceLROnPlateau_ReducesWhereKerasDoes()
    {
        var model = new Sequential([Dense(6, "relu", inputShape: 5), Dense(1)]);
        model.Compile(Optimizers.SGD(0.2), "mse");
        var reduce = new ReduceLROnPlateau(factor: 0.5, patience: 1, minDelta: 0.01, cooldown: 1, minLR: 0.01);
        var run = Check("callback_reduce_lr_on_plateau", model, reduce, validate: true);
        Close("learning rate", 1e-6, [run.LearningRateAfter], [model.Optimizer.LearningRate]);
    }

    private static KerasRun Check(
        string name,
        Model model,
        Callback? callback = null,
        bool validate = false,
        bool weigh = false,
        ClassWeights? classWeight = null)
    {
        var run = new KerasRun(name);
        run.Load(model);
        var predicted = model.Predict(run.Data("x"));
        for (var output = 0; output < predicted.Count; output++)
            Close($"y{output}", 1e-5, run.Data("y")[output].ToArray<double>(), predicted[output].ToArray<double>());

        var weights = weigh ? run.Data("sw") : null;
        var history = model.Fit(
            run.Data("x"),
            run.Data("t"),
            batchSize: run.BatchSize,
            epochs: run.Epochs,
            verbose: 0,
            callbacks: callback is null ? null : [callback],
            validationData: validate ? (run.Data("vx"), run.Data("vt")) : null,
            shuffle: false,
            classWeight: classWeight,
            sampleWeight: weights);
        Assert.Equal(run.Logs.Keys, history.Keys);
        foreach (var (key, values) in run.Logs)
            Close(key, 1e-4, values, history[key]);
        var trained = model.GetWeights();
        for (var index = 0; index < trained.Count; index++)
            Close($"w{index}", 1e-4, run.Trained[$"w{index}"].ToArray<double>(), trained[index].ToArray<double>());

        var evaluation = model.Evaluate(
            run.Data("x"), run.Data("t"), batchSize: run.BatchSize, verbose: 0, sampleWeight: weights);
        foreach (var (key, value) in run.EvaluatedAfter)
            Close($"evaluated {key}", 1e-4, [value], [evaluation[key]]);
        return run;
    }

    private static void Close(string what, double tolerance, double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"{what}[{i}]: Keras has {expected[i]}, but here it is {actual[i]}.");
        }
    }
}
