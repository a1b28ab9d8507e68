using Functional.Hdf5;

namespace Functional.Keras;

/// <summary>
/// What optimizers before Keras 2.11 remembered: the number of steps (older ones did not keep it), then the first slot of
/// all weights, then the second. Keras 3 has the slots of a weight beside each other.
/// </summary>
internal static class OldOptimizerState
{
    /// <summary>The state; null, with a warning of the model, where it is none that the optimizer of today has.</summary>
    internal static OptimizerState? Read(IReadOnlyList<Hdf5Dataset> variables, Model model)
    {
        var start = variables.Count > 0 && variables[0].Shape.IsEmpty ? 1 : 0;
        var iterations = start == 1 ? variables[0].ReadAs<int>()[0] : 0;
        var slots = variables.Skip(start).Select(StoredWeights.Read).ToArray();
        var shapes = model.TrainableWeights.Select(weight => weight.Shape.ToString()).ToArray();
        if (SlotCount(model.Optimizer) is { } kinds && kinds * shapes.Length <= slots.Length
            && Enumerable.Range(0, kinds * shapes.Length).All(Fits))
        {
            return new OptimizerState(iterations, null,
                [.. Enumerable.Range(0, kinds * shapes.Length).Select(index => slots[Place(index, kinds)])]);
        }

        model.WarnOfFile(
            $"The state of optimizer {model.Optimizer.ClassName} is not read, because it is kept in another form today: "
            + "training begins with a new one.");
        return null;

        bool Fits(int place) =>
            Shape.FromInts(slots[place].Shape.ToArray()).ToString() == shapes[place % shapes.Length];
        int Place(int index, int count) => (index % count * shapes.Length) + (index / count);
    }

    /// <summary>How many slots there are of every weight, where old and new optimizer have the same.</summary>
    private static int? SlotCount(Optimizer optimizer)
    {
        var config = optimizer.Config;
        bool IsSet(string name) => config[name] is { } value && value.ToJsonString() is not ("0" or "0.0" or "false");
        return optimizer.ClassName switch
        {
            "SGD" => IsSet("momentum") ? 1 : 0,
            "Adam" or "AdamW" => IsSet("amsgrad") ? 3 : 2,
            "RMSprop" when !IsSet("momentum") && !IsSet("centered") => 1,
            "Adagrad" => 1,
            "Adadelta" or "Adamax" => 2,
            _ => null,
        };
    }
}
