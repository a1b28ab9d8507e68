using System.Text.Json.Nodes;

namespace Functional.Keras;

/// <summary>
/// Layer calls with Keras's call arguments: <c>Dropout(0.5).Call(x, training: true)</c>,
/// <c>MultiHeadAttention(2, 16).Attend(query, value, useCausalMask: true)</c>.
/// </summary>
public static class LayerCalls
{
    /// <summary>Calls a layer with a mode of its own, or with a mask in place of the one that comes with the
    /// input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The tensors.</param>
    /// <param name="training">Whether this call behaves as in training, whatever the model does; null leaves it to the
    /// model. A call with false keeps a frozen model's statistics as they are: <c>baseModel.Call(x, training: false)</c>.
    /// Files keep false for BatchNormalization and models; of other layers Keras's files do not tell it from the
    /// default.</param>
    /// <param name="mask">Which time steps of the first tensor count (Bool); null takes the mask that comes with
    /// it.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit, or the layer's call takes no such argument.</exception>
    public static SymbolicTensor Call(
        this Layer layer, SymbolicTensors inputs, bool? training = null, SymbolicTensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return LayerInstance.Of(layer).CallWith([.. inputs], [("mask", mask)], Values(("training", training)));
    }

    /// <summary>Calls an attention layer: every step of the query takes from the steps of the value what fits
    /// it.</summary>
    /// <param name="layer">Attention, AdditiveAttention, MultiHeadAttention or GroupQueryAttention.</param>
    /// <param name="query">What looks, (batch, queries, features).</param>
    /// <param name="value">What is taken from, (batch, keys, features).</param>
    /// <param name="key">What the query is compared with, (batch, keys, features); null is the value.</param>
    /// <param name="queryMask">Which steps of the query count (Bool); null takes the mask that comes with it.</param>
    /// <param name="valueMask">Which steps of the value count (Bool); null takes the mask that comes with it.</param>
    /// <param name="keyMask">Which steps of the key count (Bool), of a key that is given.</param>
    /// <param name="attentionMask">Which step of the query may look at which step of the key, (batch, queries, keys),
    /// for MultiHeadAttention and GroupQueryAttention.</param>
    /// <param name="returnAttentionScores">Whether the scores are a second result:
    /// <c>var (y, scores) = attention.Attend(x, x, returnAttentionScores: true);</c></param>
    /// <param name="useCausalMask">Whether steps look at earlier steps and their own only.</param>
    /// <param name="training">Whether this call behaves as in training; null leaves it to the model.</param>
    /// <returns>The result, (batch, queries, features); the scores are its sibling.</returns>
    /// <exception cref="ArgumentException">The inputs do not fit, or the layer's call takes no such argument.</exception>
    public static SymbolicTensor Attend(
        this Layer layer,
        SymbolicTensor query,
        SymbolicTensor value,
        SymbolicTensor? key = null,
        SymbolicTensor? queryMask = null,
        SymbolicTensor? valueMask = null,
        SymbolicTensor? keyMask = null,
        SymbolicTensor? attentionMask = null,
        bool returnAttentionScores = false,
        bool useCausalMask = false,
        bool? training = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(value);
        var instance = LayerInstance.Of(layer);
        var hasHeads = instance.ClassName is "MultiHeadAttention" or "GroupQueryAttention";
        if (!hasHeads && instance.ClassName is not ("Attention" or "AdditiveAttention"))
        {
            throw new ArgumentException(
                $"Layer '{instance.Name}' ({instance.ClassName}) is no attention layer: call it on its inputs.", nameof(layer));
        }

        if (attentionMask is not null && !hasHeads)
        {
            throw new ArgumentException(
                $"Layer '{instance.Name}' ({instance.ClassName}): its call takes no argument 'attention_mask'.",
                nameof(attentionMask));
        }

        if (keyMask is not null && key is null)
        {
            throw new ArgumentException(
                $"Layer '{instance.Name}' ({instance.ClassName}): a mask of the key is given, but no key.", nameof(keyMask));
        }

        return instance.CallWith(
            key is null ? [query, value] : [query, value, key],
            [
                ("attention_mask", attentionMask),
                ("query_mask", queryMask),
                ("value_mask", valueMask),
                ("key_mask", keyMask),
            ],
            Values(
                ("return_attention_scores", returnAttentionScores ? true : null),
                ("use_causal_mask", useCausalMask ? true : null),
                ("training", training)));
    }

    private static JsonObject Values(params ReadOnlySpan<(string Name, bool? Value)> values)
    {
        var given = new JsonObject();
        foreach (var (name, value) in values)
        {
            if (value is { } flag)
                given[name] = flag;
        }

        return given;
    }
}
