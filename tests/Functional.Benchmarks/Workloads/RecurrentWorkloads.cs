using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>Workloads that are mostly loops over time.</summary>
internal static class RecurrentWorkloads
{
    /// <summary>A small LSTM over 50 steps of one number, 100 steps of training a pass.</summary>
    public static (Model Model, Tensors X, Tensors Y) SmallLstm()
    {
        var input = Input(shape: [50, 1]);
        var model = new Model(input, input.LSTM(10).Dense(10, "relu").Dense(1, "sigmoid"));
        model.Compile(optimizer: Optimizers.Adam(0.001, 0.9, 0.999, 1e-7), loss: "binary_crossentropy");
        return (model, RandomData.NormalSequences(3_200, 50, 1), RandomData.Bits(3_200));
    }

    /// <summary>A large LSTM over 100 steps of 64 numbers, 20 steps of training a pass.</summary>
    public static (Model Model, Tensors X, Tensors Y) LargeLstm()
    {
        var input = Input(shape: [100, 64]);
        var model = new Model(input, input.LSTM(128).Dense(10, "softmax"));
        model.Compile(optimizer: Optimizers.Adam(0.001, 0.9, 0.999, 1e-7), loss: "sparse_categorical_crossentropy");
        return (model, RandomData.NormalSequences(1_280, 100, 64), RandomData.Classes(1_280, 10));
    }

    /// <summary>Reviews of 200 words: vectors of words and a simple recurrent layer, 100 steps of training a pass.</summary>
    public static (Model Model, Tensors X, Tensors Y) Reviews()
    {
        var input = Input(shape: [200], dtype: "int32");
        var model = new Model(input, input.Embedding(10_000, 32).SimpleRNN(32).Dense(1, "sigmoid"));
        model.Compile(optimizer: Optimizers.RMSprop(0.001, rho: 0.9, epsilon: 1e-7), loss: "binary_crossentropy");
        return (model, RandomData.Tokens(3_200, 200, 10_000), RandomData.Bits(3_200));
    }
}
