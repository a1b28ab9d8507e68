using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>Workloads that are mostly attention.</summary>
internal static class AttentionWorkloads
{
    private const int Steps = 64;
    private const int Width = 128;

    /// <summary>A transformer block on 64 steps of 128 features, normalized after each sum, 30 steps a pass.</summary>
    public static Model TransformerBlock()
    {
        var input = Input(shape: [Steps, Width]);
        var attended = MultiHeadAttention(numHeads: 4, keyDim: 32).Attend(input, input);
        var x = LayerNormalization(epsilon: 1e-5)(input + attended);
        x = LayerNormalization(epsilon: 1e-5)(x + x.Dense(512, "relu").Dense(Width));
        var output = x.GlobalAveragePooling1D().Dense(10, "softmax");
        return new Model(input, output);
    }
}
