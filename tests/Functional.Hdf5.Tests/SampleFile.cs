namespace Functional.Hdf5.Tests;

/// <summary>A file with everything the writer can write.</summary>
internal static class SampleFile
{
    public static Hdf5FileBuilder Build()
    {
        var file = new Hdf5FileBuilder();
        AddAttributes(file.Root);
        var numbers = file.Root.AddGroup("numbers");
        AddNumbers(numbers);
        AddAttributes(numbers.AddDataset<float>("with_attributes", [2, 3, 4], Enumerate(24, i => i / 7f)));
        AddTexts(file.Root.AddGroup("texts"));
        file.Root.AddGroup("empty_group");
        file.Root.AddDataset<double>("a/b/c/é中", [1], new[] { 0.1 });
        var many = file.Root.AddGroup("many");
        for (var i = 0; i < 3000; i++)
            many.AddDataset<int>($"member {i}", [], new[] { i });
        for (var i = 0; i < 1500; i++)
            many.SetAttribute($"weight_names{i}", [2], [$"kernel {i}", $"bias {i}"]);
        return file;
    }

    public static T[] Enumerate<T>(int count, Func<int, T> element) => [.. Enumerable.Range(0, count).Select(element)];

    private static void AddNumbers(Hdf5GroupBuilder group)
    {
        group.AddDataset<bool>("bool", [2, 2], new[] { true, false, false, true });
        group.AddDataset<sbyte>("int8", [3], new sbyte[] { sbyte.MinValue, 0, sbyte.MaxValue });
        group.AddDataset<short>("int16", [3], new short[] { short.MinValue, 0, short.MaxValue });
        group.AddDataset<int>("int32", [3], new[] { int.MinValue, 0, int.MaxValue });
        group.AddDataset<long>("int64", [3], new[] { long.MinValue, 0, long.MaxValue });
        group.AddDataset<byte>("uint8", [2], new byte[] { 0, byte.MaxValue });
        group.AddDataset<ushort>("uint16", [2], new ushort[] { 0, ushort.MaxValue });
        group.AddDataset<uint>("uint32", [2], new uint[] { 0, uint.MaxValue });
        group.AddDataset<ulong>("uint64", [2], new ulong[] { 0, ulong.MaxValue });
        group.AddDataset<Half>("float16", [4], new[] { (Half)0.1f, Half.MaxValue, Half.NaN, Half.NegativeInfinity });
        group.AddDataset<float>("float32", [4], new[] { 0.1f, float.MaxValue, float.NaN, float.NegativeInfinity });
        group.AddDataset<double>("float64", [4], new[] { 0.1, double.MaxValue, double.NaN, double.NegativeInfinity });
        group.AddDataset<float>("scalar", [], new[] { 2.5f });
        group.AddDataset<float>("empty", [0, 3], ReadOnlyMemory<float>.Empty);
        group.AddDataset<float>("large", [700, 300], Enumerate(210000, i => MathF.Sin(i)));
    }

    private static void AddTexts(Hdf5GroupBuilder group)
    {
        group.AddDataset("scalar", [], ["zwölf"]);
        group.AddDataset("variable", [2, 2], ["", "a", "bcd", new string('x', 100000)]);
        group.AddDataset("fixed", [3], ["dense", "dense_1", "é"], Hdf5TextStorage.FixedLength);
    }

    private static void AddAttributes(Hdf5ObjectBuilder owner)
    {
        owner.SetAttribute("text", "é中😀");
        owner.SetAttribute("empty_text", "");
        owner.SetAttribute("fixed_text", "dense", Hdf5TextStorage.FixedLength);
        owner.SetAttribute("model_config", $"{{\"layers\": [\"{new string('x', 200000)}\"]}}");
        owner.SetAttribute("layer_names", [3], ["dense", "dense_1", "dropout"]);
        owner.SetAttribute("fixed_names", [2], ["kernel:0", "bias:0"], Hdf5TextStorage.FixedLength);
        owner.SetAttribute("no_names", [0], []);
        owner.SetAttribute("no_weights", [0], ReadOnlyMemory<double>.Empty);
        owner.SetAttribute("number", 7L);
        owner.SetAttribute("half", (Half)1.5f);
        owner.SetAttribute("flag", true);
        owner.SetAttribute<float>("array", [2, 2], new[] { 1f, 2f, 3f, 4f });
        owner.SetNullAttribute("nothing");
    }
}
