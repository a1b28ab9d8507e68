using Xunit;
using static Functional.Keras.Layers;

namespace Functional.Keras.Tests.Training;

/// <summary>Metrics of many numbers, arguments of curves, and targets that metrics alone ask for.</summary>
public class MetricReportTests
{
    private static readonly float[,] Logits = { { 3f, -1f }, { 4f, 1f }, { 0.3f, 0.2f }, { -2f, -0.4f } };
    private static readonly float[,] Labels = { { 1, 0 }, { 0, 1 }, { 0, 0 }, { 1, 1 } };
    private static readonly float[,] Chances = { { 0.9f }, { 0.6f }, { 0.4f }, { 0.2f } };
    private static readonly float[,] Answers = { { 1 }, { 0 }, { 1 }, { 0 } };

    [Fact]
    public void SeveralThresholds_AreReportedByPosition_AndTheirMeanUnderTheName()
    {
        var logs = Logs(Chances, Answers, Metrics.Precision([0.1, 0.5, 0.8]), Metrics.TruePositives([0.3, 0.5]));
        Assert.Equal([0.5, 0.5, 1.0], Enumerable.Range(0, 3).Select(index => logs[$"precision_{index}"]));
        Assert.Equal(2.0 / 3, logs["precision"], 6);
        Assert.Equal((2.0, 1.0, 1.5), (logs["true_positives_0"], logs["true_positives_1"], logs["true_positives"]));
    }

    [Fact]
    public void OneThreshold_IsReportedAlone()
    {
        var logs = Logs(Chances, Answers, Metrics.Recall(0.5), Metrics.FalsePositives([0.5]));
        Assert.Equal(["false_positives", "loss", "recall"], logs.Keys.Order());
        Assert.Equal((0.5, 1.0), (logs["recall"], logs["false_positives"]));
    }

