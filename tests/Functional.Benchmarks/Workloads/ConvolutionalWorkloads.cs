using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>Workloads that are mostly convolution.</summary>
internal static class ConvolutionalWorkloads
{
    /// <summary>Two convolutions, a pool and two dense layers on images of 28 x 28 pixels, 10 steps a pass.</summary>
    public static Model Digits()
    {
        var input = Input(shape: [28, 28, 1]);
        var output = input
            .Conv2D(32, 3, activation: "relu")
            .Conv2D(64, 3, activation: "relu")
            .MaxPooling2D(2)
            .Flatten()
            .Dense(128, "relu")
            .Dense(10, "softmax");
        return new Model(input, output);
    }
}
