using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>Workloads that are mostly loops over time.</summary>
internal static class RecurrentWorkloads
{
    /// <summary>A small LSTM over 50 steps of one number, 100 steps of training a pass.</summary>
    public static Model SmallLstm()
    {
        var input = Input(shape: [50, 1]);
        return new Model(input, input.LSTM(10).Dense(10, "relu").Dense(1, "sigmoid"));
    }

    /// <summary>A large LSTM over 100 steps of 64 numbers, 20 steps of training a pass.</summary>
    public static Model LargeLstm()
    {
        var input = Input(shape: [100, 64]);
        return new Model(input, input.LSTM(128).Dense(10, "softmax"));
    }

    /// <summary>Reviews of 200 words: vectors of words and a simple recurrent layer, 100 steps of training a pass.</summary>
    public static Model Reviews()
    {
        var input = Input(shape: [200], dtype: "int32");
        return new Model(input, input.Embedding(10_000, 32).SimpleRNN(32).Dense(1, "sigmoid"));
    }
}
