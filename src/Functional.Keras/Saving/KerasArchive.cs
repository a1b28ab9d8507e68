using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Functional.Hdf5;

namespace Functional.Keras;

/// <summary>
/// The parts of a .keras file: a zip archive of metadata.json, config.json and model.weights.h5. Nothing else of it is
/// read, and nothing is ever written to a path that an archive names.
/// </summary>
/// <param name="Metadata">Who wrote the file, and what Keras has no place for.</param>
/// <param name="Config">The layers, and how the model was compiled.</param>
/// <param name="Weights">An HDF5 file.</param>
internal sealed record KerasArchive(JsonObject Metadata, JsonObject Config, ReadOnlyMemory<byte> Weights)
{
    private const string MetadataName = "metadata.json";
    private const string ConfigName = "config.json";
    private const string WeightsName = "model.weights.h5";

    /// <summary>What one part can have: an array, less what HDF5 needs besides the weights.</summary>
    private const long LongestPart = int.MaxValue - (1L << 24);

    /// <summary>Raises ModelFileException when parts are missing, damaged, or larger than they may be.</summary>
    internal static KerasArchive Read(string path, LoadOptions options)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return ModelFileException.Reading(path, () => Read(stream, options));
    }

    /// <summary>Raises InvalidOperationException where the weights take more than can be read again.</summary>
    internal static void RequireReadable(string modelName, long weightBytes)
    {
        if (weightBytes > LongestPart)
        {
            throw new InvalidOperationException(
                $"Weights and optimizer of model '{modelName}' take {weightBytes} bytes, but a .keras file is read as a whole, "
                + $"which can be {LongestPart} bytes at most: save it as .h5, or the weights alone as .weights.h5.");
        }
    }

    internal static void Write(Stream stream, JsonObject metadata, JsonObject config, Hdf5FileBuilder weights)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteText(archive, MetadataName, metadata);
        WriteText(archive, ConfigName, config);
        using var content = Create(archive, WeightsName);
        weights.Write(content);
    }

    /// <summary>The version whose format is written, and the time of writing.</summary>
    internal static JsonObject NewMetadata() => new()
    {
        ["keras_version"] = "3.3.3",
        ["date_saved"] = TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
    };

    private static KerasArchive Read(FileStream stream, LoadOptions options)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var available = options.LimitInBytes(stream.Length);
        var metadata = ReadPart(archive, MetadataName, ref available);
        var config = ReadPart(archive, ConfigName, ref available);
        var weights = ReadPart(archive, WeightsName, ref available);
        return new KerasArchive(ModelDescription.Parse(metadata), ModelDescription.Parse(config), weights);
    }

    private static byte[] ReadPart(ZipArchive archive, string name, ref long available)
    {
        var entry = archive.GetEntry(name)
            ?? throw new ArgumentException($"This is no .keras file: it has no '{name}'.");
        if (entry.Length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"'{name}' takes {entry.Length} bytes, but parts of more than {Array.MaxLength} bytes cannot be read: have it "
                + "saved as .h5.");
        }

        if (entry.Length > available)
        {
            throw new ArgumentException(
                $"'{name}' takes {entry.Length} bytes, but only {available} are allowed: raise "
                + $"{nameof(LoadOptions)}.{nameof(LoadOptions.MaximumExpansion)} or "
                + $"{nameof(LoadOptions.MaximumInBytes)} for a file that you trust.");
        }

        using var content = entry.Open();
        var bytes = BoundedStream.Read(content, entry.Length, "zip");
        if (!BoundedStream.IsAtEnd(content, "zip"))
            throw new ArgumentException($"'{name}' is longer than the {entry.Length} bytes that it declares.");
        available -= bytes.Length;
        return bytes;
    }

    private static void WriteText(ZipArchive archive, string name, JsonObject content)
    {
        using var stream = Create(archive, name);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(SavedJson.Text(content)));
    }

    private static Stream Create(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);

        // A fixed time, the earliest a zip archive has: the time of writing is in the metadata.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }
}
