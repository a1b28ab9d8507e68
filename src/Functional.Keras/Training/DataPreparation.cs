using Functional.Kernels.Memory;
using Functional.Kernels.Reductions;
using Functional.Runtime.Interop;

namespace Functional.Keras;

/// <summary>Checks data against a model and gives it the element types that the model takes.</summary>
internal static class DataPreparation
{
    /// <summary>Inputs for a model. Raises ArgumentException that names input, expectation and finding.</summary>
    internal static HostTensor[] Inputs(ModelStructure structure, Tensors x)
    {
        var given = OutputNaming.Pair(nameof(x), "input", x, structure.InputNames);
        var result = new HostTensor[given.Length];
        for (var index = 0; index < given.Length; index++)
        {
            var name = structure.InputNames[index];
            result[index] = HostTensorConversion.Cast(
                Fitted(name, structure.InputShapes[index], given[index].Data), structure.InputTypes[index]);
            if (!structure.TakesNaN)
                RequireNumbers($"Input '{name}'", nameof(x), result[index]);
        }

        RequireRows(structure.InputNames, "input", result);
        foreach (var lookup in structure.Lookups)
            RequireIndices(lookup, structure.InputNames[lookup.Input], given[lookup.Input].Data);
        return result;
    }

    /// <summary>Inputs, targets and sample weights for a compiled model.</summary>
    internal static PreparedData Prepare(Compilation compilation, Tensors x, Tensors y, Tensors? sampleWeight)
    {
        var structure = compilation.Structure;
        var inputs = Inputs(structure, x);
        var shapes = structure.OutputShapesFor(inputs);
        var targets = Targets(compilation, shapes, y, inputs[0].Shape[0]);
        var weights = SampleWeights(structure, shapes, targets, sampleWeight);
        return new PreparedData(inputs, targets, weights, structure.OutputShapes);
    }

    /// <summary>Data whose samples count by their class.</summary>
    internal static PreparedData Weigh(Compilation compilation, PreparedData data, ClassWeights? classWeight)
    {
        if (classWeight is null)
            return data;
        if (Array.Exists(data.SampleWeights, weight => weight is not null))
        {
            throw new ArgumentException(
                "'classWeight' and 'sampleWeight' cannot be given together: multiply them into 'sampleWeight'.",
                nameof(classWeight));
        }

        var structure = compilation.Structure;
        var classes = classWeight.ForOutputs(structure.OutputNames);
        return data with
        {
            SampleWeights = [.. data.Targets.Select((target, index) => target is null || classes[index] is not { } weights
                ? null
                : ByClass(target, weights, structure.ElementType))],
        };
    }

    private static HostTensor?[] Targets(Compilation compilation, Shape[] shapes, Tensors y, int rowCount)
    {
        var structure = compilation.Structure;
        var outputs = structure.OutputNames;
        string[] used = [.. outputs.Where((_, index) => compilation.UsesTarget(index))];
        var isPerOutput = y.Names is null && y.Count == outputs.Length;
        var given = OutputNaming.Pair(nameof(y), "output", y, isPerOutput ? outputs : used);
        var result = new HostTensor?[outputs.Length];
        for (var index = 0; index < outputs.Length; index++)
        {
            if (!compilation.UsesTarget(index))
                continue;
            var data = given[isPerOutput ? index : Array.IndexOf(used, outputs[index])].Data;
            var loss = compilation.TargetTaker(index, data);
            RequireNumbers($"The target of output '{outputs[index]}'", nameof(y), data);
            var target = HostTensorConversion.Cast(
                data, LossCheck.IsSparse(loss) ? ElementKind.Int32 : structure.ElementType);
            LossCheck.RequireTarget(outputs[index], shapes[index], loss, target);
            if (target.Shape[0] != rowCount)
            {
                throw new ArgumentException(
                    $"All data must have one number of samples, but the inputs have {rowCount} and the target of output "
                    + $"'{outputs[index]}' has {target.Shape[0]}.",
                    nameof(y));
            }

            result[index] = target;
        }

        return result;
    }

