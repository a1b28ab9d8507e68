using System.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace Functional.Hdf5.Tests;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20260;
    private const int MutationsPerKerasFile = 2900;
    private const int MutationsPerFeatureFile = 1000;
    private const long LongestRead = 1 << 20;

    // What reading one array may allocate: itself, its chunks before and after each filter, its text.
    private const long AllocationPerRead = 6 * LongestRead;

    // What opening may allocate: objects for structures, of which there are at most eight times the file.
    private const long AllocationPerByte = 16;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);

    // Checksums are not compared, so that damage gets further than to the next checksum.
    private static readonly Hdf5Options Options = new() { MaximumReadInBytes = LongestRead, VerifyChecksums = false };

    public static TheoryData<string, int> AllFiles
    {
        get
        {
            var files = new TheoryData<string, int>();
            foreach (var name in TestFiles.FromKeras)
                files.Add(name, MutationsPerKerasFile);
            foreach (var name in TestFiles.FromFeatures)
                files.Add(name, MutationsPerFeatureFile);
            return files;
        }
    }

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void ADamagedFileIsReadOrRefusedAndNothingElse(string name, int mutations)
    {
        var original = TestFiles.Bytes(name);
        byte[][] donors = [.. TestFiles.FromKeras.Concat(TestFiles.FromFeatures).Select(TestFiles.Bytes)];
        var (read, refused) = (0, 0);
        output.WriteLine($"{name}: seeds {FirstSeed} to {FirstSeed + mutations - 1}");
        for (var seed = FirstSeed; seed < FirstSeed + mutations; seed++)
        {
            var bytes = Mutation.Apply(original, donors, seed);
            var watch = Stopwatch.StartNew();
            try
            {
                if (ReadsWhole(bytes))
                    read++;
                else
                    refused++;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{name} with seed {seed} fails as nobody documented.", failure);
            }

            Assert.True(watch.Elapsed < Hang, $"{name} with seed {seed} took {watch.Elapsed}");
        }

        output.WriteLine($"{read} were read, {refused} were refused");
        Assert.True(read > 0 && refused > 0, "The damage is not what it should be.");
    }

    private static bool ReadsWhole(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Hdf5File? file = null;
        var isWhole = Attempt(() => file = Hdf5File.Open(bytes, Options));
        AssertAllocation(before, (AllocationPerByte * bytes.Length) + LongestRead);
        return isWhole && ReadsAll(file!.Root);
    }

    private static bool ReadsAll(Hdf5Group group)
    {
        var isWhole = ReadsAttributes(group);
        foreach (var dataset in group.Datasets.Values)
        {
            isWhole &= ReadsWithinBound(dataset.ElementType, () => NumberBytes.Of(dataset), dataset.ReadStrings);
            isWhole &= ReadsAttributes(dataset);
        }

        foreach (var subgroup in group.Groups.Values)
            isWhole &= ReadsAll(subgroup);
        return isWhole;
    }

    private static bool ReadsAttributes(Hdf5Object owner)
    {
        var isWhole = true;
        foreach (var attribute in owner.Attributes.Values)
            isWhole &= ReadsWithinBound(attribute.ElementType, () => NumberBytes.Of(attribute), attribute.ReadStrings);
        return isWhole;
    }

    private static bool ReadsWithinBound(Hdf5ElementType type, Func<byte[]> numbers, Func<string[]> texts)
    {
        if (type == Hdf5ElementType.Unsupported)
            return true;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isWhole = Attempt(() => _ = type == Hdf5ElementType.String ? (object)texts() : numbers());
        AssertAllocation(before, AllocationPerRead);
        return isWhole;
    }

    private static bool Attempt(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Hdf5FormatException)
        {
            return false;
        }
    }

    private static void AssertAllocation(long before, long bound)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= bound, $"{allocated} bytes were allocated, {bound} allowed");
    }
}