    [Fact]
    public void ScoresOfClasses_AreReportedByPosition_AndTheirMeanUnderTheName()
    {
        float[,] scores = { { 3, 1, 0 }, { 0, 2, 1 }, { 1, 5, 0 }, { 0, 1, 2 } };
        float[,] classes = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 1 } };
        var logs = Logs(
            scores, classes, Metrics.F1Score(), Metrics.FBetaScore(beta: 2.0), Metrics.R2Score(classAggregation: null));
        double[] f1 = [1.0, 2.0 / 3, 2.0 / 3];
        Assert.Equal(f1, Enumerable.Range(0, 3).Select(index => Math.Round(logs[$"f1_score_{index}"], 5)), Close);
        Assert.Equal(f1.Average(), logs["f1_score"], 5);
        Assert.Equal(5.0 / 6, logs["fbeta_score_1"], 5);
        Assert.Equal(
            (logs["r2_score_0"] + logs["r2_score_1"] + logs["r2_score_2"]) / 3, logs["r2_score"], 5);
    }

    [Fact]
    public void NumbersOfOneName_AreNumberedOn()
    {
        var logs = Logs(Logits, Labels, Metrics.F1Score(), Metrics.BinaryAccuracy(name: "f1_score_1"), Metrics.F1Score());
        Assert.Equal(
            ["f1_score", "f1_score_0", "f1_score_1", "f1_score_1_1", "f1_score_2", "f1_score_2_0", "f1_score_2_1", "loss"],
            logs.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NumbersOfAMetric_CanBeWatched_InItsDirection()
    {
        var x = Input(2);
        var model = new Model(x, Dense(2, "sigmoid")(x));
        model.Compile("sgd", "mse", metrics: [Metrics.F1Score(threshold: 0.5)]);
        var history = model.Fit(
            Logits, Labels, epochs: 2, verbose: 0, validationData: (Logits, Labels),
            callbacks: [new EarlyStopping("val_f1_score_1", patience: 5), new EarlyStopping("f1_score", patience: 5)]);
        Assert.Equal(2, history["val_f1_score_1"].Count);
    }

    [Fact]
    public void AreaUnderTheCurveOfLogits_IsThatOfTheirProbabilities()
    {
        var chances = Map(Logits, value => 1 / (1 + MathF.Exp(-value)));
        var expected = Logs(chances, Labels, Metrics.AUC())["auc"];
        Assert.Equal(expected, Logs(Logits, Labels, Metrics.AUC(fromLogits: true))["auc"], 6);
        Assert.NotEqual(expected, Logs(Logits, Labels, Metrics.AUC())["auc"], 2);
    }

    [Fact]
    public void AreaUnderTheCurvesOfLabels_IsTheirMean_ByTheirWeights()
    {
        var areas = new double[2];
        for (var label = 0; label < 2; label++)
            areas[label] = Logs(Column(Logits, label), Column(Labels, label), Metrics.AUC(fromLogits: true))["auc"];
        Assert.NotEqual(areas[0], areas[1]);
        Assert.Equal(
            areas.Average(), Logs(Logits, Labels, Metrics.AUC(multiLabel: true, fromLogits: true))["auc"], 6);
        Assert.Equal(
            (areas[0] + (3 * areas[1])) / 4,
            Logs(Logits, Labels, Metrics.AUC(
                multiLabel: true, numLabels: 2, labelWeights: [1, 3], fromLogits: true))["auc"],
            6);
    }

    [Fact]
    public void ThresholdsOfACurve_AreItsPoints()
    {
        // Between 0 and 1 there is one point, at which a half of what is yes and a half of what is no is found.
        Assert.Equal(0.5, Logs(Chances, Answers, Metrics.AUC(thresholds: [0.5]))["auc"], 5);
        Assert.Equal(0.75, Logs(Chances, Answers, Metrics.AUC(thresholds: [0.3, 0.5, 0.8]))["auc"], 5);
    }

    [Fact]
    public void LabelsThatDoNotFitThePredictions_AreRefused()
    {
        void Says(string text, Metric metric) => Assert.Contains(
            text,
            Assert.Throws<ArgumentException>(() => Logs(Logits, Labels, metric)).Message,
            StringComparison.Ordinal);

        Says("label_weights has 3", Metrics.AUC(multiLabel: true, labelWeights: [1, 1, 1]));
        Says("num_labels is 5", Metrics.AUC(multiLabel: true, numLabels: 5));
        Says("class_id is 2, but there are 2 classes", Metrics.Recall(classId: 2));
    }

    [Fact]
    public void ArgumentsThatNoMetricCanHave_AreRefusedWhenItIsMade()
    {
        static void Says(string text, Func<Metric> make) => Assert.Contains(
            text, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);

        Says("thresholds must be from 0 to 1, but one is 1.5", () => Metrics.Precision([0.5, 1.5]));
        Says("thresholds must be a number, but is NaN", () => Metrics.TruePositives(double.NaN));
        Says("thresholds must be at least one number", () => Metrics.Recall(thresholds: []));
        Says("top_k must be at least 1, but is 0", () => Metrics.Precision(topK: 0));
        Says("class_id must be 0 or more, but is -1", () => Metrics.Recall(classId: -1));
        Says("num_thresholds must be from 2 to 100000, but is 1", () => Metrics.AUC(numThresholds: 1));
        Says("but is 2147483647", () => Metrics.SensitivityAtSpecificity(0.5, numThresholds: int.MaxValue));
        Says("specificity must be from 0 to 1, but is 1.5", () => Metrics.SensitivityAtSpecificity(1.5));
        Says("num_labels needs multi_label", () => Metrics.AUC(numLabels: 2));
        Says("label_weights has 1 numbers, but num_labels is 2", () => Metrics.AUC(
            multiLabel: true, numLabels: 2, labelWeights: [1]));
        Says("label_weights must be 0 or more", () => Metrics.AUC(multiLabel: true, labelWeights: [1, -1]));
        Says("Unknown curve", () => Metrics.AUC(curve: "RCO"));
        Says("Unknown summation method", () => Metrics.AUC(summationMethod: "middle"));
    }

    [Theory]
    [InlineData("sparse_categorical_accuracy")]
    [InlineData("sparse_top_k_categorical_accuracy")]
    [InlineData("accuracy")]
    [InlineData("acc")]
    public void ClassNumbers_AreTargets_OfMetricsWithoutALoss(string metric)
    {
        float[,] scores = { { 3, 1, 0 }, { 0, 2, 1 }, { 1, 5, 0 }, { 0, 1, 2 } };
        var expected = metric.Contains("top", StringComparison.Ordinal) ? 1.0 : 0.75;
        Assert.Equal(expected, Evaluate(new[] { 0, 1, 2, 2 })[metric], 6);
        Assert.Equal(expected, Evaluate(new[,] { { 0 }, { 1 }, { 2 }, { 2 } })[metric], 6);

        IReadOnlyDictionary<string, double> Evaluate(Tensor classes)
        {
            var x = Input(3);
            var model = new Model(x, Activation("linear")(x));
            model.Compile(metrics: metric);
            return model.Evaluate(scores, classes, verbose: 0).ToDictionary();
        }
    }

    private static IReadOnlyDictionary<string, double> Logs(float[,] predictions, float[,] targets, params Metric[] metrics)
    {
        var x = Input(predictions.GetLength(1));
        var model = new Model(x, Activation("linear")(x));
        model.Compile("sgd", "mse", metrics: [.. metrics.Select(metric => MetricList.Create(metric))]);
        return model.Evaluate(predictions, targets, batchSize: 3, verbose: 0).ToDictionary();
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 2e-5;

    private static float[,] Map(float[,] values, Func<float, float> f)
    {
        var result = (float[,])values.Clone();
        for (var i = 0; i < values.GetLength(0); i++)
        {
            for (var j = 0; j < values.GetLength(1); j++)
                result[i, j] = f(values[i, j]);
        }

        return result;
    }

    private static float[,] Column(float[,] values, int column)
    {
        var result = new float[values.GetLength(0), 1];
        for (var i = 0; i < result.Length; i++)
            result[i, 0] = values[i, column];
        return result;
    }
}
