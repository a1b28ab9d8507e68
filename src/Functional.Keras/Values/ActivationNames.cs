namespace Functional.Keras;

/// <content>The activations by name.</content>
public sealed partial class Activation
{
    /// <summary>x itself.</summary>
    public static Activation Linear => FromName("linear");

    /// <summary>max(0, x).</summary>
    public static Activation Relu => FromName("relu");

    /// <summary>min(max(0, x), 6).</summary>
    public static Activation Relu6 => FromName("relu6");

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid => FromName("sigmoid");

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh => FromName("tanh");

    /// <summary>exp(x) / sum(exp(x)) over the last axis: probabilities of classes.</summary>
    public static Activation Softmax => FromName("softmax");

    /// <summary>The logarithm of softmax.</summary>
    public static Activation LogSoftmax => FromName("log_softmax");

    /// <summary>log(exp(x) + 1).</summary>
    public static Activation Softplus => FromName("softplus");

    /// <summary>x / (|x| + 1).</summary>
    public static Activation Softsign => FromName("softsign");

    /// <summary>x * sigmoid(x), also called swish.</summary>
    public static Activation Silu => FromName("silu");

    /// <summary>x * sigmoid(x), also called silu.</summary>
    public static Activation Swish => FromName("swish");

    /// <summary>x times the probability that a standard normal number is below x.</summary>
    public static Activation Gelu => FromName("gelu");

    /// <summary>x above zero, exp(x) - 1 below.</summary>
    public static Activation Elu => FromName("elu");

    /// <summary>A scaled elu that keeps mean and variance (Klambauer et al. 2017).</summary>
    public static Activation Selu => FromName("selu");

    /// <summary>exp(x).</summary>
    public static Activation Exponential => FromName("exponential");

    /// <summary>A sigmoid of straight lines.</summary>
    public static Activation HardSigmoid => FromName("hard_sigmoid");

    /// <summary>x * hard_sigmoid(x), also called hard_swish.</summary>
    public static Activation HardSilu => FromName("hard_silu");

    /// <summary>x * tanh(softplus(x)).</summary>
    public static Activation Mish => FromName("mish");

    /// <summary>1 above zero, 0 elsewhere: the textbooks' threshold unit.</summary>
    public static Activation Step => FromName("step");

    /// <summary>max(0, x) with a slope below zero, a limit above and a threshold.</summary>
    /// <param name="negativeSlope">The slope below the threshold.</param>
    /// <param name="maxValue">The limit; null is none.</param>
    /// <param name="threshold">Where it begins.</param>
    /// <returns>The activation.</returns>
    public static Activation ReluWith(double negativeSlope = 0.0, double? maxValue = null, double threshold = 0.0) =>
        new("relu", new() { ["negative_slope"] = negativeSlope, ["max_value"] = maxValue, ["threshold"] = threshold });

    /// <summary>x above zero, a small slope below.</summary>
    /// <param name="negativeSlope">The slope below zero.</param>
    /// <returns>The activation.</returns>
    public static Activation LeakyRelu(double negativeSlope = 0.2) =>
        new("leaky_relu", new() { ["negative_slope"] = negativeSlope });

    /// <summary>x above zero, alpha * (exp(x) - 1) below.</summary>
    /// <param name="alpha">The factor below zero.</param>
    /// <returns>The activation.</returns>
    public static Activation EluWith(double alpha) => new("elu", new() { ["alpha"] = alpha });

    /// <summary>Softmax over another axis than the last.</summary>
    /// <param name="axis">The axis of classes.</param>
    /// <returns>The activation.</returns>
    public static Activation SoftmaxOver(int axis) => new("softmax", new() { ["axis"] = axis });

    /// <summary>The largest of neighbouring units (Goodfellow et al. 2013).</summary>
    /// <param name="pieces">How many units each result is the largest of.</param>
    /// <returns>The activation.</returns>
    public static Activation Maxout(int pieces = 2) => new("maxout", new() { ["pieces"] = pieces });
}
