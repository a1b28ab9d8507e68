namespace Functional.Keras;

/// <summary>
/// Writes files that are there as a whole or not at all: to a temporary file beside the target, flushed to the disk, then
/// renamed. Whoever reads the target sees the old file or the new one. A link stays one, and a file keeps its mode.
/// </summary>
internal static class AtomicFile
{
    private const string Prefix = ".functional-";
    private const string Suffix = ".tmp";

    // A file is locked a moment after it is made.
    private static readonly TimeSpan YoungestSwept = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Raises IOException (DirectoryNotFoundException where the folder is missing) or UnauthorizedAccessException; both name
    /// the target.
    /// </summary>
    internal static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        if (new FileInfo(target) is { LinkTarget: not null } link)
            target = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target) || Path.GetDirectoryName(target) is not { } folder)
            throw new ArgumentException($"'{path}' is a folder, and no file.", nameof(path));
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{folder}'.");
        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
            throw new UnauthorizedAccessException($"'{path}' cannot be written: it is read-only.");
        Sweep(folder);
        var temporary = Path.Combine(folder, $"{Prefix}{Path.GetRandomFileName()}{Suffix}");
        try
        {
            Replace(target, temporary, write);
        }
        catch (UnauthorizedAccessException failure)
        {
            File.Delete(temporary);
            throw new UnauthorizedAccessException(Problem(failure), failure);
        }
        catch (IOException failure)
        {
            File.Delete(temporary);
            throw new IOException(Problem(failure), failure);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        string Problem(Exception failure) =>
            $"'{path}' cannot be written: {failure.Message.Replace(temporary, target, StringComparison.Ordinal)}";
    }

    private static void Replace(string target, string temporary, Action<Stream> write)
    {
        // Open until it is renamed: what is open is not swept.
        using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        write(stream);
        stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>Removes what processes left that ended while they wrote: their files are open no more.</summary>
    private static void Sweep(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            try
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(left) < YoungestSwept)
                    continue;
                using (new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(left);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody writes it, swept it already, or owns it.
            }
        }
    }
}
