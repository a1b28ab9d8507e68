namespace Functional.Keras;

/// <summary>
/// Keeps the whole state of training in a file after every epoch, so that a program that was killed goes on where it
/// was when it is started again: the numbers are those of a run that was never interrupted, to the last bit.
/// </summary>
public sealed class BackupAndRestore : Callback
{
    private const string FileName = "backup.keras";

    private readonly string path;
    private readonly bool deleteCheckpoint;

    /// <summary>Keeps the state in a folder.</summary>
    /// <param name="backupDir">The folder, which is made where it is missing.</param>
    /// <param name="deleteCheckpoint">Whether the file goes when training has come to its end.</param>
    public BackupAndRestore(string backupDir, bool deleteCheckpoint = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(backupDir);
        path = Path.Combine(backupDir, FileName);
        this.deleteCheckpoint = deleteCheckpoint;
    }

    /// <inheritdoc/>
    protected internal override bool WantsBatches => false;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        if (File.Exists(path))
            Model.RestoreBackup(path);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Model.Backup(path, epoch + 1);
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        if (deleteCheckpoint)
            File.Delete(path);
    }
}
