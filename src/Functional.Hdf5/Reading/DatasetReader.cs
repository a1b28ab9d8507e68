using Functional.Hdf5.Format;

namespace Functional.Hdf5.Reading;

/// <summary>Reads the elements of a dataset, as they are stored, whatever its layout.</summary>
internal sealed class DatasetReader(FileReader reader, ObjectHeader header, Dataspace dataspace, long elementSize)
{
    // How much more than the dataset itself its chunks may hold in the parts that reach beyond it.
    private const long ChunkAllowanceInBytes = 16L << 20;
    private const int ChunkAllowanceFactor = 16;
    private const MessageType ExternalFiles = (MessageType)0x07;

    /// <summary>Reads all elements.</summary>
    /// <param name="destination">Receives the elements; all zero when this is called.</param>
    public void Read(Span<byte> destination)
    {
        var message = header.Required(MessageType.DataLayout).Open(reader);
        if (header.First(ExternalFiles) is not null)
            throw message.Error("data in other files are not supported");
        switch (DataLayout.Read(message))
        {
            case DataLayout.Compact compact:
                CheckLength(message, compact.Data.Length, destination.Length);
                compact.Data.Span[..destination.Length].CopyTo(destination);
                break;
            case DataLayout.Contiguous { Address: ByteCursor.Undefined }:
                Fill(destination);
                break;
            case DataLayout.Contiguous contiguous:
                CheckLength(message, contiguous.LengthInBytes, destination.Length);
                reader.CopyData(contiguous.Address, destination, "contiguous data");
                break;
            case DataLayout.Chunked chunked:
                Fill(destination);
                ReadChunks(message, chunked, destination);
                break;
        }
    }

    private static void CheckLength(ByteCursor message, long stored, long expected)
    {
        if (stored < expected)
            throw message.Error($"the shape takes {expected} bytes, but {stored} are stored");
    }

    private void Fill(Span<byte> destination)
    {
        var value = FillValue.Read(reader, header).Span;
        if (value.Length != elementSize || value.IndexOfAnyExcept((byte)0) < 0)
            return;
        for (var rest = destination; !rest.IsEmpty; rest = rest[value.Length..])
            value.CopyTo(rest);
    }

    private void ReadChunks(ByteCursor message, DataLayout.Chunked layout, Span<byte> destination)
    {
        if (destination.IsEmpty)
            return;
        var filters = FilterPipeline.Read(reader, header);
        var grid = new ChunkGrid(dataspace, layout, elementSize, message, reader.ReadLimitInBytes);
        var allowance = Math.Max(ChunkAllowanceInBytes, ChunkAllowanceFactor * (long)destination.Length);
        foreach (var chunk in ChunkLookup.Chunks(reader, layout.Index, grid))
        {
            if (!grid.Contains(chunk.Position))
                continue;
            allowance -= grid.ChunkLengthInBytes;
            if (allowance < 0)
                throw message.Error($"its chunks are more than {ChunkAllowanceFactor} times the dataset");
            var stored = reader.Data(chunk.Address, chunk.LengthInBytes, "chunk");
            var applied = layout.SkipsFiltersAtEdges && grid.IsPartial(chunk.Position) ? [] : filters;
            var content = FilterDecoder.Decode(
                stored, applied, chunk.FilterMask, grid.ChunkLengthInBytes, chunk.Address);
            grid.Copy(content.Span, chunk.Position, destination);
        }
    }
}
