using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>An open file, from which operations start.</summary>
internal sealed record FileContext(FileBytes Bytes, Superblock Superblock, Hdf5Options Options)
{
    public FileReader StartOperation() => new(Bytes, Superblock, Options);
}
