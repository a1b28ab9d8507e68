namespace Functional.Keras.Tests;

/// <summary>The files in the folder Files, made by make.py there.</summary>
internal static class SavingFiles
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>Where a file is: a name, or a folder and a name.</summary>
    public static string Path(params string[] name) =>
        System.IO.Path.Combine([AppContext.BaseDirectory, "Saving", "Files", .. name]);
}
