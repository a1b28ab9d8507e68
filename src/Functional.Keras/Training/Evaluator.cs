using System.Collections.Immutable;
using Functional.Kernels.Memory;
using Functional.Runtime.Interop;
using Functional.Runtime.Sessions;

namespace Functional.Keras;

/// <summary>
/// Loss and metrics of data by the weights of one moment, in memory of its own: beside training and beside others of its
/// kind. Disposing of it gives it back to the training that it belongs to.
/// </summary>
internal sealed class Evaluator(Trainer trainer, string signature, TrainingSession session) : IDisposable
{
    private readonly string[] logNames = session.LogNames;
    private readonly HostTensor?[] taken = new HostTensor?[trainer.Compilation.Structure.Keys.Length];
    private long takenAt;

    /// <summary>What it is made for: <see cref="PreparedData.Signature"/>.</summary>
    internal string Signature => signature;

    /// <summary>Takes data and weights, and begins to count anew.</summary>
    /// <param name="data">The data, of the signature that this is made for.</param>
    /// <param name="table">The weights, which may change when this returns.</param>
    /// <param name="moment">A number that is another one when values in the table were written over.</param>
    internal void Begin(PreparedData data, ImmutableDictionary<WeightKey, HostTensor> table, long moment)
    {
        session.SetData(data.All);
        session.ResetMetrics();
        var structure = trainer.Compilation.Structure;
        for (var index = 0; index < taken.Length; index++)
        {
            var given = table[structure.Keys[index]];
            if (moment == takenAt && ReferenceEquals(given, taken[index]))
                continue;
            session.SetWeight(index, HostTensorConversion.CastFloating(given, structure.ElementType));
            taken[index] = given;
        }

        takenAt = moment;
    }

    /// <summary>Computes loss and metrics of consecutive rows.</summary>
    internal void Evaluate(int start, int count)
    {
        session.Evaluation = trainer.NextEvaluation();
        session.EvaluateRows(start, count);
    }

    /// <summary>Names and values of loss and metrics since it began, the loss first.</summary>
    internal void ReadLogs(IDictionary<string, double> logs)
    {
        var values = session.Logs();
        for (var index = 0; index < logNames.Length; index++)
            logs[logNames[index]] = values[index];
    }

    /// <summary>The states that layers keep between batches, after the last one.</summary>
    internal IEnumerable<KeyValuePair<WeightKey, HostTensor>> States()
    {
        var structure = trainer.Compilation.Structure;
        for (var index = 0; index < structure.Weights.Length; index++)
        {
            if (!RecurrentInterop.IsState(structure.Weights[index].Name))
                continue;
            taken[index] = session.ReadWeight(index);
            yield return KeyValuePair.Create(structure.Keys[index], taken[index]!);
        }
    }

    /// <summary>Gives memory and plans back.</summary>
    internal void Close() => ((IDisposable)session).Dispose();

    /// <inheritdoc/>
    public void Dispose() => trainer.EndEvaluation(this);
}
