namespace Functional.Hdf5.Format;

/// <summary>
/// The kinds of object header messages this library knows. HDF5 File Format Specification version 3.0, section
/// IV.A.2, Disk Format: Level 2A2 - Data Object Header Messages.
/// </summary>
internal enum MessageType
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    OldFillValue = 0x04,
    FillValue = 0x05,
    Link = 0x06,
    DataLayout = 0x08,
    GroupInfo = 0x0a,
    FilterPipeline = 0x0b,
    Attribute = 0x0c,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}
