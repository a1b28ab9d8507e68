using System.Security.Cryptography;
using System.Text;

namespace Functional.Hdf5.Tests;

/// <summary>
/// A file as lines of text, one for every group, dataset and attribute; Python/listing.py writes the same.
/// </summary>
internal static class Listing
{
    private const int Longest = 128;

    public static string[] Of(Hdf5Group root) => [.. Lines(root).Order(StringComparer.Ordinal)];

    public static string Line(Hdf5Dataset dataset) =>
        Line("dataset", dataset.Path, dataset.IsNull, dataset.ElementType, dataset.Shape, () => Content(dataset));

    public static string Line(string ownerPath, Hdf5Attribute attribute) => Line(
        "attribute",
        $"{ownerPath} {attribute.Name}",
        attribute.IsNull,
        attribute.ElementType,
        attribute.Shape,
        () => Content(attribute));

    public static string Line(
        string kind, string path, bool isNull, Hdf5ElementType type, IEnumerable<long> shape, Func<string> content) =>
        isNull ? $"{kind} {path} null" : $"{kind} {path} {type} ({string.Join(",", shape)}) {Short(content())}";

    public static string Texts(IEnumerable<string> texts) =>
        string.Join(",", texts.Select(text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))));

    private static IEnumerable<string> Lines(Hdf5Group group) =>
    [
        $"group {group.Path}",
        .. AttributeLines(group),
        .. group.Datasets.Values.SelectMany(dataset => AttributeLines(dataset).Prepend(Line(dataset))),
        .. group.Groups.Values.SelectMany(Lines),
    ];

    private static IEnumerable<string> AttributeLines(Hdf5Object owner) =>
        owner.Attributes.Values.Select(attribute => Line(owner.Path, attribute));

    private static string Content(Hdf5Dataset dataset) => dataset.ElementType switch
    {
        Hdf5ElementType.Unsupported => "",
        Hdf5ElementType.String => Texts(dataset.ReadStrings()),
        _ => Convert.ToHexStringLower(NumberBytes.Of(dataset)),
    };

    private static string Content(Hdf5Attribute attribute) => attribute.ElementType switch
    {
        Hdf5ElementType.Unsupported => "",
        Hdf5ElementType.String => Texts(attribute.ReadStrings()),
        _ => Convert.ToHexStringLower(NumberBytes.Of(attribute)),
    };

    private static string Short(string content) =>
        content.Length <= Longest
            ? content
            : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)));
}
