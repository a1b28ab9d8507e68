using Functional.Hdf5.Format;

namespace Functional.Hdf5.Writing;

/// <summary>The elements of a dataset or attribute that is to be written.</summary>
internal abstract class WrittenValue(Dataspace dataspace)
{
    public Dataspace Dataspace { get; } = dataspace;

    /// <summary>How many bytes the elements take where the value is, without what they refer to.</summary>
    public abstract long LengthInBytes { get; }

    public abstract void WriteDatatype(ByteWriter writer);

    /// <summary>Writes the elements.</summary>
    public abstract void WriteElements(Stream stream, TextHeap heap);

    /// <summary>Puts text that the elements refer to into the heap.</summary>
    public virtual void Reserve(TextHeap heap)
    {
    }
}
