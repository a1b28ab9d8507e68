namespace Functional.Keras.Tests;

/// <summary>The files in the folder Files, made by make.py there.</summary>
internal static class SavingFiles
{
    public static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Saving", "Files", name));
}
