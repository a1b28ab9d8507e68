using Functional.Benchmarks.Workloads;
using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Models;

/// <summary>Models of many layers: what compilation has to be quick with.</summary>
internal static class LargeModels
{
    private const string Sparse = "sparse_categorical_crossentropy";

    /// <summary>All models, with the least data that a step can have.</summary>
    public static Workload[] All { get; } =
    [
        Perceptron(100),
        ResNet18(),
        MobileNetV2(),
        Encoder(blocks: 4),
        LstmStack(),
        UNet(),
        ManyClasses(),
    ];

    /// <summary>A chain of dense layers of 16 units.</summary>
    public static Workload Perceptron(int layers)
    {
        const int Width = 16;
        const int Rows = 8;
        return new($"chain{layers}", layers * (Width + 1) * Width, Rows, 1, Training.WithAdam("mse"), Create,
            () => (RandomData.Normal(Rows, Width), RandomData.Normal(Rows, Width)));

        Model Create()
        {
            var input = Input(shape: [Width]);
            var x = input;
            for (var layer = 0; layer < layers; layer++)
                x = x.Dense(Width, "relu");
            return new Model(input, x);
        }
    }

    /// <summary>The residual network of 18 layers for images of 32 x 32 (He et al. 2016, with the stem for small images).</summary>
    public static Workload ResNet18()
    {
        const int Rows = 8;
        return new("resnet18", 11_183_562, Rows, 1, Training.WithSgd(0.1, Sparse), Create,
            () => (RandomData.UniformImages(Rows, 32, 32, 3), RandomData.Classes(Rows, 10)));

        static SymbolicTensor Normalized(SymbolicTensor x, int filters, int strides, int kernelSize = 3) =>
            x.Conv2D(filters, kernelSize, strides, padding: "same", useBias: false).BatchNormalization();

        static SymbolicTensor Block(SymbolicTensor x, int filters, int strides)
        {
            var shortcut = strides == 1 ? x : Normalized(x, filters, strides, kernelSize: 1);
            var y = Normalized(Normalized(x, filters, strides).Activation("relu"), filters, 1);
            return (y + shortcut).Activation("relu");
        }

        static Model Create()
        {
            var input = Input(shape: [32, 32, 3]);
            var x = Normalized(input, 64, 1).Activation("relu");
            foreach (var (filters, strides) in new[] { (64, 1), (128, 2), (256, 2), (512, 2) })
                x = Block(Block(x, filters, strides), filters, 1);
            return new Model(input, x.GlobalAveragePooling2D().Dense(10, "softmax"));
        }
    }

    /// <summary>Inverted residuals with depthwise convolutions, for images of 32 x 32 (Sandler et al. 2018).</summary>
    public static Workload MobileNetV2()
    {
        const int Rows = 8;
        return new("mobilenetv2", 2_270_794, Rows, 1, Training.WithSgd(0.1, Sparse), Create,
            () => (RandomData.UniformImages(Rows, 32, 32, 3), RandomData.Classes(Rows, 10)));

        static SymbolicTensor Block(SymbolicTensor x, int expansion, int filters, int strides)
        {
            var channels = x.Shape[^1]!.Value;
            var y = x;
            if (expansion > 1)
                y = y.Conv2D(expansion * channels, 1, useBias: false).BatchNormalization().Activation("relu6");
            y = y.DepthwiseConv2D(3, strides, padding: "same", useBias: false).BatchNormalization().Activation("relu6");
            y = y.Conv2D(filters, 1, useBias: false).BatchNormalization();
            return strides == 1 && channels == filters ? x + y : y;
        }

        static Model Create()
        {
            var input = Input(shape: [32, 32, 3]);
            var x = input.Conv2D(32, 3, padding: "same", useBias: false).BatchNormalization().Activation("relu6");
            (int Expansion, int Filters, int Count, int Strides)[] stages =
                [(1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];
            foreach (var stage in stages)
            {
                for (var index = 0; index < stage.Count; index++)
                    x = Block(x, stage.Expansion, stage.Filters, index == 0 ? stage.Strides : 1);
            }

            x = x.Conv2D(1280, 1, useBias: false).BatchNormalization().Activation("relu6");
            return new Model(input, x.GlobalAveragePooling2D().Dense(10, "softmax"));
        }
    }

    /// <summary>Transformer blocks of 4 heads on 128 steps of 256 features.</summary>
    public static Workload Encoder(int blocks)
    {
        const int Steps = 128;
        const int Width = 256;
        const int Rows = 2;
        return new($"encoder{blocks}", blocks * 789_760L + 2_570, Rows, 1, Training.WithAdam(Sparse), Create,
            () => (RandomData.NormalSequences(Rows, Steps, Width), RandomData.Classes(Rows, 10)));

        Model Create()
        {
            var input = Input(shape: [Steps, Width]);
            var x = input;
            for (var block = 0; block < blocks; block++)
            {
                var attended = MultiHeadAttention(numHeads: 4, keyDim: Width / 4).Attend(x, x);
                x = LayerNormalization()(x + attended);
                x = LayerNormalization()(x + x.Dense(4 * Width, "gelu").Dense(Width));
            }

            return new Model(input, x.GlobalAveragePooling1D().Dense(10, "softmax"));
        }
    }

    /// <summary>Two LSTM layers of 256 units over 100 steps.</summary>
    public static Workload LstmStack()
    {
        const int Steps = 100;
        const int Width = 64;
        const int Rows = 32;
        return new("lstm", 856_586, Rows, 1, Training.WithAdam(Sparse), Create,
            () => (RandomData.NormalSequences(Rows, Steps, Width), RandomData.Classes(Rows, 10)));

        static Model Create()
        {
            var input = Input(shape: [Steps, Width]);
            return new Model(input, input.LSTM(256, returnSequences: true).LSTM(256).Dense(10, "softmax"));
        }
    }

    /// <summary>An encoder and a decoder for images of 64 x 64 with skips between equal sizes (Ronneberger et al. 2015).</summary>
    public static Workload UNet()
    {
        const int Rows = 2;
        return new("unet", 1_925_601, Rows, 1, Training.WithAdam("binary_crossentropy"), Create,
            () => (RandomData.UniformImages(Rows, 64, 64, 3), RandomData.UniformImages(Rows, 64, 64, 1)));

        static SymbolicTensor Twice(SymbolicTensor x, int filters) =>
            x.Conv2D(filters, 3, padding: "same", activation: "relu").Conv2D(filters, 3, padding: "same", activation: "relu");

        static Model Create()
        {
            var input = Input(shape: [64, 64, 3]);
            var skips = new Stack<SymbolicTensor>();
            var x = input;
            foreach (var filters in new[] { 32, 64, 128 })
            {
                skips.Push(Twice(x, filters));
                x = skips.Peek().MaxPooling2D(2);
            }

            x = Twice(x, 256);
            foreach (var filters in new[] { 128, 64, 32 })
                x = Twice(Concatenate()(x.Conv2DTranspose(filters, 2, strides: 2), skips.Pop()), filters);
            return new Model(input, x.Conv2D(1, 1, activation: "sigmoid"));
        }
    }

    /// <summary>A softmax over 50,000 classes.</summary>
    public static Workload ManyClasses()
    {
        const int Rows = 32;
        return new("classes50000", 6_466_512, Rows, 1, Training.WithAdam(Sparse), Create,
            () => (RandomData.Normal(Rows, 128), RandomData.Classes(Rows, 50_000)));

        static Model Create()
        {
            var input = Input(shape: [128]);
            return new Model(input, input.Dense(128, "relu").Dense(50_000, "softmax"));
        }
    }
}
