using System.IO.Compression;

namespace Functional.Hdf5.Tests;

/// <summary>
/// The files in the folder Files: written by Keras 3.3.3 (see the names for how), and by Python/features.py. Beside
/// each is what h5py 3.7 lists of it, made by Python/listing.py.
/// </summary>
internal static class TestFiles
{
    public static readonly string[] FromKeras =
    [
        "bidirectional_lstm.trained.h5",
        "cnn_small.weights.h5",
        "gru_encoder_decoder.keras",
        "logistic_regression.legacy.h5",
        "logistic_regression.trained.h5",
        "mlp_regression.keras",
        "nested_model.legacy.h5",
    ];

    public static readonly string[] FromFeatures = ["features_earliest.h5", "features_latest.h5"];

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    /// <summary>The bytes of an HDF5 file, or of the weights in a .keras file.</summary>
    public static byte[] Bytes(string name)
    {
        if (!name.EndsWith(".keras", StringComparison.Ordinal))
            return File.ReadAllBytes(PathOf(name));
        using var archive = ZipFile.OpenRead(PathOf(name));
        using var entry = archive.GetEntry("model.weights.h5")!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string[] ExpectedListing(string name) =>
        File.ReadAllText(PathOf(name + ".listing.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
