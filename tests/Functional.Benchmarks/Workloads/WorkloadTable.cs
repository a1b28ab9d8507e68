using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>The workloads whose layers exist.</summary>
internal static class WorkloadTable
{
    public static Workload[] All { get; } =
    [
        new("W1", 17, 4, 1, false, Xor),
        new("W2", 5_569, 32, 3, false, SmallPerceptron),
        new("W3", 669_706, 128, 3, false, () => (Compiled(DigitModel()), RandomData.Uniform(12_800, 784), RandomData.Classes(12_800, 10))),
        new("W4", 25_175_040, 256, 1, false, WidePerceptron),
        new("W5", 1_199_882, 128, 2, false, ConvolutionalWorkloads.Digits),
        new("W6a", 601, 32, 1, false, RecurrentWorkloads.SmallLstm),
        new("W6b", 100_106, 64, 1, false, RecurrentWorkloads.LargeLstm),
        new("W7", 322_113, 32, 1, false, RecurrentWorkloads.Reviews),
        new("W8", 11_813, 32, 1, false, TwoInputs),
        new("W9a", 669_706, 1, 2_000, true, () => (DigitModel(), RandomData.Uniform(1, 784), RandomData.Classes(1, 10))),
        new("W9b", 669_706, 1_024, 100, true, () => (DigitModel(), RandomData.Uniform(1_024, 784), RandomData.Classes(1_024, 10))),
        new("W10", 199_562, 32, 1, false, AttentionWorkloads.TransformerBlock),
    ];

    /// <summary>The workloads that the options name, "W9" for W9a and W9b; all, when they name none.</summary>
    public static IEnumerable<Workload> Chosen(string[] options) =>
        CommandLine.Value(options, CommandLine.Only)?.Split(',') is { } only
            ? All.Where(workload => only.Contains(workload.Name) || only.Contains(workload.Name.TrimEnd('a', 'b')))
            : All;

    private static (Model Model, Tensors X, Tensors Y) Xor()
    {
        // The whole table is one batch; 5,000 copies of it make one pass over the data 5,000 steps.
        const int Steps = 5_000;
        var x = new float[4 * Steps, 2];
        var y = new float[4 * Steps, 1];
        for (var row = 0; row < 4 * Steps; row++)
        {
            (x[row, 0], x[row, 1]) = ((row >> 1) & 1, row & 1);
            y[row, 0] = (int)x[row, 0] ^ (int)x[row, 1];
        }

        var input = Input(shape: [2]);
        var model = new Model(input, input.Dense(4, "tanh").Dense(1, "sigmoid"));
        model.Compile(optimizer: Optimizers.SGD(0.5), loss: "binary_crossentropy");
        return (model, x, y);
    }

    private static (Model Model, Tensors X, Tensors Y) SmallPerceptron()
    {
        var input = Input(shape: [20]);
        var model = new Model(input, input.Dense(64, "relu").Dense(64, "relu").Dense(1));
        model.Compile(optimizer: Adam(), loss: "mse");
        return (model, RandomData.Normal(10_000, 20), RandomData.Normal(10_000, 1));
    }

    private static (Model Model, Tensors X, Tensors Y) WidePerceptron()
    {
        var input = Input(shape: [1024]);
        var model = new Model(input, input.Dense(4096, "relu").Dense(4096, "relu").Dense(1024));
        model.Compile(optimizer: Optimizers.SGD(0.01), loss: "mse");
        return (model, RandomData.Normal(5_120, 1024), RandomData.Normal(5_120, 1024));
    }

    private static (Model Model, Tensors X, Tensors Y) TwoInputs()
    {
        var inputA = Input(shape: [64]);
        var inputB = Input(shape: [128]);
        var a = inputA.Dense(16, "relu").Dense(8, "relu");
        var b = inputB.Dense(64, "relu").Dense(32, "relu").Dense(8, "relu");
        var output = Concatenate()(a, b) | Dense(2, "relu") | Dense(1);
        var model = new Model(inputs: [inputA, inputB], outputs: output);
        model.Compile(optimizer: Adam(), loss: "mse");
        return (model, [RandomData.Normal(9_600, 64), RandomData.Normal(9_600, 128)], RandomData.Normal(9_600, 1));
    }

    private static Model DigitModel()
    {
        var input = Input(shape: [784]);
        return new Model(input, input.Dense(512, "relu").Dense(512, "relu").Dense(10, "softmax"));
    }

    private static Model Compiled(Model model)
    {
        model.Compile(optimizer: Adam(), loss: "sparse_categorical_crossentropy");
        return model;
    }

    private static Optimizer Adam() => Optimizers.Adam(learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7);
}
