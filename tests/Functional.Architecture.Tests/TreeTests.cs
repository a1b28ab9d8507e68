using System.Text.RegularExpressions;
using Xunit;

namespace Functional.Architecture.Tests;

/// <summary>Rules about files: what stands at the top level, how long a file is, what it must not hold.</summary>
public sealed partial class TreeTests
{
    private const int LongestFile = 400;

    [Fact]
    public void TopLevel_HoldsOnlySourceTestsDocumentsAndBuildFiles()
    {
        string[] allowed =
        [
            "src", "tests", "docs", "Functional.sln", "README.md", "LICENSE", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
            "global.json",
        ];
        var found = new DirectoryInfo(SourceTree.Root).EnumerateFileSystemInfos().Select(entry => entry.Name);

        Assert.Empty(found.Where(name => !name.StartsWith('.')).Except(allowed));
    }

    [Fact]
    public void SourceFiles_AreAtMost400LinesLong()
    {
        var tooLong =
            from file in SourceTree.SourceFiles
            let lines = SourceTree.Read(file).Count(character => character == '\n')
            where lines > LongestFile
            select $"{file}: {lines} lines";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void SourceFiles_AreNotNamedAfterNothing()
    {
        string[] empty = ["Helper", "Helpers", "Util", "Utils", "Utilities", "Misc", "Common", "Part2"];

        Assert.DoesNotContain(SourceTree.SourceFiles, file => empty.Contains(Path.GetFileNameWithoutExtension(file)));
    }

    [Fact]
    public void SourceFiles_HoldNothingUnfinished()
    {
        var unfinished =
            from file in SourceTree.SourceFiles
            where !file.EndsWith("TreeTests.cs", StringComparison.Ordinal)
            from line in SourceTree.Read(file).Split('\n')
            where Unfinished().IsMatch(line)
            select $"{file}: {line.Trim()}";

        Assert.Empty(unfinished);
    }

    [Fact]
    public void LibrarySources_DoNotFailWithBareExceptions()
    {
        var bare =
            from file in SourceTree.SourceFiles
            where file.StartsWith("src", StringComparison.Ordinal)
            from line in SourceTree.Read(file).Split('\n')
            where BareFailure().IsMatch(line)
            select $"{file}: {line.Trim()}";

        Assert.Empty(bare);
    }

    [Fact]
    public void CoreAndCompiler_ReadNoEnvironmentAndNoClock()
    {
        var impure =
            from file in SourceTree.SourceFiles
            where file.Contains("Functional.Core/", StringComparison.Ordinal)
                || file.Contains("Functional.Compiler/", StringComparison.Ordinal)
            where !file.StartsWith("tests", StringComparison.Ordinal)
            from line in SourceTree.Read(file).Split('\n')
            where Impure().IsMatch(line)
            select $"{file}: {line.Trim()}";

        Assert.Empty(impure);
    }

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|\bXXX\b|\bTBD\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bfailwith\b|new Exception\(|raise \(Exception")]
    private static partial Regex BareFailure();

    [GeneratedRegex(@"Environment\.|DateTime|Stopwatch|System\.Random|\bConsole\.|File\.")]
    private static partial Regex Impure();
}
