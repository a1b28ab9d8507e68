using Functional.Keras;
using static Functional.Keras.Layers;

namespace Functional.Benchmarks.Workloads;

/// <summary>The workloads whose layers exist.</summary>
internal static class WorkloadTable
{
    private const string Sparse = "sparse_categorical_crossentropy";

    public static Workload[] All { get; } =
    [
        new("W1", 17, 4, 1, Training.WithSgd(0.5, "binary_crossentropy"), Xor, XorData),
        new("W2", 5_569, 32, 3, Training.WithAdam("mse"), SmallPerceptron,
            () => (RandomData.Normal(10_000, 20), RandomData.Normal(10_000, 1))),
        new("W3", 669_706, 128, 3, Training.WithAdam(Sparse), Digits,
            () => (RandomData.Uniform(12_800, 784), RandomData.Classes(12_800, 10))),
        new("W4", 25_175_040, 256, 1, Training.WithSgd(0.01, "mse"), WidePerceptron,
            () => (RandomData.Normal(5_120, 1024), RandomData.Normal(5_120, 1024))),
        new("W5", 1_199_882, 128, 2, Training.WithAdam(Sparse), ConvolutionalWorkloads.Digits,
            () => (RandomData.UniformImages(1_280, 28, 28, 1), RandomData.Classes(1_280, 10))),
        new("W6a", 601, 32, 1, Training.WithAdam("binary_crossentropy"), RecurrentWorkloads.SmallLstm,
            () => (RandomData.NormalSequences(3_200, 50, 1), RandomData.Bits(3_200))),
        new("W6b", 100_106, 64, 1, Training.WithAdam(Sparse), RecurrentWorkloads.LargeLstm,
            () => (RandomData.NormalSequences(1_280, 100, 64), RandomData.Classes(1_280, 10))),
        new("W7", 322_113, 32, 1, Training.WithRmsProp("binary_crossentropy"), RecurrentWorkloads.Reviews,
            () => (RandomData.Tokens(3_200, 200, 10_000), RandomData.Bits(3_200))),
        new("W8", 11_813, 32, 1, Training.WithAdam("mse"), TwoInputs,
            () => ([RandomData.Normal(9_600, 64), RandomData.Normal(9_600, 128)], RandomData.Normal(9_600, 1))),
        new("W9a", 669_706, 1, 2_000, null, Digits, () => (RandomData.Uniform(1, 784), RandomData.Classes(1, 10))),
        new("W9b", 669_706, 1_024, 100, null, Digits, () => (RandomData.Uniform(1_024, 784), RandomData.Classes(1_024, 10))),
        new("W10", 199_562, 32, 1, Training.WithAdam(Sparse), AttentionWorkloads.TransformerBlock,
            () => (RandomData.NormalSequences(960, 64, 128), RandomData.Classes(960, 10))),
    ];

    /// <summary>The workloads that the options name, "W9" for W9a and W9b; all, when they name none.</summary>
    /// <exception cref="ArgumentException">A name is that of no workload.</exception>
    public static IEnumerable<Workload> Chosen(string[] options)
    {
        if (CommandLine.Value(options, CommandLine.Only)?.Split(',') is not { } only)
            return All;
        static bool IsNamed(Workload workload, string name) => workload.Name == name || workload.Name.TrimEnd('a', 'b') == name;
        return only.FirstOrDefault(name => !All.Any(workload => IsNamed(workload, name))) is { } unknown
            ? throw new ArgumentException(
                $"There is no workload '{unknown}', but {string.Join(", ", All.Select(workload => workload.Name))}.")
            : All.Where(workload => only.Any(name => IsNamed(workload, name)));
    }

    private static Model Xor()
    {
        var input = Input(shape: [2]);
        return new Model(input, input.Dense(4, "tanh").Dense(1, "sigmoid"));
    }

    private static (Tensors X, Tensors Y) XorData()
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

        return (x, y);
    }

    private static Model SmallPerceptron()
    {
        var input = Input(shape: [20]);
        return new Model(input, input.Dense(64, "relu").Dense(64, "relu").Dense(1));
    }

    private static Model WidePerceptron()
    {
        var input = Input(shape: [1024]);
        return new Model(input, input.Dense(4096, "relu").Dense(4096, "relu").Dense(1024));
    }

    private static Model TwoInputs()
    {
        var inputA = Input(shape: [64]);
        var inputB = Input(shape: [128]);
        var a = inputA.Dense(16, "relu").Dense(8, "relu");
        var b = inputB.Dense(64, "relu").Dense(32, "relu").Dense(8, "relu");
        var output = Concatenate()(a, b) | Dense(2, "relu") | Dense(1);
        return new Model(inputs: [inputA, inputB], outputs: output);
    }

    private static Model Digits()
    {
        var input = Input(shape: [784]);
        return new Model(input, input.Dense(512, "relu").Dense(512, "relu").Dense(10, "softmax"));
    }
}