    private static HostTensor?[] SampleWeights(
        ModelStructure structure, Shape[] shapes, HostTensor?[] targets, Tensors? sampleWeight)
    {
        var outputs = structure.OutputNames;
        if (sampleWeight is null)
            return new HostTensor?[outputs.Length];

        // One tensor of weights is for all outputs, as in Keras.
        var given = sampleWeight is { Count: 1, Names: null }
            ? [.. outputs.Select(_ => sampleWeight[0])]
            : OutputNaming.Pair(nameof(sampleWeight), "output", sampleWeight, outputs);
        return [.. targets.Select((target, index) => target is null
            ? null
            : SampleWeight(
                outputs[index], shapes[index], structure.OutputShapes[index], target, given[index].Data,
                structure.ElementType))];
    }

    private static HostTensor SampleWeight(
        string output, Shape shape, Shape open, HostTensor target, HostTensor given, ElementKind kind)
    {
        var weight = HostTensorConversion.Cast(given, kind);
        if (weight.Rank == 0 || weight.Shape[0] != target.Shape[0])
        {
            throw DataError.About(
                "sampleWeight",
                $"Output '{output}': sample weights are expected for {target.Shape[0]} samples, but have shape "
                + $"{Shape.FromInts(given.Shape)}.");
        }

        for (var axis = 1; axis < Math.Min(weight.Rank, open.Count); axis++)
        {
            if (open[axis] is null && shape[axis] != weight.Shape[axis])
            {
                throw DataError.About(
                    "sampleWeight",
                    $"Output '{output}': sample weights are expected to have the lengths of the output, {shape}, but have shape "
                    + $"{Shape.FromInts(given.Shape)}.");
            }
        }

        return weight;
    }

    private static HostTensor ByClass(HostTensor target, ClassWeights weights, ElementKind kind)
    {
        var labels = target.Rank > 1 && target.Shape[^1] > 1
            ? new Tensor(target).ArgMax()
            : new Tensor(target).ToArray<int>();
        var values = Array.ConvertAll(labels, label => weights[label]);
        return HostTensorConversion.Cast(HostTensor.Create<double>([values.Length], values), kind);
    }

    /// <summary>Data of an input's shape; one missing axis of length 1 is put in, as Keras does.</summary>
    private static HostTensor Fitted(string name, Shape expected, HostTensor data)
    {
        if (data.Rank == 1 && expected is [_, 1])
            data = data.Reshape([data.Length, 1]);
        var fits = data.Rank == expected.Count;
        for (var axis = 1; fits && axis < data.Rank; axis++)
            fits = expected[axis] is not { } length || length == data.Shape[axis];
        return fits ? data : throw DataError.About(
            "x",
            $"Input '{name}' expects data of shape {expected}, but found shape {Shape.FromInts(data.Shape)}.");
    }

    private static void RequireRows(string[] names, string kind, HostTensor[] tensors)
    {
        for (var index = 1; index < tensors.Length; index++)
        {
            if (tensors[index].Shape[0] != tensors[0].Shape[0])
            {
                throw DataError.About(
                    "x",
                    $"All data must have one number of samples, but {kind} '{names[0]}' has {tensors[0].Shape[0]} and "
                    + $"{kind} '{names[index]}' has {tensors[index].Shape[0]}.");
            }
        }

        if (tensors[0].Shape[0] == 0)
            throw DataError.About("x", "There are no samples: the first axis of the data is empty.");
    }

    private static void RequireNumbers(string what, string argument, HostTensor data)
    {
        var position = NaNSearch.FirstIn(data);
        if (position >= 0)
        {
            var rowSize = data.Length / data.Shape[0];
            throw new ArgumentException(
                $"{what} must be numbers, but sample {position / rowSize} contains NaN.", argument);
        }
    }

    private static void RequireIndices(EmbeddingLookup lookup, string input, HostTensor data)
    {
        var values = HostTensorConversion.Cast(data, ElementKind.Int32).AsSpan<int>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || values[i] >= lookup.Size)
            {
                throw DataError.About(
                    "x",
                    $"Layer '{lookup.LayerName}' (Embedding) expects whole numbers 0 to {lookup.Size - 1} (inputDim is "
                    + $"{lookup.Size}), but input '{input}' has {values[i]} in sample {i / (data.Length / data.Shape[0])}.");
            }
        }
    }
}
