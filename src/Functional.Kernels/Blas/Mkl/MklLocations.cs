namespace Functional.Kernels.Blas.Mkl;

/// <summary>Where Intel MKL's single dynamic library may be, in the order in which it is looked for.</summary>
internal static class MklLocations
{
    /// <summary>The environment variable that names the library or the folder that holds it.</summary>
    public const string PathVariable = "FUNCTIONAL_MKL_PATH";

    private static string[] FileNames =>
        OperatingSystem.IsWindows() ? ["mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
        : OperatingSystem.IsMacOS() ? ["libmkl_rt.2.dylib", "libmkl_rt.1.dylib", "libmkl_rt.dylib"]
        : ["libmkl_rt.so", "libmkl_rt.so.2", "libmkl_rt.so.1"];

    /// <summary>All candidates: bare names, which the loader looks up, and full paths of files that exist.</summary>
    public static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } chosen)
        {
            if (!Directory.Exists(chosen))
                yield return chosen;
            foreach (var file in FilesIn(chosen))
                yield return file;
        }

        foreach (var name in FileNames)
            yield return name;
        foreach (var file in Folders().SelectMany(FilesIn))
            yield return file;
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        FileNames.Select(name => Path.Combine(folder, name)).Where(File.Exists);

    private static IEnumerable<string> Folders()
    {
        foreach (var root in Roots())
        {
            if (OperatingSystem.IsWindows())
            {
                yield return Path.Combine(root, "bin");
                yield return Path.Combine(root, "redist", "intel64");
            }
            else
            {
                yield return Path.Combine(root, "lib");
                yield return Path.Combine(root, "lib", "intel64");
            }
        }

        if (OperatingSystem.IsLinux())
            yield return "/usr/lib/x86_64-linux-gnu";
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("MKLROOT") is { Length: > 0 } mkl)
            yield return mkl;
        if (Environment.GetEnvironmentVariable("ONEAPI_ROOT") is { Length: > 0 } suite)
            yield return Path.Combine(suite, "mkl", "latest");
        if (OperatingSystem.IsWindows())
        {
            var programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86);
            yield return Path.Combine(programs, "Intel", "oneAPI", "mkl", "latest");
        }
        else
        {
            yield return "/opt/intel/oneapi/mkl/latest";
        }
    }
}
