using Functional.Hdf5.Writing;

namespace Functional.Hdf5;

/// <summary>A dataset to be written.</summary>
public sealed class Hdf5DatasetBuilder : Hdf5ObjectBuilder
{
    internal Hdf5DatasetBuilder(WrittenValue value) => Value = value;

    internal WrittenValue Value { get; }
}
