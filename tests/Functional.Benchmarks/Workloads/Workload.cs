using Functional.Keras;

namespace Functional.Benchmarks.Workloads;

/// <summary>One row of the table of workloads: a model, its data, and how many steps are timed.</summary>
/// <param name="Name">W1, W2, ...</param>
/// <param name="Params">The number of weights, checked before anything is timed.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="Epochs">How often the data are gone through in one timed repeat; calls, for inference.</param>
/// <param name="Training">How it is trained; null when it predicts.</param>
/// <param name="Model">Makes the model.</param>
/// <param name="Data">Makes inputs and targets.</param>
internal sealed record Workload(
    string Name, long Params, int BatchSize, int Epochs, Training? Training, Func<Model> Model, Func<(Tensors X, Tensors Y)> Data)
{
    /// <summary>The model, compiled when it is trained.</summary>
    public Model CreateModel()
    {
        var model = Model();
        Training?.Compile(model);
        if (model.CountParams() != Params)
            throw new InvalidOperationException($"{Name} has {model.CountParams()} weights instead of {Params}.");
        return model;
    }
}

/// <summary>What a model is compiled with.</summary>
/// <param name="Optimizer">Makes the optimizer.</param>
/// <param name="Loss">The name of the loss.</param>
internal sealed record Training(Func<Optimizer> Optimizer, string Loss)
{
    public static Training WithAdam(string loss) =>
        new(() => Optimizers.Adam(learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7), loss);

    public static Training WithSgd(double learningRate, string loss) => new(() => Optimizers.SGD(learningRate), loss);

    public static Training WithRmsProp(string loss) => new(() => Optimizers.RMSprop(0.001, rho: 0.9, epsilon: 1e-7), loss);

    public void Compile(Model model) => model.Compile(optimizer: Optimizer(), loss: Loss);
}
