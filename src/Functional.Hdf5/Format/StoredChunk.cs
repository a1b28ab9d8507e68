namespace Functional.Hdf5.Format;

/// <summary>A chunk that is in the file.</summary>
/// <param name="Position">Where it is in the grid of chunks.</param>
/// <param name="Address">Where its bytes are.</param>
/// <param name="LengthInBytes">How many bytes are stored.</param>
/// <param name="FilterMask">A bit for each filter of the pipeline that was not applied.</param>
internal readonly record struct StoredChunk(long[] Position, long Address, long LengthInBytes, uint FilterMask);
