using System.Runtime.CompilerServices;

namespace Functional.Architecture.Tests;

/// <summary>The files of this repository, found from where this file was compiled.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every F# and C# source file below src and tests, with its path from the root.</summary>
    public static IEnumerable<string> SourceFiles =>
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        where file.EndsWith(".fs", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select Path.GetRelativePath(Root, file);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(thisFile)! })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Functional.sln")))
                    return folder.FullName;
            }
        }

        throw new InvalidOperationException("Functional.sln was not found above the tests.");
    }
}
