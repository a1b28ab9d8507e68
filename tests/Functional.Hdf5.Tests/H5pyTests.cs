using System.Diagnostics;
using Xunit;

namespace Functional.Hdf5.Tests;

public sealed class H5pyTests
{
    [PythonFact]
    public void H5pyReadsWhatTheWriterWrites()
    {
        using var temporary = new TemporaryFile();
        SampleFile.Build().Write(temporary.Path);
        using var file = Hdf5File.Open(temporary.Path);
        Assert.Equal(Python.Run("listing.py", temporary.Path).Order(StringComparer.Ordinal), Listing.Of(file.Root));
    }

    [PythonFact]
    public void H5pyAddsToWhatTheWriterWrites()
    {
        using var temporary = new TemporaryFile();
        SampleFile.Build().Write(temporary.Path);
        Python.Run("additions.py", temporary.Path);
        using var file = Hdf5File.Open(temporary.Path);
        Assert.Equal([1f, 2f], file.Root.Dataset("numbers/added").Read<float>());
        Assert.Equal("text", file.Root.Attributes["added"].ReadString());
        Assert.Equal(Python.Run("listing.py", temporary.Path).Order(StringComparer.Ordinal), Listing.Of(file.Root));
    }

    [PythonFact]
    public void TheReaderReadsEveryFeatureOfTheEarliestFormat() => AssertFeaturesAreRead("earliest");

    [PythonFact]
    public void TheReaderReadsEveryFeatureOfTheLatestFormat() => AssertFeaturesAreRead("latest");

    [PythonFact]
    public void TheReaderReadsFilesWithAUserBlock()
    {
        using var temporary = new TemporaryFile();
        Python.Run("user_block.py", temporary.Path);
        using var file = Hdf5File.Open(temporary.Path);
        Assert.Equal([1, 2, 3], file.Root.Dataset("group/values").Read<int>());
    }

    [PythonFact]
    public void H5dumpFindsNoFaultInWhatTheWriterWrites()
    {
        using var temporary = new TemporaryFile();
        SampleFile.Build().Write(temporary.Path);
        using var process = Process.Start(new ProcessStartInfo("h5dump", [temporary.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", errors.GetAwaiter().GetResult());
        Assert.Equal(0, process.ExitCode);
    }

    private static void AssertFeaturesAreRead(string version)
    {
        using var temporary = new TemporaryFile();
        Python.Run("features.py", temporary.Path, version, "large");
        using var file = Hdf5File.Open(temporary.Path);
        Assert.Equal(Python.Run("listing.py", temporary.Path).Order(StringComparer.Ordinal), Listing.Of(file.Root));
    }
}
