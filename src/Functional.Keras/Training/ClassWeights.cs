namespace Functional.Keras;

/// <summary>
/// How much samples count by their class: <c>new() { [0] = 1.0, [1] = 5.0 }</c>; for a model with several outputs
/// <c>new() { ["sold"] = new() { [0] = 1.0, [1] = 5.0 } }</c>. Classes that are not named count 1.
/// </summary>
public sealed class ClassWeights
{
    private readonly Dictionary<int, double> classes = [];
    private readonly Dictionary<string, ClassWeights> outputs = [];

    /// <summary>The weight of a class.</summary>
    /// <param name="label">The class number.</param>
    public double this[int label]
    {
        get => classes.GetValueOrDefault(label, 1.0);
        set => classes[label] = value;
    }

    /// <summary>The class weights of an output.</summary>
    /// <param name="output">The output's name.</param>
    public ClassWeights this[string output]
    {
        get => outputs[output];
        set => outputs[output] = value;
    }

    /// <summary>The class weights of every output in order; null where samples count alike.</summary>
    internal ClassWeights?[] ForOutputs(IReadOnlyList<string> names)
    {
        OutputNaming.RequireKnown("classWeight", outputs.Keys, names);
        if (classes.Count == 0)
            return [.. names.Select(outputs.GetValueOrDefault)];
        return names.Count == 1 ? [this] : throw DataError.About(
            "classWeight",
            $"'classWeight' must name the output it is about: one of {OutputNaming.Quoted(names)}.");
    }
}
