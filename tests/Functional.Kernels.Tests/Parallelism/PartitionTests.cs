using FsCheck;
using FsCheck.Fluent;
using Functional.Kernels.Parallelism;
using Xunit;

namespace Functional.Kernels.Tests.Parallelism;

public sealed class PartitionTests
{
    private static readonly Arbitrary<(int Items, int Parts, int Block)> Divisions = Arb.From(
        from items in Gen.Choose(0, 500)
        from parts in Gen.Choose(1, 40)
        from block in Gen.Choose(1, 30)
        select (items, parts, block));

    [Fact]
    public void PartsAreConsecutiveAndCoverAllItems() => Prop.ForAll(Divisions, division =>
    {
        var partition = Partition.IntoParts(division.Items, division.Parts, division.Block);
        Assert.Equal(0, partition.Start(0));
        for (var part = 0; part < partition.Parts; part++)
            Assert.True(partition.Start(part) < partition.End(part));
        Assert.Equal(division.Items, partition.Start(partition.Parts));
        Assert.True(partition.Parts <= division.Parts);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BoundariesAreMultiplesOfTheBlock() => Prop.ForAll(Divisions, division =>
    {
        var partition = Partition.IntoParts(division.Items, division.Parts, division.Block);
        for (var part = 1; part < partition.Parts; part++)
            Assert.Equal(0, partition.Start(part) % division.Block);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PartsDifferByOneBlockAtMost() => Prop.ForAll(Divisions, division =>
    {
        var partition = Partition.IntoParts(division.Items, division.Parts, division.Block);
        var lengths = Enumerable.Range(0, partition.Parts)
            .Select(part => (partition.End(part) - partition.Start(part) + division.Block - 1) / division.Block)
            .ToList();
        Assert.True(lengths.Count == 0 || lengths.Max() - lengths.Min() <= 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void PartsBySizeAreNoLongerThanWantedUpToOneBlock() => Prop.ForAll(Divisions, division =>
    {
        var partition = Partition.BySize(division.Items, division.Parts, division.Block);
        for (var part = 0; part < partition.Parts; part++)
            Assert.True(partition.End(part) - partition.Start(part) < division.Parts + division.Block);
    }).QuickCheckThrowOnFailure();
}
