namespace Functional.Keras;

/// <summary>Errors about data, under the name of the public argument that the data came by.</summary>
internal static class DataError
{
    internal static ArgumentException About(string argument, string message) => new(message, argument);
}
