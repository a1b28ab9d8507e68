namespace Functional.Keras;

/// <content>Attention.</content>
public static partial class Layers
{
    /// <summary>Luong's attention: <c>softmax(scores) · value</c> with scores of query and key.</summary>
    /// <param name="useScale">Whether scores are multiplied by a learned number.</param>
    /// <param name="scoreMode">"dot" (query times key) or "concat" (a learned number times the sum of tanh(query +
    /// key)).</param>
    /// <param name="dropout">The probability that a weight is dropped in training.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: query (batch, queries, features) and value (batch, keys, features), a key if wanted, to
    /// (batch, queries, features). Call it on [query, value] or [query, value, key], or with <see
    /// cref="LayerCalls.Attend"/>, which takes masks too. Source: keras/src/layers/attention/attention.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer Attention(
        bool useScale = false,
        string scoreMode = "dot",
        double dropout = 0.0,
        string? name = null) =>
        LayerInstance.Create(
            "Attention",
            name,
            new()
            {
                ["use_scale"] = useScale,
                ["score_mode"] = scoreMode,
                ["dropout"] = dropout,
            });

    /// <summary>Bahdanau's attention: scores are sums of <c>scale * tanh(query + key)</c>.</summary>
    /// <param name="useScale">Whether features are weighted by learned numbers.</param>
    /// <param name="dropout">The probability that a weight is dropped in training.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: query (batch, queries, features) and value (batch, keys, features), a key if wanted, to
    /// (batch, queries, features). Call it on [query, value] or [query, value, key], or with <see
    /// cref="LayerCalls.Attend"/>, which takes masks too. Source:
    /// keras/src/layers/attention/additive_attention.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer AdditiveAttention(
        bool useScale = true,
        double dropout = 0.0,
        string? name = null) =>
        LayerInstance.Create(
            "AdditiveAttention",
            name,
            new()
            {
                ["use_scale"] = useScale,
                ["dropout"] = dropout,
            });

    /// <summary>Scaled dot-product attention of several heads, each with projections of its own (Vaswani et al.
    /// 2017).</summary>
    /// <param name="numHeads">The number of heads.</param>
    /// <param name="keyDim">The features of a head's query and key.</param>
    /// <param name="valueDim">The features of a head's value; null is keyDim.</param>
    /// <param name="dropout">The probability that a weight is dropped in training.</param>
    /// <param name="useBias">Whether projections have biases.</param>
    /// <param name="outputShape">The features of the result; null is those of the query.</param>
    /// <param name="attentionAxes">The axes that are looked along; null is all but the batch, the heads and the
    /// features.</param>
    /// <param name="kernelInitializer">How kernels begin; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How biases begin; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on kernels.</param>
    /// <param name="biasRegularizer">A penalty on biases.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of kernels after every update.</param>
    /// <param name="biasConstraint">A projection of biases after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: query (batch, queries, features) and value (batch, keys, features), a key if wanted, to
    /// (batch, queries, features). Call it on [query, value] or [query, value, key], or with <see
    /// cref="LayerCalls.Attend"/>, which takes masks too. Source:
    /// keras/src/layers/attention/multi_head_attention.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer MultiHeadAttention(
        int numHeads,
        int keyDim,
        int? valueDim = null,
        double dropout = 0.0,
        bool useBias = true,
        Axes? outputShape = null,
        Axes? attentionAxes = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null) =>
        LayerInstance.Create(
            "MultiHeadAttention",
            name,
            new()
            {
                ["num_heads"] = numHeads,
                ["key_dim"] = keyDim,
                ["value_dim"] = valueDim,
                ["dropout"] = dropout,
                ["use_bias"] = useBias,
                ["output_shape"] = outputShape?.Json,
                ["attention_axes"] = attentionAxes?.Json,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            });

    /// <summary>Attention whose query heads share heads of key and value in groups (Ainslie et al. 2023).</summary>
    /// <param name="headDim">The features of a head.</param>
    /// <param name="numQueryHeads">The number of heads of the query.</param>
    /// <param name="numKeyValueHeads">The number of heads of key and value, which groups of query heads share.</param>
    /// <param name="dropout">The probability that a weight is dropped in training.</param>
    /// <param name="useBias">Whether projections have biases.</param>
    /// <param name="kernelInitializer">How kernels begin; null is glorot_uniform.</param>
    /// <param name="biasInitializer">How biases begin; null is zeros.</param>
    /// <param name="kernelRegularizer">A penalty on kernels.</param>
    /// <param name="biasRegularizer">A penalty on biases.</param>
    /// <param name="activityRegularizer">A penalty on the result.</param>
    /// <param name="kernelConstraint">A projection of kernels after every update.</param>
    /// <param name="biasConstraint">A projection of biases after every update.</param>
    /// <param name="name">A name; null lets the model choose one.</param>
    /// <remarks><i>Shapes</i>: query (batch, queries, features) and value (batch, keys, features), a key if wanted, to
    /// (batch, queries, features). Call it on [query, value] or [query, value, key], or with <see
    /// cref="LayerCalls.Attend"/>, which takes masks too. Source:
    /// keras/src/layers/attention/grouped_query_attention.py.</remarks>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">An argument does not fit; the message says which.</exception>
    public static Layer GroupQueryAttention(
        int headDim,
        int numQueryHeads,
        int numKeyValueHeads,
        double dropout = 0.0,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null) =>
        LayerInstance.Create(
            "GroupQueryAttention",
            name,
            new()
            {
                ["head_dim"] = headDim,
                ["num_query_heads"] = numQueryHeads,
                ["num_key_value_heads"] = numKeyValueHeads,
                ["dropout"] = dropout,
                ["use_bias"] = useBias,
                ["kernel_initializer"] = Or(kernelInitializer, "glorot_uniform"),
                ["bias_initializer"] = Or(biasInitializer, "zeros"),
                ["kernel_regularizer"] = kernelRegularizer?.Json,
                ["bias_regularizer"] = biasRegularizer?.Json,
                ["activity_regularizer"] = activityRegularizer?.Json,
                ["kernel_constraint"] = kernelConstraint?.Json,
                ["bias_constraint"] = biasConstraint?.Json,
            });
}
