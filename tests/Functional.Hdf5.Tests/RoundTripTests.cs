using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Functional.Hdf5.Tests;

public sealed class RoundTripTests
{
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.Elements("a", "b", "kernel", "dense_1", "β", "層"),
        Gen.Elements("x", "long ", "é").Select(part => string.Concat(Enumerable.Repeat(part, 40))));

    private static readonly Gen<string> Path =
        Name.NonEmptyListOf().Resize(4).Select(names => string.Join('/', names));

    private static readonly Gen<long[]> Shape = Gen.Choose(0, 5).Select(length => (long)length).ArrayOf().Resize(4);

    private static readonly Gen<string> Text =
        Gen.Elements("", "a", "dense/kernel:0", "é中😀", new string('x', 5000));

    private static readonly Gen<Entry> Entry =
        from path in Path
        from attribute in Gen.Frequency((1, Gen.Constant<string?>(null)), (1, Name.Select(name => (string?)name)))
        from shape in Shape
        from entry in Gen.OneOf(
            Numbers<sbyte>(path, attribute, shape, Hdf5ElementType.Int8),
            Numbers<short>(path, attribute, shape, Hdf5ElementType.Int16),
            Numbers<int>(path, attribute, shape, Hdf5ElementType.Int32),
            Numbers<long>(path, attribute, shape, Hdf5ElementType.Int64),
            Numbers<byte>(path, attribute, shape, Hdf5ElementType.UInt8),
            Numbers<ushort>(path, attribute, shape, Hdf5ElementType.UInt16),
            Numbers<uint>(path, attribute, shape, Hdf5ElementType.UInt32),
            Numbers<ulong>(path, attribute, shape, Hdf5ElementType.UInt64),
            Numbers<Half>(path, attribute, shape, Hdf5ElementType.Float16),
            Numbers<float>(path, attribute, shape, Hdf5ElementType.Float32),
            Numbers<double>(path, attribute, shape, Hdf5ElementType.Float64),
            Truth(path, attribute, shape),
            Texts(path, attribute, shape))
        select entry;

    // Datasets go into groups named with a suffix, so that no path is both a group and a dataset.
    private static readonly Arbitrary<List<Entry>> Trees = Arb.From(
        Entry.ListOf().Resize(12).Select(Distinct),
        tree => tree.Select((_, index) => tree.Where((_, other) => other != index).ToList()));

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        Prop.ForAll(Trees, tree =>
        {
            using var stream = new MemoryStream();
            Build(tree).Write(stream);
            using var file = Hdf5File.Open(stream.ToArray());
            Assert.Equal(Expected(tree), Listing.Of(file.Root));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void NoFileThatWasCutShortIsRead()
    {
        Prop.ForAll(Trees, Gen.Choose(1, 1000).ToArbitrary(), (tree, thousandths) =>
        {
            using var stream = new MemoryStream();
            Build(tree).Write(stream);
            var bytes = stream.ToArray();
            var kept = (int)Math.Min(bytes.Length - 1, (long)bytes.Length * thousandths / 1000);
            Assert.Throws<Hdf5FormatException>(() => Hdf5File.Open(bytes.AsMemory(0, kept)));
        }).QuickCheckThrowOnFailure();
    }

    private static Hdf5FileBuilder Build(IEnumerable<Entry> tree)
    {
        var file = new Hdf5FileBuilder();
        foreach (var entry in tree)
        {
            if (entry.AttributeName is null)
                entry.AddDataset(file.Root, entry.Path + ".data");
            else
                entry.SetAttribute(file.Root.AddGroup(entry.Path), entry.AttributeName);
        }

        return file;
    }

    private static IEnumerable<string> Expected(List<Entry> tree)
    {
        var groups = tree.SelectMany(Groups).Append("").Distinct().Select(path => $"group /{path}");
        var values = tree.Select(entry => entry.AttributeName is null
            ? entry.Line("dataset", $"/{entry.Path}.data")
            : entry.Line("attribute", $"/{entry.Path} {entry.AttributeName}"));
        return groups.Concat(values).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Groups(Entry entry)
    {
        var names = entry.Path.Split('/');
        var depth = entry.AttributeName is null ? names.Length - 1 : names.Length;
        return Enumerable.Range(1, depth).Select(length => string.Join('/', names[..length]));
    }

    private static List<Entry> Distinct(IEnumerable<Entry> entries) =>
        [.. entries.DistinctBy(entry => (entry.Path, entry.AttributeName))];

    private static int CountOf(long[] shape) => (int)shape.Aggregate(1L, (count, length) => count * length);

    private static Gen<Entry> Numbers<T>(string path, string? attribute, long[] shape, Hdf5ElementType type)
        where T : unmanaged =>
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(CountOf(shape) * Marshal.SizeOf<T>())
        select Tests.Entry.Numbers(path, attribute, type, shape, MemoryMarshal.Cast<byte, T>(bytes).ToArray());

    private static Gen<Entry> Truth(string path, string? attribute, long[] shape) =>
        from values in Gen.Elements(true, false).ArrayOf(CountOf(shape))
        select Tests.Entry.Numbers(path, attribute, Hdf5ElementType.Boolean, shape, values);

    // Fixed-length texts of an attribute must fit into 64 KiB together.
    private static Gen<Entry> Texts(string path, string? attribute, long[] shape) =>
        from texts in Text.ArrayOf(CountOf(shape))
        let fits = attribute is null || texts.Length * 5000L < 60000
        from storage in fits
            ? Gen.Elements(Hdf5TextStorage.VariableLength, Hdf5TextStorage.FixedLength)
            : Gen.Constant(Hdf5TextStorage.VariableLength)
        select Tests.Entry.Texts(path, attribute, shape, texts, storage);
}
